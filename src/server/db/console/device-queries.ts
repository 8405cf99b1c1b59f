import { type Kysely, sql } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import { toHex } from '../../../bytes/hex.ts';
import type { Total } from '../../../format/claims.ts';
import type { ActivationRecord, DeviceRecord, ExchangeRecord } from '../../../issue/records.ts';
import { toActivation, toDevice } from '../records/device-rows.ts';
import type { Tables } from '../tables.ts';

/** An exchange for a list: without the files themselves. */
export interface ExchangeLine
  extends Pick<
    ExchangeRecord,
    'deviceId' | 'requestId' | 'kind' | 'activationId' | 'code' | 'revision' | 'decidedAtS'
  > {
  /** What the device calls itself; empty when it was never granted anything. */
  readonly deviceName: string;
}

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

const FILES_OF_A_DEVICE = 20;

/** Activations of a license, those with a seat first, then newest first; then the devices that were refused. */
export async function listDevices(
  db: Kysely<Tables>,
  licenseId: Bytes,
  limit = 500,
): Promise<LicensedDevice[]> {
  const activations = await db
    .selectFrom('activation')
    .selectAll()
    .where('license_id', '=', licenseId)
    .orderBy(sql`case when end_reason is null then 0 else 1 end`)
    .orderBy('granted_at_s', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
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
  const files = await filesOf(
    db,
    licenseId,
    activations.map(row => row.device_id),
  );
  const granted: LicensedDevice[] = activations.flatMap(row => {
    const device = devices.get(toHex(row.device_id));
    if (device === undefined) return [];
    const { id, device_id, user_id } = row;
    const user = user_id && (users.get(toHex(user_id)) ?? null);
    const own = { totals: totals.get(toHex(id)) ?? [], files: files.get(toHex(device_id)) ?? [] };
    return [{ activation: toActivation(row), device, user, ...own }];
  });
  return [...granted, ...(await refusedDevices(db, licenseId, limit))];
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
  const files = await filesOf(db, licenseId, ids);
  return rows.map(row => ({
    activation: null,
    device: toDevice(row),
    user: null,
    totals: [],
    files: files.get(toHex(row.id)) ?? [],
  }));
}

/** Exchanges of a license, newest first. */
export async function listExchanges(
  db: Kysely<Tables>,
  licenseId: Bytes,
  limit = 200,
): Promise<ExchangeLine[]> {
  const rows = await exchangeLines(db)
    .where('exchange.license_id', '=', licenseId)
    .orderBy('exchange.decided_at_s', 'desc')
    .orderBy('exchange.device_sequence', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toLine);
}

function exchangeLines(db: Kysely<Tables>) {
  return db
    .selectFrom('exchange')
    .leftJoin('device', 'device.id', 'exchange.device_id')
    .select(['exchange.device_id', 'exchange.request_id', 'exchange.kind', 'exchange.activation_id'])
    .select(['exchange.code', 'exchange.revision', 'exchange.decided_at_s', 'device.name as device_name']);
}

type Line = Awaited<ReturnType<ReturnType<typeof exchangeLines>['execute']>>[number];

function toLine(row: Line): ExchangeLine {
  return {
    deviceId: row.device_id,
    requestId: row.request_id,
    kind: row.kind,
    activationId: row.activation_id,
    code: row.code,
    revision: row.revision,
    decidedAtS: row.decided_at_s,
    deviceName: row.device_name ?? '',
  };
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

async function filesOf(
  db: Kysely<Tables>,
  licenseId: Bytes,
  deviceIds: readonly Bytes[],
): Promise<Map<string, ExchangeLine[]>> {
  if (deviceIds.length === 0) return new Map();
  const numbered = exchangeLines(db)
    .select(
      sql<number>`row_number() over (partition by exchange.device_id order by exchange.decided_at_s desc)`.as(
        'place',
      ),
    )
    .where('exchange.license_id', '=', licenseId)
    .where('exchange.device_id', 'in', deviceIds);
  const rows = await db
    .selectFrom(numbered.as('line'))
    .selectAll()
    .where('place', '<=', FILES_OF_A_DEVICE)
    .orderBy('place')
    .execute();
  return gather(rows.map(row => [toHex(row.device_id), toLine(row)]));
}

function gather<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  const gathered = new Map<string, T[]>();
  for (const [key, value] of pairs) gathered.set(key, [...(gathered.get(key) ?? []), value]);
  return gathered;
}
