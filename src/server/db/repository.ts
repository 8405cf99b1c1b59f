import type { Kysely } from 'kysely';
import type { Records, Repository } from '../../issue/repository.ts';
import type { Database } from './database.ts';
import { deviceRecords } from './records/device-records.ts';
import { licenseRecords } from './records/license-records.ts';
import { orderRecords } from './records/order-records.ts';
import { periodRecords } from './records/period-records.ts';
import { policyRecords } from './records/policy-records.ts';
import { productRecords } from './records/product-records.ts';
import { seatRequestRecords } from './records/seat-request-records.ts';
import { shareRecords } from './records/share-records.ts';
import { userRecords } from './records/user-records.ts';
import type { Tables } from './tables.ts';

/** The records of the portal over one transaction, or over single statements for reading. */
export function recordsOf(db: Kysely<Tables>): Records {
  const ofLicenses = { ...licenseRecords(db), ...periodRecords(db), ...shareRecords(db) };
  const ofDevices = { ...deviceRecords(db), ...seatRequestRecords(db) };
  const ofProducts = { ...productRecords(db), ...policyRecords(db) };
  const ofPeople = { ...userRecords(db), ...orderRecords(db) };
  return { ...ofDevices, ...ofLicenses, ...ofProducts, ...ofPeople };
}

/** The portal's repository in its database. */
export function createRepository({ transact }: Pick<Database, 'transact'>): Repository {
  return { transact: work => transact(transaction => work(recordsOf(transaction))) };
}
