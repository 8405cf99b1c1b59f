import { Hono } from 'hono';
import { issueProblem, termsProblem } from '../../../../api/license-terms.ts';
import {
  createLicenseSchema,
  deleteLicenseSchema,
  editLicenseSchema,
  type LicenseList,
  type LicenseQuery,
  licenseQuerySchema,
  resetUsageSchema,
} from '../../../../api/licenses.ts';
import { consolePaths } from '../../../../api/paths.ts';
import type { Bytes } from '../../../../bytes/bytes.ts';
import { fromHex } from '../../../../bytes/hex.ts';
import { createBundledLicense } from '../../../../issue/administer/license-bundle.ts';
import {
  createLicense,
  createLicenseForUsers,
  deleteLicense,
  editLicense,
  resetUsage,
  setLicenseEnabled,
} from '../../../../issue/administer/licenses.ts';
import { requireLicense } from '../../../../issue/administer/required.ts';
import { type LicenseFilter, listLicenses } from '../../../db/console/license-queries.ts';
import { listProducts } from '../../../db/console/overview-queries.ts';
import { fieldRefused, fieldsOf, readJson } from '../../request/body.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import { type ConsolePortal, idParam, nowOf } from '../console-env.ts';
import { searchedIn } from '../search-text.ts';
import { summarizeLicense, termsOf, viewLicense } from './license-view.ts';

/** List, issue, read, edit, disable and enable licenses. */
export function createLicenseRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.get(consolePaths.licenses, async context => {
    return context.json(await findLicenses(portal, fieldsOf(licenseQuerySchema, context.req.query())));
  });
  app.post(consolePaths.licenses, async context => {
    const { terms, users, policyId, bundledWith, ...fixed } = await readJson(
      context.req.raw,
      createLicenseSchema,
    );
    const problem = issueProblem(fixed.type, terms, nowOf(portal));
    if (problem) throw fieldRefused(problem);
    const policy = { policyId: policyId === null ? null : fromHex(policyId) };
    const issued = { ...fixed, ...policy, terms: termsOf(terms) };
    const { id } = await portal.administer(context.get('account').email, async (records, administration) => {
      if (bundledWith !== null) {
        if (users !== null) throw fieldRefused({ field: 'users', rule: 'not-allowed' });
        const under = { ...issued, bundledWith: fromHex(bundledWith) };
        return createBundledLicense(under, records, administration);
      }
      if (users === null) return (await createLicense(issued, records, administration)).license;
      return createLicenseForUsers({ ...issued, users: users.map(fromHex) }, records, administration);
    });
    return context.json(await viewLicense(portal, id), 201);
  });
  app.get(consolePaths.license(':id'), async context => {
    return context.json(await viewLicense(portal, idParam(context.req.param('id'), 16)));
  });
  app.put(consolePaths.license(':id'), async context => {
    const licenseId = idParam(context.req.param('id'), 16);
    const { version, terms } = await readJson(context.req.raw, editLicenseSchema);
    await portal.administer(context.get('account').email, async (records, administration) => {
      const problem = termsProblem((await requireLicense(licenseId, records)).type, terms);
      if (problem) throw fieldRefused(problem);
      await editLicense({ licenseId, version, terms: termsOf(terms) }, records, administration);
    });
    return context.json(await viewLicense(portal, licenseId));
  });
  return app.route('/', createSwitchRoutes(portal));
}

function createSwitchRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const setEnabled = (actor: string, licenseId: Bytes, enabled: boolean) =>
    portal.administer(actor, (records, administration) =>
      setLicenseEnabled({ licenseId, enabled }, records, administration),
    );
  app.post(consolePaths.disableLicense(':id'), async context => {
    const id = idParam(context.req.param('id'), 16);
    await setEnabled(context.get('account').email, id, false);
    return context.json(await viewLicense(portal, id));
  });
  app.post(consolePaths.enableLicense(':id'), async context => {
    const id = idParam(context.req.param('id'), 16);
    await setEnabled(context.get('account').email, id, true);
    return context.json(await viewLicense(portal, id));
  });
  app.post(consolePaths.deleteLicense(':id'), async context => {
    const licenseId = idParam(context.req.param('id'), 16);
    const { version } = await readJson(context.req.raw, deleteLicenseSchema);
    await portal.administer(context.get('account').email, (records, administration) =>
      deleteLicense({ licenseId, version }, records, administration),
    );
    return context.json(await viewLicense(portal, licenseId));
  });
  app.post(consolePaths.resetUsage(':id'), async context => {
    const licenseId = idParam(context.req.param('id'), 16);
    const { counter } = await readJson(context.req.raw, resetUsageSchema);
    await portal.administer(context.get('account').email, (records, administration) =>
      resetUsage({ licenseId, counter }, records, administration),
    );
    return context.json(await viewLicense(portal, licenseId));
  });
  return app;
}

async function findLicenses(portal: ConsolePortal, query: LicenseQuery): Promise<LicenseList> {
  const { db } = portal.database;
  const { sort, order, page, pageSize } = query;
  const nowS = nowOf(portal);
  const found = await listLicenses(db, filterOf(query, portal), {
    sort,
    order,
    nowS,
    offset: (page - 1) * pageSize,
    limit: pageSize,
  });
  const names = new Map((await listProducts(db)).map(product => [product.code, product.name]));
  const items = found.items.map(license =>
    summarizeLicense(license, names.get(license.product) ?? license.product, nowS),
  );
  return { items, total: found.total, page, pageSize };
}

/** Which licenses a list has, whatever its pages are. */
type ListedLicenses = Omit<LicenseQuery, 'page' | 'pageSize'>;

/** A whole id or license key finds its license, a device number those of the device; any other text is looked for. */
export function filterOf(query: ListedLicenses, portal: ConsolePortal): LicenseFilter {
  const { q, state, product, policy, customer, inOrder } = query;
  const ids = { ...(policy && { policyId: fromHex(policy) }), ...(inOrder && { orderId: fromHex(inOrder) }) };
  const others = { state, product, customer, ...ids };
  const searched = searchedIn(q, portal);
  return 'licenseId' in searched ? { id: searched.licenseId, ...others } : { ...searched, ...others };
}
