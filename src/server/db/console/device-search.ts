import {
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import { toHex } from '../../../bytes/hex.ts';
import type { DeviceRecord } from '../../../issue/records.ts';
import { toDevice } from '../records/device-rows.ts';
import type { Tables } from '../tables.ts';
import { likeText } from './like-text.ts';

/** Devices that a search for a text or a state looks at, those that were seen last: bounds how long it takes. */
export const DEVICES_LOOKED_AT = 50_000;

const LICENSES_OF_A_DEVICE = 20;

/** How a device stands with its seats. */
export type SeatState = 'active' | 'no-seat' | 'refused';

/** What to order devices by. */
export type DeviceOrder = 'seen' | 'first-seen' | 'name' | 'platform';

/** Which devices to list. All that is given must hold. */
export interface DeviceFilter {
  /** In fours. */
  readonly number?: string | undefined;
  /** Those that have, had or asked for this license. */
  readonly license?: { readonly id: Bytes } | { readonly keyLookup: Bytes } | undefined;
  /** Stands in name, platform, or the customer or holder of a license, whatever the case of ASCII letters. */
  readonly text?: string | undefined;
  readonly state?: SeatState | 'blocked' | 'copied' | undefined;
}

export interface DevicePage {
  readonly sort: DeviceOrder;
  readonly order: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
  /** For a test; {@link DEVICES_LOOKED_AT}. */
  readonly most?: number;
}

/** A license that a device has, had or asked for. */
export interface LicenseOfDevice {
  readonly id: Bytes;
  readonly customer: string;
  readonly holder: string;
  readonly product: string;
  /** Whether it gives a maximum out in shares. */
  readonly hasShares: boolean;
}

export interface ListedDevice extends DeviceRecord {
  readonly state: SeatState;
  readonly licenses: readonly LicenseOfDevice[];
}

export interface DeviceList {
  readonly items: readonly ListedDevice[];
  readonly total: number;
  /** Whether only as many devices as are looked at were looked at. */
  readonly isCut: boolean;
}

const columns = {
  seen: sql`device.last_seen_at_s`,
  'first-seen': sql`device.first_seen_at_s`,
  name: sql`lower(device.name)`,
  platform: sql`lower(device.platform)`,
} as const;

/** Lists devices page by page. */
export async function searchDevices(
  db: Kysely<Tables>,
  filter: DeviceFilter,
  page: DevicePage,
): Promise<DeviceList> {
  const most = page.most ?? DEVICES_LOOKED_AT;
  const matching = matchingDevices(db, filter, most);
  const { total } = await matching
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .selectAll('device')
    .select(stateOf.as('state'))
    .orderBy(columns[page.sort], page.order)
    .orderBy('device.id', page.order)
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  const licenses = await licensesOf(
    db,
    rows.map(({ id }) => id),
  );
  const items = rows.map(({ state, ...row }) => ({
    ...toDevice(row),
    state,
    licenses: licenses.get(toHex(row.id)) ?? [],
  }));
  return { items, total: Number(total), isCut: !isNarrow(filter) && (await isCut(db, most)) };
}

/** Those that an index finds, or of those seen last the ones that match. */
export function matchingDevices(db: Kysely<Tables>, filter: DeviceFilter, most: number) {
  const last = isNarrow(filter)
    ? narrowed(db, filter)
    : db.selectFrom('device').selectAll().orderBy('last_seen_at_s', 'desc').limit(most);
  return db.selectFrom(last.as('device')).where(eb => eb.and(conditions(eb, filter)));
}

/** The licenses of these devices, those whose seat they hold first. */
export async function licensesOf(
  db: Kysely<Tables>,
  deviceIds: readonly Bytes[],
  most = LICENSES_OF_A_DEVICE,
): Promise<Map<string, LicenseOfDevice[]>> {
  const found = new Map<string, LicenseOfDevice[]>();
  if (deviceIds.length === 0) return found;
  const granted = db
    .selectFrom('activation')
    .select([
      'device_id',
      'license_id',
      sql<number>`min(case when end_reason is null then 0 else 1 end)`.as('rank'),
    ])
    .where('device_id', 'in', deviceIds)
    .groupBy(['device_id', 'license_id']);
  const refused = db
    .selectFrom('exchange')
    .select(['device_id', 'license_id', sql<number>`2`.as('rank')])
    .distinct()
    .where('device_id', 'in', deviceIds)
    .where('code', 'is not', null);
  const rows = await db
    .selectFrom(granted.unionAll(refused).as('asked'))
    .innerJoin('license', 'license.id', 'asked.license_id')
    .select(['asked.device_id', 'license.id', 'license.customer', 'license.holder', 'license.product'])
    .select(hasShares.as('has_shares'))
    .orderBy('asked.rank')
    .orderBy('license.created_at_s', 'desc')
    .execute();
  for (const { device_id, has_shares, ...rest } of rows) {
    const license = { ...rest, hasShares: has_shares === 1 };
    const list = found.get(toHex(device_id)) ?? [];
    const isKnown = list.some(each => toHex(each.id) === toHex(license.id));
    if (!isKnown && list.length < most) found.set(toHex(device_id), [...list, license]);
  }
  return found;
}

const hasShares = sql<number>`case when license.share is not null or exists (
  select 1 from license_feature where license_feature.license_id = license.id and license_feature.share is not null
) then 1 else 0 end`;

function isNarrow({ number, license }: DeviceFilter): boolean {
  return number !== undefined || license !== undefined;
}

async function isCut(db: Kysely<Tables>, most: number): Promise<boolean> {
  const beyond = await db
    .selectFrom('device')
    .select('id')
    .orderBy('last_seen_at_s', 'desc')
    .offset(most)
    .limit(1)
    .execute();
  return beyond.length > 0;
}

function narrowed(db: Kysely<Tables>, { number, license }: DeviceFilter) {
  return db
    .selectFrom('device')
    .selectAll()
    .$if(number !== undefined, query => query.where('number', '=', number ?? ''))
    .$if(license !== undefined, query =>
      query.where('id', 'in', eb => {
        const wanted = eb
          .selectFrom('license')
          .select('license.id')
          .$if(license !== undefined, of =>
            license !== undefined && 'id' in license
              ? of.where('license.id', '=', license.id)
              : of.where('license.key_lookup', '=', license?.keyLookup ?? null),
          );
        return askedFor(eb, wanted);
      }),
    );
}

type Builder = ExpressionBuilder<Tables, 'device'>;

/** The devices that have, had or were refused one of these licenses. */
function askedFor(eb: Builder, licenses: SelectQueryBuilder<Tables, 'license', { id: Bytes }>) {
  return eb
    .selectFrom('activation')
    .select('activation.device_id')
    .where('activation.license_id', 'in', licenses)
    .union(
      eb
        .selectFrom('exchange')
        .select('exchange.device_id')
        .where('exchange.license_id', 'in', licenses)
        .where('exchange.code', 'is not', null),
    );
}

function conditions(eb: Builder, { text, state }: DeviceFilter): Expression<SqlBool>[] {
  return [...(text ? [containsText(eb, text)] : []), ...(state ? [standsAs(eb, state)] : [])];
}

function containsText(eb: Builder, text: string): Expression<SqlBool> {
  const licenses = eb
    .selectFrom('license')
    .select('license.id')
    .where(of => of.or([likeText('license.customer', text), likeText('license.holder', text)]));
  return eb.or([
    likeText('device.name', text),
    likeText('device.platform', text),
    eb('device.id', 'in', askedFor(eb, licenses)),
  ]);
}

const hasSeat = sql<SqlBool>`exists (
  select 1 from activation where activation.device_id = device.id and activation.end_reason is null
)`;
const hadSeat = sql<SqlBool>`exists (select 1 from activation where activation.device_id = device.id)`;
const stateOf = sql<SeatState>`case when ${hasSeat} then 'active' when ${hadSeat} then 'no-seat' else 'refused' end`;

function standsAs(eb: Builder, state: NonNullable<DeviceFilter['state']>): Expression<SqlBool> {
  const states: Record<typeof state, Expression<SqlBool>> = {
    active: hasSeat,
    'no-seat': sql<SqlBool>`${hadSeat} and not ${hasSeat}`,
    refused: sql<SqlBool>`not ${hadSeat}`,
    blocked: eb('device.blocked', '=', 1),
    copied: eb('device.copied_at_s', 'is not', null),
  };
  return states[state];
}
