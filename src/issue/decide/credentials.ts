import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import type { ActivationRequest } from '../../format/activation-request.ts';
import type { NamedCredentials } from '../../format/batch/named-credentials.ts';
import { keyProof } from '../../license/credentials.ts';
import { provesUser } from '../../license/user.ts';
import type { LicenseRecord, UserRecord } from '../records.ts';
import type { Refused } from './decision.ts';

/** A request and the device that signed it. */
interface Requested {
  readonly deviceId: Bytes;
  readonly claims: ActivationRequest;
}

/**
 * A request as if its device had named what its carrier names: that stands in the place of whatever it names itself.
 *
 * @see FORMAT.md#named-credentials
 */
export function withNamed(claims: ActivationRequest, named: NamedCredentials): ActivationRequest {
  const { keyLookup, keyProof: proof, userLookup, userProof } = named;
  return { ...claims, keyLookup, keyProof: proof, userLookup, userProof };
}

const unproven: Refused = { refused: 'CREDENTIALS_REFUSED' };

/** The license whose key the request proves to know. */
export function decideKey(
  { deviceId, claims: { keyProof: proof, requestId } }: Requested,
  found: { readonly license: LicenseRecord; readonly keySecret: Bytes } | null,
): LicenseRecord | Refused {
  if (proof === undefined || found === null) return unproven;
  return equalBytes(proof, keyProof(found.keySecret, deviceId, requestId)) ? found.license : unproven;
}

/**
 * The user whose password the request proves to know.
 *
 * @param found - `storedKey` also without a user: the proof is then computed in vain, and takes as long.
 */
export function decideUser(
  { deviceId, claims: { userProof: proof, requestId } }: Requested,
  { user, storedKey }: { readonly user: UserRecord | null; readonly storedKey: Bytes },
): UserRecord | Refused {
  const isProved = proof !== undefined && provesUser(proof, { storedKey, deviceId, requestId });
  return isProved && user !== null ? user : unproven;
}

/**
 * The licenses under a key that a request is about: that of the requested product, or all when it names none.
 *
 * @param license - The one that has the key: it is the answer's when no license under the key is of that product.
 * @see FORMAT.md#license-bundles
 */
export function decideLicensesOfKey(
  { product }: Pick<ActivationRequest, 'product'>,
  license: LicenseRecord,
  bundled: readonly LicenseRecord[],
): readonly LicenseRecord[] {
  const all = [license, ...bundled];
  if (product === undefined) return all;
  return [all.find(each => each.product === product) ?? license];
}

/** The user's licenses of the requested product; a request that names none may have any. */
export function decideLicensesOfUser(
  { product }: Pick<ActivationRequest, 'product'>,
  licenses: readonly LicenseRecord[],
): readonly LicenseRecord[] | Refused {
  const fitting = licenses.filter(license => product === undefined || license.product === product);
  return fitting.length > 0 ? fitting : { refused: 'USER_NOT_LICENSED' };
}
