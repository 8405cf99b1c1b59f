import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import { toHex } from '../../../bytes/hex.ts';
import type { ExchangeRecord } from '../../../issue/records.ts';
import type { Tables } from '../tables.ts';

/** Exchanges that a page of a list looks at: bounds how long it takes when few of them match. */
export const EXCHANGES_LOOKED_AT = 10_000;

const FILES_OF_A_DEVICE = 20;

/** An exchange for a list: without the files themselves. */
export interface ExchangeLine
  extends Pick<
    ExchangeRecord,
    | 'deviceId'
    | 'requestId'
    | 'kind'
    | 'licenseId'
    | 'activationId'
    | 'code'
    | 'forkSign'
    | 'revision'
    | 'decidedAtS'
  > {
  /** What the device calls itself; empty when it was never granted anything. */
  readonly deviceName: string;
  readonly customer: string;
  readonly holder: string;
  readonly hasReceived: boolean;
  readonly hasAnswer: boolean;
}

/** Which exchanges to list. All that is given must hold. */
export interface ExchangeFilter {
  readonly kind?: ExchangeRecord['kind'] | undefined;
  readonly decision?: 'license' | 'receipt' | 'refusal' | undefined;
  readonly code?: string | undefined;
  /** Unix seconds; the end is not within. */
  readonly range?: { readonly fromS: number; readonly untilS: number } | undefined;
  readonly device?: { readonly id: Bytes } | { readonly number: string } | undefined;
}

/** Where an exchange stands among all: they are ordered by time, then by device, request and license. */
export type ExchangePlace = Pick<ExchangeRecord, 'decidedAtS' | 'deviceId' | 'requestId' | 'licenseId'>;

/** A part of a list, newest first. */
export interface ExchangePart {
  readonly items: readonly ExchangeLine[];
  /** Where to go on; null: that was all. */
  readonly next: ExchangePlace | null;
  /** Whether looking ended before so many were found as were wanted. */
  readonly isCut: boolean;
}

/** Lists exchanges of all licenses, newest first, from behind a place on; looks at no more than a bounded number. */
export async function searchExchanges(
  db: Kysely<Tables>,
  filter: ExchangeFilter,
  { after, limit, most = EXCHANGES_LOOKED_AT }: { after: ExchangePlace | null; limit: number; most?: number },
): Promise<ExchangePart> {
  const rows = await matchingLines(db, filter, after, most)
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(toLine);
  if (rows.length > limit) return { items, next: items.at(-1) ?? null, isCut: false };
  const last = await lookedAt(db, filter, after)
    .offset(most - 1)
    .limit(1)
    .execute();
  const [row] = last;
  if (row === undefined) return { items, next: null, isCut: false };
  const { decided_at_s, device_id, request_id, license_id } = row;
  const next = {
    decidedAtS: decided_at_s,
    deviceId: device_id,
    requestId: request_id,
    licenseId: license_id,
  };
  return { items, next, isCut: true };
}

/** The lines of those looked at that match. */
export function matchingLines(
  db: Kysely<Tables>,
  filter: ExchangeFilter,
  after: ExchangePlace | null,
  most: number,
) {
  const { kind, decision, code } = filter;
  const looked = lookedAt(db, filter, after).limit(most).as('looked');
  return exchangeLines(db)
    .innerJoin(looked, join =>
      join
        .onRef('looked.device_id', '=', 'exchange.device_id')
        .onRef('looked.request_id', '=', 'exchange.request_id')
        .onRef('looked.license_id', '=', 'exchange.license_id'),
    )
    .$if(kind !== undefined, query => query.where('exchange.kind', '=', kind ?? 'refresh'))
    .$if(code !== undefined, query => query.where(sql<SqlBool>`exchange.code = ${code}`))
    .$if(decision === 'license', query => query.where('exchange.kind', '!=', 'deactivation'))
    .$if(decision === 'receipt', query => query.where('exchange.kind', '=', 'deactivation'))
    .$if(decision === 'license' || decision === 'receipt', query => query.where('exchange.code', 'is', null))
    .orderBy('exchange.decided_at_s', 'desc')
    .orderBy('exchange.device_id', 'desc')
    .orderBy('exchange.request_id', 'desc')
    .orderBy('exchange.license_id', 'desc');
}

