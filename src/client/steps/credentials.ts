import type { Bytes } from '../../bytes/bytes.ts';
import type { Crypto } from '../../crypto/crypto.ts';
import { keySecret } from '../../license/credentials.ts';
import { type LicenseKey, parseLicenseKey } from '../../license/license-key.ts';
import { type UserCredentials, userCredentials } from '../../license/user.ts';
import type { Credentials } from '../views.ts';

/** By what a request names its license; nothing of it is a password any more. */
export interface KnownCredentials {
  readonly licenseKey?: LicenseKey;
  readonly user?: UserCredentials;
  /** Of key or user, 32 bytes: see `fingerprintKey`. null when neither is named. */
  readonly secret: Bytes | null;
}

/**
 * Reads what a person typed. A password is hashed here, which takes a while, and is not kept.
 *
 * @throws LICENSE_KEY_MISTYPED, LICENSE_KEY_INCOMPLETE, CREDENTIALS_INCOMPLETE
 */
export async function readCredentials(
  credentials: Credentials,
  { domainId, crypto }: { domainId: Bytes; crypto: Pick<Crypto, 'argon2id'> },
): Promise<KnownCredentials> {
  if (credentials === null) return { secret: null };
  if (typeof credentials !== 'string' && 'user' in credentials) {
    const user = await userCredentials({ domainId, ...credentials }, crypto);
    return { user, secret: user.secret };
  }
  const licenseKey = parseLicenseKey(typeof credentials === 'string' ? credentials : credentials.key);
  return { licenseKey, secret: keySecret(domainId, licenseKey) };
}
