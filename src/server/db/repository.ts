import type { Kysely } from 'kysely';
import type { Records, Repository } from '../../issue/repository.ts';
import type { Database } from './database.ts';
import { deviceRecords } from './device-records.ts';
import { licenseRecords } from './license-records.ts';
import { periodRecords } from './period-records.ts';
import { productRecords } from './product-records.ts';
import { shareRecords } from './share-records.ts';
import type { Tables } from './tables.ts';
import { userRecords } from './user-records.ts';

/** The records of the portal over one transaction, or over single statements for reading. */
export function recordsOf(db: Kysely<Tables>): Records {
  const ofLicenses = { ...licenseRecords(db), ...periodRecords(db), ...shareRecords(db) };
  return { ...deviceRecords(db), ...ofLicenses, ...productRecords(db), ...userRecords(db) };
}

/** The portal's repository in its database. */
export function createRepository({ transact }: Pick<Database, 'transact'>): Repository {
  return { transact: work => transact(transaction => work(recordsOf(transaction))) };
}
