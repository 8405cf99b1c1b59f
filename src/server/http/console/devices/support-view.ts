import type { Seat, SeatList, SupportCase, SupportLicense, SupportMatch } from '../../../../api/support.ts';
import type { Bytes } from '../../../../bytes/bytes.ts';
import { toHex } from '../../../../bytes/hex.ts';
import { likenessOf } from '../../../../issue/decide/rebind.ts';
import { decideRepeat } from '../../../../issue/decide/repeat.ts';
import type { LicenseRecord } from '../../../../issue/records.ts';
import { standingOf } from '../../../db/console/license-queries.ts';
import {
  type Dealing,
  findLastRefused,
  listSeats,
  readDealing,
  type TakenSeat,
} from '../../../db/console/support-queries.ts';
import { recordsOf } from '../../../db/repository.ts';
import { type ConsolePortal, nowOf } from '../console-env.ts';
import { viewDevice } from './device-view.ts';

const MOST_SEATS = 200;

/** A device that somebody calls about, with a license. */
export async function viewCase(
  portal: ConsolePortal,
  dealing: Dealing,
  productNames: ReadonlyMap<string, string>,
): Promise<SupportCase> {
  const { db } = portal.database;
  const nowS = nowOf(portal);
  return {
    device: viewDevice(await readDealing(db, dealing)),
    license: viewSupportLicense(dealing.license, productNames, nowS),
    seatRequest: await viewSeatRequest(portal, dealing),
    isDecidedAnew: await isDecidedAnew(portal, dealing),
  };
}

/** By what the file was answered about each of its licenses. */
async function isDecidedAnew(portal: ConsolePortal, dealing: Dealing): Promise<boolean> {
  const { db } = portal.database;
  const refused = await findLastRefused(db, dealing);
  if (refused === null || refused.digest === null) return false;
  const known = await recordsOf(db).findExchanges(refused.deviceId, refused.requestId);
  return decideRepeat(known, refused.digest, nowOf(portal)) === 'anew';
}

/** A device among several that a name finds. */
export function viewMatch(
  { device, license }: Dealing,
  productNames: ReadonlyMap<string, string>,
): SupportMatch {
  const { number: deviceNumber, name, lastSeenAtS: lastSeenAt } = device;
  const { customer, holder, product } = license;
  return {
    deviceNumber,
    name,
    customer,
    holder,
    productName: productNames.get(product) ?? product,
    lastSeenAt,
  };
}

/** The seats of a license that are taken, with how alike each device is to one that was refused. */
export async function viewSeats(
  { database: { db } }: ConsolePortal,
  { licenseId, deviceId }: { licenseId: Bytes; deviceId: Bytes },
): Promise<SeatList> {
  const request = await recordsOf(db).findSeatRequest(licenseId, deviceId);
  const taken = await listSeats(db, licenseId);
  const seats = taken.map(seat => viewSeat(seat, request?.fingerprint ?? null));
  const inOrder = seats.sort(
    (a, b) => (b.likeness ?? -1) - (a.likeness ?? -1) || a.lastSeenAt - b.lastSeenAt,
  );
  return { items: inOrder.slice(0, MOST_SEATS), total: seats.length };
}

function viewSeat({ activation, device, user }: TakenSeat, asked: Bytes | null): Seat {
  return {
    activationId: toHex(activation.id),
    deviceNumber: device.number,
    name: device.name,
    platform: device.platform,
    user,
    lastSeenAt: device.lastSeenAtS,
    blocked: device.blocked,
    likeness: likenessOf(activation.fingerprint, asked),
  };
}

async function viewSeatRequest(
  { database: { db } }: ConsolePortal,
  { device, license }: Dealing,
): Promise<SupportCase['seatRequest']> {
  const records = recordsOf(db);
  const request = await records.findSeatRequest(license.id, device.id);
  if (request === null) return null;
  const activation = request.approvedId && (await records.findActivation(request.approvedId));
  const holder = activation?.endReason === null ? await records.findDevice(activation.deviceId) : null;
  const given = activation && holder;
  return {
    askedAt: request.askedAtS,
    given: given
      ? { activationId: toHex(activation.id), name: given.name, deviceNumber: given.number }
      : null,
  };
}

function viewSupportLicense(
  license: LicenseRecord,
  productNames: ReadonlyMap<string, string>,
  nowS: number,
): SupportLicense {
  return {
    id: toHex(license.id),
    productName: productNames.get(license.product) ?? license.product,
    customer: license.customer,
    holder: license.holder,
    state: standingOf(license, nowS),
    maxActivations: license.maxActivations,
    activeActivations: license.seatsTaken,
    devicesPerUser: license.devicesPerUser,
    maxTransfers: license.maxTransfers,
    transfersUsed: license.transfersUsed,
  };
}