/** Places behind one, by what an index knows: time, device, and whether it was refused. */
export function lookedAt(db: Kysely<Tables>, filter: ExchangeFilter, after: ExchangePlace | null) {
  const { range, device, decision, code } = filter;
  const isRefused = decision === 'refusal' || code !== undefined;
  return db
    .selectFrom('exchange')
    .select(['decided_at_s', 'device_id', 'request_id', 'license_id'])
    .$if(isRefused, query => query.where('code', 'is not', null))
    .$if(after !== null, query =>
      query.where(
        sql<SqlBool>`(decided_at_s, device_id, request_id, license_id)
          < (${after?.decidedAtS}, ${after?.deviceId}, ${after?.requestId}, ${after?.licenseId})`,
      ),
    )
    .$if(range !== undefined, query =>
      query.where('decided_at_s', '>=', range?.fromS ?? 0).where('decided_at_s', '<', range?.untilS ?? 0),
    )
    .$if(device !== undefined, query =>
      device !== undefined && 'id' in device
        ? query.where('device_id', '=', device.id)
        : query.where('device_id', 'in', eb =>
            eb
              .selectFrom('device')
              .select('id')
              .where('number', '=', device?.number ?? ''),
          ),
    )
    .orderBy('decided_at_s', 'desc')
    .orderBy('device_id', 'desc')
    .orderBy('request_id', 'desc')
    .orderBy('license_id', 'desc');
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

/** The newest files of devices for one license, newest first, by the hexadecimal digits of the device. */
export async function filesOfDevices(
  db: Kysely<Tables>,
  licenseId: Bytes,
  deviceIds: readonly Bytes[],
): Promise<Map<string, ExchangeLine[]>> {
  const gathered = new Map<string, ExchangeLine[]>();
  if (deviceIds.length === 0) return gathered;
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
  for (const row of rows) {
    const device = toHex(row.device_id);
    gathered.set(device, [...(gathered.get(device) ?? []), toLine(row)]);
  }
  return gathered;
}

/** The two files of an exchange, of which either may be erased; null: there was no such exchange. */
export async function findFiles(
  db: Kysely<Tables>,
  { deviceId, requestId, licenseId }: Omit<ExchangePlace, 'decidedAtS'>,
): Promise<Pick<ExchangeRecord, 'received' | 'answer'> | null> {
  const row = await db
    .selectFrom('exchange')
    .select(['received', 'answer'])
    .where('device_id', '=', deviceId)
    .where('request_id', '=', requestId)
    .where('license_id', '=', licenseId)
    .executeTakeFirst();
  return row ?? null;
}

function exchangeLines(db: Kysely<Tables>) {
  return db
    .selectFrom('exchange')
    .leftJoin('device', 'device.id', 'exchange.device_id')
    .innerJoin('license', 'license.id', 'exchange.license_id')
    .select(['exchange.device_id', 'exchange.request_id', 'exchange.kind', 'exchange.activation_id'])
    .select(['exchange.code', 'exchange.revision', 'exchange.decided_at_s', 'device.name as device_name'])
    .select(['exchange.license_id', 'license.customer', 'license.holder', 'exchange.fork_sign'])
    .select([
      sql<number>`case when exchange.received is null then 0 else 1 end`.as('has_received'),
      sql<number>`case when length(exchange.answer) > 0 then 1 else 0 end`.as('has_answer'),
    ]);
}

type Line = Awaited<ReturnType<ReturnType<typeof exchangeLines>['execute']>>[number];

function toLine(row: Line): ExchangeLine {
  return {
    deviceId: row.device_id,
    requestId: row.request_id,
    kind: row.kind,
    licenseId: row.license_id,
    activationId: row.activation_id,
    code: row.code,
    revision: row.revision,
    decidedAtS: row.decided_at_s,
    deviceName: row.device_name ?? '',
    customer: row.customer,
    holder: row.holder,
    hasReceived: row.has_received === 1,
    hasAnswer: row.has_answer === 1,
    forkSign: row.fork_sign,
  };
}
