import type { Kysely } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import { toHex } from '../../../bytes/hex.ts';
import type {
  ActivationRecord,
  DeviceRecord,
  ExchangeRecord,
  LicenseRecord,
} from '../../../issue/records.ts';
import { toActivation, toDevice, toExchange } from '../records/device-rows.ts';
import { recordsOf } from '../repository.ts';
import type { Tables } from '../tables.ts';
import type { LicensedDevice } from './device-queries.ts';
import { filesOfDevices } from './exchange-queries.ts';
import { likeText } from './like-text.ts';

/** Devices, and licenses, that a name may stand for; where it stands for more, the lists are the place to look. */
const MOST_NAMED = 50;

/** What a caller says: the number of the device, the license key, or a name of device, customer or holder. */
export type Called =
  | { readonly deviceNumber: string }
  | { readonly licenseId: Bytes }
  | { readonly text: string };

/** A device and a license that it has, had or asked for. */
export interface Dealing {
  readonly device: DeviceRecord;
  readonly license: LicenseRecord;
}

/** A seat that is taken. */
export interface TakenSeat {
  readonly activation: ActivationRecord;
  readonly device: DeviceRecord;
  /** Name of who activated it; null for a license with a key. */
  readonly user: string | null;
}

/** Devices with the licenses that they deal with, the device that was seen last first. */
export async function findDealings(db: Kysely<Tables>, called: Called, limit: number): Promise<Dealing[]> {
  const records = recordsOf(db);
  const dealings = new Map<string, Dealing>();
  for (const { column, ids } of await subjectsOf(db, called)) {
    for (const { device_id, license_id } of await pairsOf(db, { column, ids, limit })) {
      const device = await records.findDevice(device_id);
      const license = await records.findLicense(license_id);
      if (device && license) dealings.set(`${toHex(device_id)} ${toHex(license_id)}`, { device, license });
    }
  }
  const inOrder = [...dealings.values()].sort((a, b) => b.device.lastSeenAtS - a.device.lastSeenAtS);
  return inOrder.slice(0, limit);
}

/** A device as it stands with a license: by the seat that it has, else by the last one that it had. */
export async function readDealing(db: Kysely<Tables>, { device, license }: Dealing): Promise<LicensedDevice> {
  const row = await db
    .selectFrom('activation')
    .leftJoin('license_user', 'license_user.id', 'activation.user_id')
    .selectAll('activation')
    .select('license_user.name as user')
    .where('activation.device_id', '=', device.id)
    .where('activation.license_id', '=', license.id)
    .orderBy('activation.granted_at_s', 'desc')
    .limit(1)
    .executeTakeFirst();
  const files = (await filesOfDevices(db, license.id, [device.id])).get(toHex(device.id)) ?? [];
  if (row === undefined) return { activation: null, device, user: null, totals: [], files };
  const totals = await recordsOf(db).findTotals(row.id);
  return { activation: toActivation(row), device, user: row.user, totals, files };
}

/** The newest file of a device for a license, if that was refused; what it was answered counts, not what came late. */
export async function findLastRefused(
  db: Kysely<Tables>,
  { device, license }: Dealing,
): Promise<ExchangeRecord | null> {
  const row = await db
    .selectFrom('exchange')
    .selectAll()
    .where('device_id', '=', device.id)
    .where('license_id', '=', license.id)
    .where('kind', '!=', 'refresh')
    .orderBy('decided_at_s', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.code == null ? null : toExchange(row);
}

/** The seats of a license that are taken. */
export async function listSeats(db: Kysely<Tables>, licenseId: Bytes): Promise<TakenSeat[]> {
  const rows = await db
    .selectFrom('activation')
    .leftJoin('license_user', 'license_user.id', 'activation.user_id')
    .selectAll('activation')
    .select('license_user.name as user')
    .where('activation.license_id', '=', licenseId)
    .where('activation.end_reason', 'is', null)
    .execute();
  const devices = await db
    .selectFrom('device')
    .selectAll()
    .where('id', 'in', eb =>
      eb
        .selectFrom('activation')
        .select('device_id')
        .where('license_id', '=', licenseId)
        .where('end_reason', 'is', null),
    )
    .execute();
  const byId = new Map(devices.map(row => [toHex(row.id), toDevice(row)]));
  return rows.flatMap(row => {
    const device = byId.get(toHex(row.device_id));
    return device ? [{ activation: toActivation(row), device, user: row.user }] : [];
  });
}

interface Subjects {
  readonly column: 'device_id' | 'license_id';
  readonly ids: readonly Bytes[];
}

async function subjectsOf(db: Kysely<Tables>, called: Called): Promise<Subjects[]> {
  if ('licenseId' in called) return [{ column: 'license_id', ids: [called.licenseId] }];
  const devices = db.selectFrom('device').select('id').orderBy('last_seen_at_s', 'desc').limit(MOST_NAMED);
  if ('deviceNumber' in called) {
    const rows = await devices.where('number', '=', called.deviceNumber).execute();
    return [{ column: 'device_id', ids: rows.map(({ id }) => id) }];
  }
  const { text } = called;
  const named = await devices.where(likeText('name', text)).execute();
  const ofCustomer = await db
    .selectFrom('license')
    .select('id')
    .where(eb => eb.or([likeText('customer', text), likeText('holder', text)]))
    .orderBy('updated_at_s', 'desc')
    .limit(MOST_NAMED)
    .execute();
  return [
    { column: 'device_id', ids: named.map(({ id }) => id) },
    { column: 'license_id', ids: ofCustomer.map(({ id }) => id) },
  ];
}

async function pairsOf(
  db: Kysely<Tables>,
  { column, ids, limit }: Subjects & { readonly limit: number },
): Promise<{ device_id: Bytes; license_id: Bytes }[]> {
  if (ids.length === 0) return [];
  const granted = db.selectFrom('activation').select(['device_id', 'license_id']).where(column, 'in', ids);
  const asked = db.selectFrom('exchange').select(['device_id', 'license_id']).where(column, 'in', ids);
  return db
    .selectFrom(granted.union(asked).as('pair'))
    .innerJoin('device', 'device.id', 'pair.device_id')
    .select(['pair.device_id', 'pair.license_id'])
    .orderBy('device.last_seen_at_s', 'desc')
    .limit(limit)
    .execute();
}
