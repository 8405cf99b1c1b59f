import { Hono } from 'hono';
import {
  type DeviceQuery,
  type DeviceSearch,
  deviceQuerySchema,
  type KnownDevice,
} from '../../../../api/devices.ts';
import { consolePaths } from '../../../../api/paths.ts';
import type { Bytes } from '../../../../bytes/bytes.ts';
import { equalBytes } from '../../../../bytes/bytes.ts';
import { toHex } from '../../../../bytes/hex.ts';
import { requireDevice } from '../../../../issue/administer/required.ts';
import { type LicensedDevice, listActivations } from '../../../db/console/device-queries.ts';
import {
  DEVICES_LOOKED_AT,
  type DeviceFilter,
  type LicenseOfDevice,
  licensesOf,
  searchDevices,
} from '../../../db/console/device-search.ts';
import { listProducts } from '../../../db/console/overview-queries.ts';
import { recordsOf } from '../../../db/repository.ts';
import { fieldsOf } from '../../request/body.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import { type ConsolePortal, idParam } from '../console-env.ts';
import { searchedIn } from '../search-text.ts';
import { type ProductNames, viewKnownDevice, viewListedDevice } from './device-view.ts';

const LICENSES_OF_A_DEVICE = 100;

/** All devices that the portal knows, and one of them. */
export function createKnownDeviceRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.get(consolePaths.devices, async context => {
    return context.json(await findDevices(portal, fieldsOf(deviceQuerySchema, context.req.query())));
  });
  app.get(consolePaths.device(':id'), async context => {
    return context.json(await viewOne(portal, idParam(context.req.param('id'), 32)));
  });
  return app;
}

async function findDevices(portal: ConsolePortal, query: DeviceQuery): Promise<DeviceSearch> {
  const { db } = portal.database;
  const { sort, order, page, pageSize } = query;
  const found = await searchDevices(db, filterOf(query, portal), {
    sort,
    order,
    offset: (page - 1) * pageSize,
    limit: pageSize,
  });
  const names = await productNames(portal);
  const items = found.items.map(device => viewListedDevice(device, names));
  return { items, total: found.total, page, pageSize, lookedAt: found.isCut ? DEVICES_LOOKED_AT : null };
}

function filterOf({ q, state }: DeviceQuery, portal: ConsolePortal): DeviceFilter {
  const searched = searchedIn(q, portal);
  if ('deviceNumber' in searched) return { number: searched.deviceNumber, state };
  if ('text' in searched) return { text: searched.text, state };
  return { license: 'licenseId' in searched ? { id: searched.licenseId } : searched, state };
}

async function viewOne(portal: ConsolePortal, id: Bytes): Promise<KnownDevice> {
  const { db } = portal.database;
  const device = await requireDevice(id, recordsOf(db));
  const activations = await listActivations(db, id, LICENSES_OF_A_DEVICE);
  const licenses = (await licensesOf(db, [id], LICENSES_OF_A_DEVICE)).get(toHex(id)) ?? [];
  const refused = licenses
    .filter(({ id: licenseId }) => !activations.some(({ activation }) => isOf(activation, licenseId)))
    .map(license => ({ license, device: refusedDevice(device) }));
  const granted = activations.flatMap(each => {
    const license = licenses.find(({ id: licenseId }) => isOf(each.activation, licenseId));
    return license ? [{ license, device: each }] : [];
  });
  return viewKnownDevice(device, [...granted, ...refused], await productNames(portal));
}

function isOf(activation: LicensedDevice['activation'], licenseId: LicenseOfDevice['id']): boolean {
  return activation !== null && equalBytes(activation.licenseId, licenseId);
}

function refusedDevice(device: LicensedDevice['device']): LicensedDevice {
  return { activation: null, device, user: null, totals: [], files: [] };
}

async function productNames({ database }: ConsolePortal): Promise<ProductNames> {
  return new Map((await listProducts(database.db)).map(({ code, name }) => [code, name]));
}
