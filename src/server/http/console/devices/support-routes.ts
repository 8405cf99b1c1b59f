import { Hono } from 'hono';
import { consolePaths } from '../../../../api/paths.ts';
import type { Profile } from '../../../../api/profile.ts';
import { rebindSchema, type Support, supportQuerySchema } from '../../../../api/support.ts';
import type { Bytes } from '../../../../bytes/bytes.ts';
import { fromHex } from '../../../../bytes/hex.ts';
import { approveRebind, withdrawRebind } from '../../../../issue/administer/rebinds.ts';
import { requireLicense } from '../../../../issue/administer/required.ts';
import { listProducts } from '../../../db/console/overview-queries.ts';
import { type Called, findDealings } from '../../../db/console/support-queries.ts';
import { recordsOf } from '../../../db/repository.ts';
import { fieldsOf, readJson } from '../../request/body.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import { type ConsolePortal, idParam } from '../console-env.ts';
import { searchedIn } from '../search-text.ts';
import { viewCase, viewMatch, viewSeats } from './support-view.ts';

const MOST_CASES = 20;
const MOST_MATCHES = 50;

/** What the portals' addresses are told by. */
export interface SupportRoutesOptions {
  readonly portal: ConsolePortal;
  readonly findProfile: (product: null) => Promise<Profile | null>;
}

/** What staff need while somebody is on the telephone: find the device, see why, give it a seat. */
export function createSupportRoutes({ portal, findProfile }: SupportRoutesOptions): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.get(consolePaths.support, async context => {
    const { q } = fieldsOf(supportQuerySchema, context.req.query());
    const portals = (await findProfile(null))?.portals ?? [];
    return context.json({ ...(await find(portal, q)), portals } satisfies Support);
  });
  app.get(consolePaths.seats(':license', ':device'), async context => {
    const asking = askingOf(context.req.param());
    await requireLicense(asking.licenseId, recordsOf(portal.database.db));
    return context.json(await viewSeats(portal, asking));
  });
  app.post(consolePaths.rebind(':license', ':device'), async context => {
    const asking = askingOf(context.req.param());
    const { activationId } = await readJson(context.req.raw, rebindSchema);
    await portal.administer(context.get('account').email, (records, administration) =>
      approveRebind({ ...asking, activationId: fromHex(activationId) }, records, administration),
    );
    return context.body(null, 204);
  });
  app.post(consolePaths.withdrawRebind(':license', ':device'), async context => {
    const asking = askingOf(context.req.param());
    await portal.administer(context.get('account').email, (records, administration) =>
      withdrawRebind(asking, records, administration),
    );
    return context.body(null, 204);
  });
  return app;
}

function askingOf({ license, device }: Record<string, string>): { licenseId: Bytes; deviceId: Bytes } {
  return { licenseId: idParam(license, 16), deviceId: idParam(device, 32) };
}

/** A number shows all that it finds; a key or a name shows its device, or which there are. */
async function find(portal: ConsolePortal, q: string): Promise<Omit<Support, 'portals'>> {
  const called = await calledOf(q, portal);
  if (called === null) return { cases: [], matches: [] };
  const { db } = portal.database;
  const found = await findDealings(db, called, MOST_MATCHES);
  const names = new Map((await listProducts(db)).map(product => [product.code, product.name]));
  const isOne = new Set(found.map(({ device }) => device.number)).size === 1;
  if (!isOne) return { cases: [], matches: found.map(dealing => viewMatch(dealing, names)) };
  const cases = found.slice(0, MOST_CASES).map(dealing => viewCase(portal, dealing, names));
  return { cases: await Promise.all(cases), matches: [] };
}

async function calledOf(q: string, portal: ConsolePortal): Promise<Called | null> {
  if (q === '') return null;
  const searched = searchedIn(q, portal);
  if (!('keyLookup' in searched)) return searched;
  const license = await recordsOf(portal.database.db).findLicenseByKey(searched.keyLookup);
  return license && { licenseId: license.id };
}
