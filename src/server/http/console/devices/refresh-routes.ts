import { type Context, Hono } from 'hono';
import { consolePaths } from '../../../../api/paths.ts';
import {
  type DueList,
  type DueQuery,
  dueQuerySchema,
  type MadeRefreshList,
  makeRefreshFilesSchema,
} from '../../../../api/refresh.ts';
import { toBase64url } from '../../../../bytes/base64url.ts';
import type { Bytes } from '../../../../bytes/bytes.ts';
import { fromHex, toHex } from '../../../../bytes/hex.ts';
import { LatchkeyError } from '../../../../errors.ts';
import { encodeContainer } from '../../../../format/container.ts';
import { REFRESH_FILE_NAME } from '../../../../format/file-name.ts';
import { makeRefresh } from '../../../../issue/administer/devices.ts';
import { changedForDevices } from '../../../../issue/license-file/changes.ts';
import { allTrustFiles } from '../../../../issue/trust-bundle.ts';
import { type DueDevice, listDue } from '../../../db/console/due-queries.ts';
import { listProducts } from '../../../db/console/overview-queries.ts';
import { fieldsOf, readJson } from '../../request/body.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import { type ConsolePortal, idParam } from '../console-env.ts';

type MadeRefresh = MadeRefreshList['items'][number];

/** Refresh files for one device or many. Each is decided by itself: what fails harms no other. */
export function createRefreshRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const answerFile = async (context: Context<SiteEnv>, clearsPin: boolean) => {
    const id = idParam(context.req.param('id'), 16);
    return context.body(await refreshFor(id, portal, context, clearsPin), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${REFRESH_FILE_NAME}"`,
    });
  };
  app.post(consolePaths.refreshFile(':id'), context => answerFile(context, false));
  app.post(consolePaths.clearPinFile(':id'), context => answerFile(context, true));
  app.get(consolePaths.refreshFiles, async context => {
    return context.json(await findDue(portal, fieldsOf(dueQuerySchema, context.req.query())));
  });
  app.post(consolePaths.refreshFiles, async context => {
    const { activationIds } = await readJson(context.req.raw, makeRefreshFilesSchema);
    const items = await Promise.all(activationIds.map(id => oneOfMany(id, portal, context)));
    return context.json({ items } satisfies MadeRefreshList);
  });
  return app;
}

/** The bundle goes along: an offline device learns of new keys with whatever it loads next. */
async function refreshFor(
  id: Bytes,
  portal: ConsolePortal,
  context: Context<SiteEnv>,
  clearsPin = false,
): Promise<Bytes> {
  const { file } = await portal.administer(context.get('account').email, (records, administration) =>
    makeRefresh(id, records, { ...administration, clearsPin }),
  );
  return encodeContainer([...allTrustFiles(portal.portal.trust()), file]);
}

async function oneOfMany(
  activationId: string,
  portal: ConsolePortal,
  context: Context<SiteEnv>,
): Promise<MadeRefresh> {
  try {
    return { activationId, file: toBase64url(await refreshFor(fromHex(activationId), portal, context)) };
  } catch (error) {
    if (error instanceof LatchkeyError) return { activationId, code: error.code };
    context.get('log').error({ requestId: context.get('requestId'), err: error }, 'fault');
    return { activationId, code: 'SERVER_FAILED' };
  }
}

async function findDue({ database }: ConsolePortal, query: DueQuery): Promise<DueList> {
  const { standing, q, page, pageSize } = query;
  const limits = { offset: (page - 1) * pageSize, limit: pageSize };
  const { items, total, counts } = await listDue(database.db, { standing, text: q }, limits);
  const names = new Map((await listProducts(database.db)).map(product => [product.code, product.name]));
  return { items: items.map(due => viewDue(due, names)), total, page, pageSize, counts };
}

function viewDue(due: DueDevice, names: ReadonlyMap<string, string>): DueList['items'][number] {
  const { activationId, licenseId, product, changedAtS, fileAtS, changes, ...rest } = due;
  return {
    ...rest,
    activationId: toHex(activationId),
    licenseId: toHex(licenseId),
    productName: names.get(product) ?? product,
    changedAt: changedAtS,
    fileAt: fileAtS,
    changes: changes.flatMap(({ atS, action, changed }) => {
      const stated = changedForDevices(changed);
      return action === 'license.edit' && stated.length === 0 ? [] : [{ at: atS, action, changed: stated }];
    }),
  };
}
