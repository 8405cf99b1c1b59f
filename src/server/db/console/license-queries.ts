import {
  type DialectAdapter,
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  PostgresAdapter,
  type SqlBool,
  sql,
} from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import type { LicenseRecord } from '../../../issue/records.ts';
import { toLicense } from '../records/license-rows.ts';
import type { Tables } from '../tables.ts';
import { likeText } from './like-text.ts';

/** How a license stands at the portal; disabled outdoes the dates, and deleted all. */
export type StandingState = 'active' | 'not-started' | 'grace' | 'expired' | 'disabled' | 'deleted';

/** What to order licenses by. */
export type LicenseOrder = 'created' | 'expires' | 'customer' | 'holder' | 'product' | 'activations';

/** Which licenses to list. All that is given must hold. One that was deleted is listed by its id or state alone. */
export interface LicenseFilter {
  /** Stands in customer, holder, note, custom fields, the number of the order or the name of a user, whatever the case of ASCII letters. */
  readonly text?: string | undefined;
  readonly id?: Bytes | undefined;
  /** Those under this key. */
  readonly keyLookup?: Bytes | undefined;
  /** In fours: the number of a device that has, or had, a seat, or was refused one. */
  readonly deviceNumber?: string | undefined;
  /** `copied`: a copy of one of its devices was noticed. */
  readonly state?: StandingState | 'copied' | undefined;
  readonly product?: string | undefined;
  /** Id of the policy that they were issued from. */
  readonly policyId?: Bytes | undefined;
  /** The whole name. */
  readonly customer?: string | undefined;
  readonly orderId?: Bytes | undefined;
}

export interface LicensePage {
  readonly sort: LicenseOrder;
  readonly order: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
  /** Unix seconds: states depend on it. */
  readonly nowS: number;
}

export interface LicenseList {
  readonly items: readonly LicenseRecord[];
  /** Of all pages. */
  readonly total: number;
}

const columns = {
  created: 'created_at_s',
  expires: 'expires_at_s',
  customer: 'customer',
  holder: 'holder',
  product: 'product',
  activations: 'seats_taken',
} as const;

/** Lists licenses page by page. */
export async function listLicenses(
  db: Kysely<Tables>,
  filter: LicenseFilter,
  { sort, order, offset, limit, nowS }: LicensePage,
): Promise<LicenseList> {
  const matching = matchingLicenses(db, filter, nowS);
  const { total } = await matching
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .selectAll()
    .orderBy(columns[sort], order)
    .orderBy('id', order)
    .offset(offset)
    .limit(limit)
    .execute();
  return { items: rows.map(toLicense), total: Number(total) };
}

/** The ids of all that match, at one moment: what is read of them afterwards misses none and has none twice. */
export async function listLicenseIds(
  db: Kysely<Tables>,
  filter: LicenseFilter,
  { sort, order, nowS }: Pick<LicensePage, 'sort' | 'order' | 'nowS'>,
): Promise<Bytes[]> {
  const sorted = matchingLicenses(db, filter, nowS).orderBy(columns[sort], order).orderBy('id', order);
  const rows = await sorted.select('id').execute();
  return rows.map(({ id }) => id);
}

function matchingLicenses(db: Kysely<Tables>, filter: LicenseFilter, nowS: number) {
  return db
    .selectFrom('license')
    .where(eb =>
      eb.and([
        ...(filter.text ? [containsText(eb, filter.text, db.getExecutor().adapter)] : []),
        ...conditions(eb, filter, nowS),
      ]),
    );
}

/** How a license stands at this moment. */
export function standingOf(license: LicenseRecord, nowS: number): StandingState {
  const { enabled, startsAtS, expiresAtS, graceHours, deletedAtS } = license;
  if (deletedAtS !== null) return 'deleted';
  if (!enabled) return 'disabled';
  if (startsAtS !== null && nowS < startsAtS) return 'not-started';
  if (expiresAtS === null || nowS < expiresAtS) return 'active';
  return nowS < expiresAtS + graceHours * 3600 ? 'grace' : 'expired';
}

type Builder = ExpressionBuilder<Tables, 'license'>;

