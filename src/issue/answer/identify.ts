import { decideKey, decideLicensesOfKey, decideLicensesOfUser, decideUser } from '../decide/credentials.ts';
import type { Refused } from '../decide/decision.ts';
import type { OpenedRequest } from '../open-device-file.ts';
import type { IssueContext } from '../portal.ts';
import type { LicenseRecord, UserRecord } from '../records.ts';
import type { ExchangeRecords } from '../repository.ts';
import { openKeySecret } from '../secrets/license-secret.ts';
import { openUserKey } from '../secrets/user-secret.ts';

/** What a request has a right to. */
export interface Identified {
  /** At least one; the one that has the key, then the oldest first. */
  readonly licenses: readonly LicenseRecord[];
  /** null for a license key. */
  readonly user: UserRecord | null;
}

/**
 * Finds the licenses of a key, or those of a user, if the request proves to know key or password: steps 3 and 4.
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
  // Step 3: neither key nor user.
  if (userLookup === undefined) return { refused: 'CREDENTIALS_MISSING' };
  // Step 4: the user is known, and the proof is of the password; step 5 for all licenses at once.
  const found = await records.findUserByName(userLookup);
  const user = decideUser(file, { user: found, storedKey: openUserKey(found, context) });
  if ('refused' in user) return user;
  const licenses = decideLicensesOfUser(file.claims, await records.findLicensesOfUser(user.id));
  return 'refused' in licenses ? licenses : { licenses, user };
}
