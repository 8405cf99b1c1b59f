import { Hono } from 'hono';
import { consolePaths } from '../../../../api/paths.ts';
import type { Bytes } from '../../../../bytes/bytes.ts';
import { releaseSeat, setDeviceBlocked, settleCopies } from '../../../../issue/administer/devices.ts';
import { requireLicense } from '../../../../issue/administer/required.ts';

import { listAudit } from '../../../db/console/audit-queries.ts';

import { listDevices } from '../../../db/console/device-queries.ts';
import { listExchanges } from '../../../db/console/exchange-queries.ts';
import { recordsOf } from '../../../db/repository.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import { type ConsolePortal, idParam } from '../console-env.ts';
import { viewAudit, viewDevice, viewExchange } from './device-view.ts';

/** Devices of a license, their files, and what staff may do to them. */
export function createDeviceRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const { db } = portal.database;
  const licenseId = async (text: string | undefined) =>
    (await requireLicense(idParam(text, 16), recordsOf(db))).id;
  app.get(consolePaths.licenseDevices(':id'), async context => {
    const devices = await listDevices(db, await licenseId(context.req.param('id')));
    return context.json({ items: devices.map(viewDevice) });
  });
  app.get(consolePaths.licenseExchanges(':id'), async context => {
    const lines = await listExchanges(db, await licenseId(context.req.param('id')));
    return context.json({ items: lines.map(viewExchange) });
  });
  app.get(consolePaths.licenseAudit(':id'), async context => {
    const entries = await listAudit(db, await licenseId(context.req.param('id')));
    return context.json({ items: entries.map(viewAudit) });
  });
  return app.route('/', createActivationRoutes(portal)).route('/', createStandingRoutes(portal));
}

function createActivationRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.post(consolePaths.releaseSeat(':id'), async context => {
    const id = idParam(context.req.param('id'), 16);
    await portal.administer(context.get('account').email, (records, administration) =>
      releaseSeat(id, records, administration),
    );
    return context.body(null, 204);
  });
  return app;
}

/** How a device stands, for every license. */
function createStandingRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const setBlocked = (actor: string, deviceId: Bytes, blocked: boolean) =>
    portal.administer(actor, (records, administration) =>
      setDeviceBlocked({ deviceId, blocked }, records, administration),
    );
  app.post(consolePaths.blockDevice(':id'), async context => {
    await setBlocked(context.get('account').email, idParam(context.req.param('id'), 32), true);
    return context.body(null, 204);
  });
  app.post(consolePaths.unblockDevice(':id'), async context => {
    await setBlocked(context.get('account').email, idParam(context.req.param('id'), 32), false);
    return context.body(null, 204);
  });
  app.post(consolePaths.settleCopies(':id'), async context => {
    const id = idParam(context.req.param('id'), 32);
    await portal.administer(context.get('account').email, (records, administration) =>
      settleCopies(id, records, administration),
    );
    return context.body(null, 204);
  });
  return app;
}
