import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import type { CustomerRecord, OrderRecord } from '../order-records.ts';
import type { DeviceRecord, LicenseRecord, UserRecord } from '../records.ts';
import type { Records } from '../repository.ts';

/** @throws {@link LatchkeyError} NOT_FOUND */
export async function requireLicense(id: Bytes, records: Records): Promise<LicenseRecord> {
  const license = await records.findLicense(id);
  if (license === null) throw notFound('license');
  return license;
}

/** A license to change. @throws {@link LatchkeyError} NOT_FOUND - also for one that was deleted. */
export async function requireUndeleted(id: Bytes, records: Records): Promise<LicenseRecord> {
  const license = await requireLicense(id, records);
  if (license.deletedAtS !== null) throw notFound('license');
  return license;
}

/** @throws {@link LatchkeyError} NOT_FOUND */
export async function requireUser(id: Bytes, records: Records): Promise<UserRecord> {
  const user = await records.findUser(id);
  if (user === null) throw notFound('user');
  return user;
}

/** @throws {@link LatchkeyError} NOT_FOUND */
export async function requireCustomer(id: Bytes, records: Records): Promise<CustomerRecord> {
  const customer = await records.findCustomer(id);
  if (customer === null) throw notFound('customer');
  return customer;
}

/** @throws {@link LatchkeyError} NOT_FOUND */
export async function requireOrder(id: Bytes, records: Records): Promise<OrderRecord> {
  const order = await records.findOrder(id);
  if (order === null) throw notFound('order');
  return order;
}

/** @throws {@link LatchkeyError} NOT_FOUND */
export async function requireDevice(id: Bytes, records: Records): Promise<DeviceRecord> {
  const device = await records.findDevice(id);
  if (device === null) throw notFound('device');
  return device;
}

/** NOT_FOUND, naming what is not there. */
export function notFound(what: string): LatchkeyError {
  return new LatchkeyError('NOT_FOUND', `no such ${what}`);
}

/** @throws {@link LatchkeyError} EDIT_CONFLICT - with the `version` that it has now. */
export function requireVersion(record: { readonly version: number }, version: number): void {
  if (record.version === version) return;
  const data = { version: record.version };
  throw new LatchkeyError('EDIT_CONFLICT', `expected version ${version}, got ${record.version}`, { data });
}
