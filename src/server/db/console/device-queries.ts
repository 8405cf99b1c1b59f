import { type Kysely, type Selectable, sql } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import { toHex } from '../../../bytes/hex.ts';
import type { Total } from '../../../format/claims.ts';
import type { ActivationRecord, DeviceRecord } from '../../../issue/records.ts';
import { toActivation, toDevice } from '../records/device-rows.ts';
import type { ActivationTable, Tables } from '../tables.ts';
import { type ExchangeLine, filesOfDevices } from './exchange-queries.ts';

/** One activation of a license with its device; null: the license was refused to the device so far. */
export interface LicensedDevice {
  readonly activation: ActivationRecord | null;
  readonly device: DeviceRecord;
  /** Name of who activated it; null for a license with a key. */
  readonly user: string | null;
  /** As reported by this activation. */
  readonly totals: readonly Total[];
  /** Files of the device for this license, newest first. */
  readonly files: readonly ExchangeLine[];
}

/** Activations of a license, those with a seat first, then newest first; then the devices that were refused. */
export async function listDevices(
  db: Kysely<Tables>,
  licenseId: Bytes,
  limit = 500,
): Promise<LicensedDevice[]> {
  const activations = await activationsInOrder(db).where('license_id', '=', licenseId).limit(limit).execute();
  const granted = await withDevices(db, activations);
  const ids = granted.map(({ device }) => device.id);
  const files = await filesOfDevices(db, licenseId, ids);
  return [
    ...granted.map(each => ({ ...each, files: files.get(toHex(each.device.id)) ?? [] })),
    ...(await refusedDevices(db, licenseId, limit)),
  ];
}

/** Activations of a device, those with a seat first, then newest first, without their files. */
export async function listActivations(
  db: Kysely<Tables>,
  deviceId: Bytes,
  limit: number,
): Promise<LicensedDevice[]> {
  const activations = await activationsInOrder(db).where('device_id', '=', deviceId).limit(limit).execute();
  return withDevices(db, activations);
}

function activationsInOrder(db: Kysely<Tables>) {
  return db
    .selectFrom('activation')
    .selectAll()
    .orderBy(sql`case when end_reason is null then 0 else 1 end`)
    .orderBy('granted_at_s', 'desc')
    .orderBy('id');
}

async function withDevices(
  db: Kysely<Tables>,
  activations: readonly Selectable<ActivationTable>[],
): Promise<LicensedDevice[]> {
  const devices = await devicesOf(
    db,
    activations.map(row => row.device_id),
  );
  const users = await usersOf(
    db,
    activations.flatMap(row => row.user_id ?? []),
  );
  const totals = await totalsOf(
    db,
    activations.map(row => row.id),
  );
  return activations.flatMap(row => {
    const device = devices.get(toHex(row.device_id));
    if (device === undefined) return [];
    const { id, user_id } = row;
    const user = user_id && (users.get(toHex(user_id)) ?? null);
    return [{ activation: toActivation(row), device, user, totals: totals.get(toHex(id)) ?? [], files: [] }];
  });
}

/** Devices that asked for this license and never got it, the latest first. */
async function refusedDevices(
  db: Kysely<Tables>,
  licenseId: Bytes,
  limit: number,
): Promise<LicensedDevice[]> {
  const rows = await db
    .selectFrom('device')
    .selectAll()
    .where('id', 'in', eb =>
      eb.selectFrom('exchange').select('device_id').where('license_id', '=', licenseId),
    )
    .where('id', 'not in', eb =>
      eb.selectFrom('activation').select('device_id').where('license_id', '=', licenseId),
    )
    .orderBy('last_seen_at_s', 'desc')
    .limit(limit)
    .execute();
  const ids = rows.map(({ id }) => id);
  const files = await filesOfDevices(db, licenseId, ids);
  return rows.map(row => ({
    activation: null,
    device: toDevice(row),
    user: null,
    totals: [],
    files: files.get(toHex(row.id)) ?? [],
  }));
}

async function devicesOf(db: Kysely<Tables>, ids: readonly Bytes[]): Promise<Map<string, DeviceRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('device').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map(row => [toHex(row.id), toDevice(row)]));
}

async function usersOf(db: Kysely<Tables>, ids: readonly Bytes[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('license_user').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [toHex(id), name]));
}

async function totalsOf(db: Kysely<Tables>, ids: readonly Bytes[]): Promise<Map<string, Total[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('activation_counter')
    .selectAll()
    .where('activation_id', 'in', ids)
    .orderBy('counter')
    .execute();
  const totals = rows.map(({ activation_id, counter, used, given_back }) => ({
    activation: toHex(activation_id),
    total: { counter, used, givenBack: given_back },
  }));
  return gather(totals.map(({ activation, total }) => [activation, total]));
}

function gather<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  const gathered = new Map<string, T[]>();
  for (const [key, value] of pairs) gathered.set(key, [...(gathered.get(key) ?? []), value]);
  return gathered;
}
