import type { Kysely, Selectable } from 'kysely';
import type { Bytes } from '../../../bytes/bytes.ts';
import type { UserRecord } from '../../../issue/records.ts';
import type { Records } from '../../../issue/repository.ts';
import type { LicenseUserTable, Tables } from '../tables.ts';
import { toLicense } from './license-rows.ts';

type UserRecords = Pick<
  Records,
  | 'findUser'
  | 'findUserByName'
  | 'saveUser'
  | 'findLicensesOfUser'
  | 'countDevicesOfUser'
  | 'countUsersOfLicense'
  | 'isUserOfLicense'
  | 'assignUser'
  | 'removeUser'
>;

/** A user as the row has it. */
export function toUser(row: Selectable<LicenseUserTable>): UserRecord {
  return {
    id: row.id,
    name: row.name,
    lookup: row.lookup,
    keySealed: row.key_sealed,
    passwordSetAtS: row.password_set_at_s,
    createdAtS: row.created_at_s,
  };
}

/** Users and the licenses that they may activate. */
export function userRecords(db: Kysely<Tables>): UserRecords {
  const users = db.selectFrom('license_user').selectAll();
  return {
    async findUser(id) {
      const row = await users.where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toUser(row);
    },
    async findUserByName(lookup) {
      const row = await users.where('lookup', '=', lookup).executeTakeFirst();
      return row === undefined ? null : toUser(row);
    },
    async saveUser({ id, name, lookup, keySealed, passwordSetAtS, createdAtS }) {
      const set = { name, lookup, key_sealed: keySealed, password_set_at_s: passwordSetAtS };
      await db
        .insertInto('license_user')
        .values({ id, ...set, created_at_s: createdAtS })
        .onConflict(conflict => conflict.column('id').doUpdateSet(set))
        .execute();
    },
    async countDevicesOfUser(licenseId, userId) {
      const { count } = await db
        .selectFrom('activation')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('user_id', '=', userId)
        .where('license_id', '=', licenseId)
        .where('end_reason', 'is', null)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    ...assignments(db),
  };
}

function assignments(db: Kysely<Tables>) {
  const one = (licenseId: Bytes, userId: Bytes) =>
    db
      .selectFrom('assignment')
      .select('user_id')
      .where('license_id', '=', licenseId)
      .where('user_id', '=', userId);
  return {
    async findLicensesOfUser(userId) {
      const rows = await db
        .selectFrom('assignment')
        .innerJoin('license', 'license.id', 'assignment.license_id')
        .selectAll('license')
        .where('assignment.user_id', '=', userId)
        .where('license.deleted_at_s', 'is', null)
        .orderBy('license.created_at_s')
        .orderBy('license.id')
        .execute();
      return rows.map(toLicense);
    },
    async countUsersOfLicense(licenseId) {
      const { count } = await db
        .selectFrom('assignment')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('license_id', '=', licenseId)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async isUserOfLicense(licenseId, userId) {
      return (await one(licenseId, userId).executeTakeFirst()) !== undefined;
    },
    async assignUser(licenseId, userId, assignedAtS) {
      const row = { license_id: licenseId, user_id: userId, assigned_at_s: assignedAtS };
      await db.insertInto('assignment').values(row).execute();
    },
    async removeUser(licenseId, userId) {
      await db
        .deleteFrom('assignment')
        .where('license_id', '=', licenseId)
        .where('user_id', '=', userId)
        .execute();
    },
  } satisfies Partial<Records>;
}
