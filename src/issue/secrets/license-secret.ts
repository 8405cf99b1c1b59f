import { type Bytes, concatBytes, fromUtf8, utf8 } from '../../bytes/bytes.ts';
import { keyLookup, keySecret } from '../../license/credentials.ts';
import {
  createLicenseKey,
  LICENSE_KEY_RANDOM_BYTES,
  type LicenseKey,
  parseLicenseKey,
} from '../../license/license-key.ts';
import type { IssueContext } from '../portal.ts';
import type { LicenseRecord } from '../records.ts';

const SECRET_BYTES = 32;
const context = utf8('license-key');

/** A new license key, as text and as the license keeps it. */
export interface NewLicenseKey {
  readonly key: LicenseKey;
  readonly keyLookup: Bytes;
  readonly keySealed: Bytes;
}

/** Makes a license key of 100 random bits for the license of this id. */
export function makeLicenseKey(
  licenseId: Bytes,
  { issuer, crypto, secretBox }: Pick<IssueContext, 'issuer' | 'crypto' | 'secretBox'>,
): NewLicenseKey {
  const key = createLicenseKey(crypto.randomBytes(LICENSE_KEY_RANDOM_BYTES));
  const secret = keySecret(issuer.domainId, key);
  const keySealed = secretBox.seal(concatBytes(secret, utf8(key)), sealContext(licenseId));
  return { key, keyLookup: keyLookup(secret), keySealed };
}

/** The secret that proofs are made with, 32 bytes; null when the license has no key. */
export function openKeySecret(
  { id, keySealed }: LicenseRecord,
  { secretBox }: Pick<IssueContext, 'secretBox'>,
): Bytes | null {
  return keySealed && secretBox.open(keySealed, sealContext(id)).slice(0, SECRET_BYTES);
}

/** The license key for the eyes of the vendor's staff; null when the license has none. */
export function openLicenseKey(
  { id, keySealed }: LicenseRecord,
  { secretBox }: Pick<IssueContext, 'secretBox'>,
): LicenseKey | null {
  return (
    keySealed && parseLicenseKey(fromUtf8(secretBox.open(keySealed, sealContext(id)).slice(SECRET_BYTES)))
  );
}

function sealContext(licenseId: Bytes): Bytes {
  return concatBytes(context, licenseId);
}