function conditions(eb: Builder, filter: LicenseFilter, nowS: number): Expression<SqlBool>[] {
  const { id, keyLookup, deviceNumber, state, product, policyId, customer, orderId } = filter;
  return [
    ...(id || state === 'deleted' ? [] : [eb('deleted_at_s', 'is', null)]),
    ...(id ? [eb('id', '=', id)] : []),
    ...(keyLookup ? [isUnderKey(eb, keyLookup)] : []),
    ...(deviceNumber ? [isOfDevice(eb, deviceNumber)] : []),
    ...(product ? [eb('product', '=', product)] : []),
    ...(policyId ? [eb('policy_id', '=', policyId)] : []),
    ...(customer ? [eb('customer', '=', customer)] : []),
    ...(orderId ? [eb('order_id', '=', orderId)] : []),
    ...(state ? [state === 'copied' ? hasCopies(eb) : standsAs(eb, state, nowS)] : []),
  ];
}

function isUnderKey(eb: Builder, keyLookup: Bytes): Expression<SqlBool> {
  const first = eb
    .selectFrom('license as first')
    .select('first.id')
    .where('first.key_lookup', '=', keyLookup);
  return eb.or([eb('key_lookup', '=', keyLookup), eb('bundled_with', 'in', first)]);
}

function isOfDevice(eb: Builder, deviceNumber: string): Expression<SqlBool> {
  const granted = eb
    .selectFrom('activation')
    .innerJoin('device', 'device.id', 'activation.device_id')
    .where('device.number', '=', deviceNumber)
    .select('activation.license_id');
  const asked = eb
    .selectFrom('exchange')
    .innerJoin('device', 'device.id', 'exchange.device_id')
    .where('device.number', '=', deviceNumber)
    .select('exchange.license_id');
  return eb.or([eb('id', 'in', granted), eb('id', 'in', asked)]);
}

function hasCopies(eb: Builder): Expression<SqlBool> {
  const copied = eb.selectFrom('activation').where('copied_at_s', 'is not', null).select('license_id');
  return eb('id', 'in', copied);
}

function containsText(eb: Builder, text: string, adapter: DialectAdapter): Expression<SqlBool> {
  const texts = ['license.customer', 'license.holder', 'license.note'] as const;
  const fields = ['license.custom_fields', 'license.metadata'] as const;
  const ofUser = eb
    .selectFrom('assignment')
    .innerJoin('license_user', 'license_user.id', 'assignment.user_id')
    .where(likeText('license_user.name', text))
    .select('assignment.license_id');
  const inOrder = eb
    .selectFrom('license_order')
    .where(likeText('license_order.number', text))
    .select('license_order.id');
  return eb.or([
    ...texts.map(column => likeText(column, text)),
    ...fields.map(column => hasField(column, text, adapter)),
    eb('license.id', 'in', ofUser),
    eb('license.order_id', 'in', inOrder),
  ]);
}

/** Whether a name or value of these fields holds the text, which the JSON that they are kept in would not tell. */
function hasField(column: string, text: string, adapter: DialectAdapter): Expression<SqlBool> {
  const json = sql.ref(column);
  const each =
    adapter instanceof PostgresAdapter ? sql`json_each_text(${json}::json)` : sql`json_each(${json})`;
  return sql<SqlBool>`exists (
    select 1 from ${each} as field where ${likeText('field.key', text)} or ${likeText('field.value', text)}
  )`;
}

/** The same as {@link standingOf}, in SQL. */
function standsAs(eb: Builder, state: StandingState, nowS: number): Expression<SqlBool> {
  if (state === 'deleted') return eb('deleted_at_s', 'is not', null);
  if (state === 'disabled') return eb('enabled', '=', 0);
  const isBegun = eb.or([eb('starts_at_s', 'is', null), eb('starts_at_s', '<=', nowS)]);
  const isOver = eb('expires_at_s', '<=', nowS);
  const isPastGrace = sql<SqlBool>`expires_at_s + grace_hours * 3600 <= ${nowS}`;
  const notOver = eb.or([eb('expires_at_s', 'is', null), eb('expires_at_s', '>', nowS)]);
  const parts: Record<typeof state, Expression<SqlBool>[]> = {
    'not-started': [eb('starts_at_s', '>', nowS)],
    active: [isBegun, notOver],
    grace: [isBegun, isOver, eb.not(isPastGrace)],
    expired: [isBegun, isPastGrace],
  };
  return eb.and([eb('enabled', '=', 1), ...parts[state]]);
}
