import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import type { LicenseRecord, UserRecord } from '../../../issue/records.ts';
import { toLicense } from '../records/license-rows.ts';
import { toUser } from '../records/user-records.ts';
import type { Tables } from '../tables.ts';
import { likeText } from './like-text.ts';

const MOST = 500;

/** What to order users by. */
export type UserOrder = 'name' | 'created' | 'licenses' | 'devices';

/** A user with what they have. */
export interface ListedUser extends UserRecord {
  readonly licenses: number;
  /** Active activations. */
  readonly devices: number;
}

/** A user of one license. */
export interface UserOfLicense {
  readonly id: Bytes;
  readonly name: string;
  readonly assignedAtS: number;
  /** Their active activations of this license. */
  readonly devices: number;
}

/** An active activation of a user. */
export interface DeviceOfUser {
  readonly activationId: Bytes;
  readonly licenseId: Bytes;
  readonly product: string;
  readonly deviceNumber: string;
  readonly deviceName: string;
  readonly grantedAtS: number;
}

const columns = {
  name: sql`lower(license_user.name)`,
  created: sql`license_user.created_at_s`,
  licenses: sql`licenses`,
  devices: sql`devices`,
} as const;

/** Lists users page by page. */
export async function listUsers(
  db: Kysely<Tables>,
  text: string,
  page: { sort: UserOrder; order: 'asc' | 'desc'; offset: number; limit: number },
): Promise<{ items: readonly ListedUser[]; total: number }> {
  const named = text === '' ? sql<SqlBool>`1 = 1` : likeText('license_user.name', text);
  const matching = db.selectFrom('license_user').where(named);
  const { total } = await matching
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .selectAll('license_user')
    .select([licensesOf.as('licenses'), devicesOf.as('devices')])
    .orderBy(columns[page.sort], page.order)
    .orderBy('license_user.id', page.order)
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  const items = rows.map(row => ({
    ...toUser(row),
    licenses: Number(row.licenses),
    devices: Number(row.devices),
  }));
  return { items, total: Number(total) };
}

const licensesOf = sql<number>`(select count(*) from assignment where assignment.user_id = license_user.id)`;
const devicesOf = sql<number>`(
  select count(*) from activation where activation.user_id = license_user.id and activation.end_reason is null
)`;

/** The users of a license by their names. */
export async function listUsersOfLicense(db: Kysely<Tables>, licenseId: Bytes): Promise<UserOfLicense[]> {
  const devices = sql<number>`(
    select count(*) from activation
    where activation.user_id = assignment.user_id
      and activation.license_id = assignment.license_id
      and activation.end_reason is null
  )`;
  const rows = await db
    .selectFrom('assignment')
    .innerJoin('license_user', 'license_user.id', 'assignment.user_id')
    .select(['license_user.id', 'license_user.name', 'assignment.assigned_at_s', devices.as('devices')])
    .where('assignment.license_id', '=', licenseId)
    .orderBy(columns.name)
    .orderBy('license_user.id')
    .execute();
  return rows.map(({ id, name, assigned_at_s: assignedAtS, devices: count }) => {
    return { id, name, assignedAtS, devices: Number(count) };
  });
}

/** Licenses that a user may activate, the newest assignment first. */
export async function listLicensesOfUser(
  db: Kysely<Tables>,
  userId: Bytes,
): Promise<{ license: LicenseRecord; assignedAtS: number }[]> {
  const rows = await db
    .selectFrom('assignment')
    .innerJoin('license', 'license.id', 'assignment.license_id')
    .selectAll('license')
    .select('assignment.assigned_at_s')
    .where('assignment.user_id', '=', userId)
    .orderBy('assignment.assigned_at_s', 'desc')
    .orderBy('license.id')
    .limit(MOST)
    .execute();
  return rows.map(row => ({ license: toLicense(row), assignedAtS: row.assigned_at_s }));
}

/** Devices on which a user has a license active, the newest first. */
export async function listDevicesOfUser(db: Kysely<Tables>, userId: Bytes): Promise<DeviceOfUser[]> {
  const rows = await db
    .selectFrom('activation')
    .innerJoin('device', 'device.id', 'activation.device_id')
    .innerJoin('license', 'license.id', 'activation.license_id')
    .select(['activation.id', 'activation.license_id', 'activation.granted_at_s', 'license.product'])
    .select(['device.number', 'device.name'])
    .where('activation.user_id', '=', userId)
    .where('activation.end_reason', 'is', null)
    .orderBy('activation.granted_at_s', 'desc')
    .orderBy('activation.id')
    .limit(MOST)
    .execute();
  return rows.map(row => ({
    activationId: row.id,
    licenseId: row.license_id,
    product: row.product,
    deviceNumber: row.number,
    deviceName: row.name,
    grantedAtS: row.granted_at_s,
  }));
}
