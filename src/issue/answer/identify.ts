import { equalBytes } from '../../bytes/bytes.ts';
import { decideKey, decideLicensesOfKey, decideLicensesOfUser, decideUser } from '../decide/credentials.ts';
import type { Refused } from '../decide/decision.ts';
import { provesRecovery } from '../decide/rebind.ts';
import type { OpenedRequest } from '../open-device-file.ts';
import type { IssueContext } from '../portal.ts';
import type { LicenseRecord, UserRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';
import { openKeySecret } from '../secrets/license-secret.ts';
import { openUserKey } from '../secrets/user-secret.ts';
import { findNamed } from './lost-seats.ts';

/** What a request has a right to. */
export interface Identified {
  /** At least one; the one that has the key, then the oldest first. */
  readonly licenses: readonly LicenseRecord[];
  /** null for a license key. */
  readonly user: Pick<UserRecord, 'id'> | null;
}

/**
 * Finds the licenses of a key, or those of a user, if the request proves to know key or password, or the license of a
 * recovery file by its secret: steps 3 and 4.
 *
 * An unknown user and a wrong password take the same steps: nothing of a user is read before the proof is right.
 */
export async function identify(
  file: OpenedRequest,
  records: ExchangeRecords,
  context: Pick<IssueContext, 'secretBox' | 'crypto'>,
): Promise<Identified | Refused> {
  const { keyLookup, userLookup } = file.claims;
  // Step 4: the key is known, and the proof is of it.
  if (keyLookup !== undefined) {
    const license = await records.findLicenseByKey(keyLookup);
    const keySecret = license && openKeySecret(license, context);
    const right = decideKey(file, license && keySecret && { license, keySecret });
    if ('refused' in right) return right;
    const bundled = await records.findBundledLicenses(right.id);
    return { licenses: decideLicensesOfKey(file.claims, right, bundled), user: null };
  }
  // Step 3: neither key nor user; a recovery file stands for both.
  if (userLookup === undefined) return identifyRecovery(file, records);
  // Step 4: the user is known, and the proof is of the password; step 5 for all licenses at once.
  const found = await records.findUserByName(userLookup);
  const user = decideUser(file, { user: found, storedKey: openUserKey(found, context) });
  if ('refused' in user) return user;
  const licenses = decideLicensesOfUser(file.claims, await records.findLicensesOfUser(user.id));
  return 'refused' in licenses ? licenses : { licenses, user };
}

/** The license whose seat the secret of a recovery file gives back, as long as the user is one of that license. */
async function identifyRecovery(
  { deviceId, claims: { replaces } }: OpenedRequest,
  records: ExchangeRecords,
): Promise<Identified | Refused> {
  const missing: Refused = { refused: 'CREDENTIALS_MISSING' };
  const known = replaces?.secret && replaces.id.length === 16 && (await records.findActivation(replaces.id));
  const license = known ? await records.findLicense(known.licenseId) : null;
  if (!known || license === null) return missing;
  const named = await findNamed({ license, deviceId }, replaces, records);
  if (named === null || !provesRecovery(replaces, named)) return missing;
  const isDone = (await records.findActiveActivation(license.id, deviceId)) !== null;
  if (named.endReason !== null && !isDone) return missing;
  if (named.userId === null) return { licenses: [license], user: null };
  const licenses = await records.findLicensesOfUser(named.userId);
  if (!licenses.some(({ id }) => equalBytes(id, license.id))) return { refused: 'USER_NOT_LICENSED' };
  return { licenses: [license], user: { id: named.userId } };
}
