import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import { parseUserName, userLookup } from '../../license/user.ts';
import { type Actor, audit } from '../audit.ts';
import type { IssueContext } from '../portal.ts';
import type { LicenseRecord, UserRecord } from '../records.ts';
import type { Records } from '../repository.ts';
import { sealUserKey } from '../secrets/user-secret.ts';
import { fieldRefused } from './license-terms.ts';
import { requireUser } from './required.ts';

/**
 * Creates a user. Whoever calls has hashed the password before: that takes longer than a transaction may.
 *
 * @param storedKey - Of `storedUserKey`, 32 bytes.
 * @throws {@link LatchkeyError} ALREADY_EXISTS - when somebody has this name, in whatever capitals and spaces.
 */
export async function createUser(
  { name, storedKey }: { name: string; storedKey: Bytes },
  records: Records,
  { actor, nowS, ...context }: Actor & IssueContext,
): Promise<UserRecord> {
  const lookup = userLookup(context.issuer.domainId, parseUserName(name));
  if ((await records.findUserByName(lookup)) !== null) {
    throw new LatchkeyError('ALREADY_EXISTS', 'a user of this name exists', { data: { field: 'name' } });
  }
  const id = context.crypto.randomBytes(16);
  const keySealed = sealUserKey(id, storedKey, context);
  const user = { id, name, lookup, keySealed, passwordSetAtS: nowS, createdAtS: nowS };
  await records.saveUser(user);
  await records.appendAudit(audit('user.create', { actor, nowS, userId: id }));
  return user;
}

/**
 * Replaces a user's password. It decides about requests from now on; activations that there are go on.
 *
 * @param storedKey - Of `storedUserKey`, 32 bytes.
 * @throws {@link LatchkeyError} NOT_FOUND - for a user that there is not.
 */
export async function resetPassword(
  { userId, storedKey }: { userId: Bytes; storedKey: Bytes },
  records: Records,
  { actor, nowS, ...context }: Actor & IssueContext,
): Promise<void> {
  const user = await requireUser(userId, records);
  const keySealed = sealUserKey(userId, storedKey, context);
  await records.saveUser({ ...user, keySealed, passwordSetAtS: nowS });
  await records.appendAudit(audit('user.reset-password', { actor, nowS, userId }));
}

/** Whether people activate a license by name and password: it has no key, and is not under that of another. */
export function isForUsers({ keyLookup, bundledWith }: LicenseRecord): boolean {
  return keyLookup === null && bundledWith === null;
}

/**
 * Lets a user activate a license; one who may already stays as they are.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a user that there is not.
 * @throws {@link LatchkeyError} FIELD_REFUSED - for a license with a key, or one that has as many users as it allows.
 */
export async function assignUser(
  { license, userId }: { license: LicenseRecord; userId: Bytes },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<void> {
  const { id: licenseId, maxUsers } = license;
  if (!isForUsers(license)) throw fieldRefused('users', 'not-allowed');
  await requireUser(userId, records);
  if (await records.isUserOfLicense(licenseId, userId)) return;
  if (maxUsers !== null && (await records.countUsersOfLicense(licenseId)) >= maxUsers) {
    throw fieldRefused('users', 'over-limit');
  }
  await records.assignUser(licenseId, userId, nowS);
  await records.appendAudit(audit('license.assign-user', { actor, nowS, licenseId, userId }));
}

/**
 * Takes a license from a user. It decides about requests from now on; activations that there are go on.
 *
 * @throws {@link LatchkeyError} NOT_FOUND - for a user that there is not.
 */
export async function removeUser(
  { license, userId }: { license: LicenseRecord; userId: Bytes },
  records: Records,
  { actor, nowS }: Actor & Pick<IssueContext, 'nowS'>,
): Promise<void> {
  await requireUser(userId, records);
  if (!(await records.isUserOfLicense(license.id, userId))) return;
  await records.removeUser(license.id, userId);
  await records.appendAudit(audit('license.remove-user', { actor, nowS, licenseId: license.id, userId }));
}
