import { Hono } from 'hono';
import { termsProblem } from '../../../../api/license-terms.ts';
import { consolePaths } from '../../../../api/paths.ts';
import { type Preview, previewSchema } from '../../../../api/preview.ts';
import { toBase64url } from '../../../../bytes/base64url.ts';
import { fromHex } from '../../../../bytes/hex.ts';
import { encodeLicense } from '../../../../format/license.ts';
import { previewEdit, type Sight } from '../../../../issue/administer/preview.ts';
import { requireLicense } from '../../../../issue/administer/required.ts';
import { fieldRefused, readJson } from '../../request/body.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import { type ConsolePortal, idParam } from '../console-env.ts';
import { termsOf } from './license-view.ts';

/** What a device would see of an edit that is not saved. */
export function createPreviewRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.post(consolePaths.previewLicense(':id'), async context => {
    const licenseId = idParam(context.req.param('id'), 16);
    const { terms, activationId } = await readJson(context.req.raw, previewSchema);
    const { before, after } = await portal.tryOut(
      context.get('account').email,
      async (records, administration) => {
        const { type, version } = await requireLicense(licenseId, records);
        const problem = termsProblem(type, terms);
        if (problem) throw fieldRefused(problem);
        const edit = { licenseId, version, terms: termsOf(terms), activationId: fromHex(activationId) };
        return previewEdit(edit, records, administration);
      },
    );
    return context.json({ before: viewSight(before), after: viewSight(after) } satisfies Preview);
  });
  return app;
}

function viewSight({ claims, totals, periods }: Sight): Preview['before'] {
  return { license: toBase64url(encodeLicense(claims)), totals: [...totals], periods: [...periods] };
}
