import { Hono } from 'hono';
import { csvColumns, statedColumns } from '../../../../api/csv/columns.ts';
import { writeCsv, writeRows } from '../../../../api/csv/csv.ts';
import { cellsOfLicense } from '../../../../api/csv/license-cells.ts';
import { exportLicensesSchema } from '../../../../api/licenses.ts';
import { consolePaths } from '../../../../api/paths.ts';
import { type Bytes, utf8 } from '../../../../bytes/bytes.ts';
import { toHex } from '../../../../bytes/hex.ts';
import { grantsOf } from '../../../../issue/administer/license-terms.ts';
import { audit } from '../../../../issue/audit.ts';
import { openLicenseKey } from '../../../../issue/secrets/license-secret.ts';
import { formatLicenseKey } from '../../../../license/license-key.ts';
import { type ExportedLicense, findExported } from '../../../db/console/export-queries.ts';
import { listLicenseIds, standingOf } from '../../../db/console/license-queries.ts';
import { readJson } from '../../request/body.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import { streamOf } from '../../stream-of.ts';
import { type ConsolePortal, nowOf } from '../console-env.ts';
import { filterOf } from '../licenses/license-routes.ts';
import { termsFields } from '../licenses/license-view.ts';

/** Licenses that are read at a time. */
const PAGE = 200;

interface ExportOptions {
  portal: ConsolePortal;
  withKeys: boolean;
}

/** Licenses as a CSV file, as the list has them. */
export function createExportRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const { db } = portal.database;
  app.post(consolePaths.exportLicenses, async context => {
    const { filter, withKeys } = await readJson(context.req.raw, exportLicensesSchema);
    const ids = await listLicenseIds(db, filterOf(filter, portal), { ...filter, nowS: nowOf(portal) });
    await portal.administer(context.get('account').email, (records, { actor, nowS }) =>
      records.appendAudit(audit('license.export', { actor, nowS, changed: withKeys ? ['key'] : [] })),
    );
    context.header('content-type', 'text/csv; charset=utf-8');
    context.header('content-disposition', 'attachment; filename="licenses.csv"');
    return context.body(streamOf(fileOf(ids, { portal, withKeys })));
  });
  return app;
}

async function* fileOf(ids: readonly Bytes[], options: ExportOptions): AsyncGenerator<Bytes> {
  const columns = [...csvColumns, ...statedColumns].filter(column => options.withKeys || column !== 'key');
  yield utf8(writeCsv([columns]));
  for (let start = 0; start < ids.length; start += PAGE) {
    const page = await findExported(options.portal.database.db, ids.slice(start, start + PAGE));
    const rows = page.map(exported => cellsOfLicense(state(exported, options)));
    yield utf8(writeRows(rows.map(cells => columns.map(column => cells[column]))));
  }
}

function state(
  { license, features, orderNumber, policyName }: ExportedLicense,
  { portal, withKeys }: ExportOptions,
) {
  const key = withKeys ? openLicenseKey(license, portal.portal) : null;
  const { product, type, trial, seatsTaken, createdAtS, orderReference } = license;
  return {
    id: toHex(license.id),
    product,
    type,
    trial,
    state: standingOf(license, nowOf(portal)),
    activeActivations: seatsTaken,
    createdAt: createdAtS,
    order: orderNumber === null ? null : { number: orderNumber, reference: orderReference ?? '' },
    policy: policyName ?? '',
    terms: termsFields({ ...license, ...grantsOf(license, features) }),
    key: key && formatLicenseKey(key),
  };
}
