import type { Bytes } from '../../bytes/bytes.ts';
import type { Crypto } from '../../crypto/crypto.ts';
import { encodeNamedCredentials } from '../../format/batch/named-credentials.ts';
import { keyLookup, keyProof, keySecret } from '../../license/credentials.ts';
import { parseLicenseKey } from '../../license/license-key.ts';
import { userCredentials, userProof } from '../../license/user.ts';

/** What a person types in the place of the device. */
export type Typed = { key: string } | { user: string; password: string };

/** The request that it is typed for. */
export interface NamedRequest {
  deviceId: Bytes;
  requestId: Bytes;
}

/** Makes what travels in the place of what was typed, for one request. */
export type NameFor = (request: NamedRequest) => Bytes;

/**
 * Reads what was typed, and hashes a password, which takes a while. Neither leaves this page.
 *
 * @throws LatchkeyError LICENSE_KEY_MISTYPED, LICENSE_KEY_INCOMPLETE, CREDENTIALS_INCOMPLETE
 * @see FORMAT.md#named-credentials
 */
export async function readTyped(
  typed: Typed,
  { domainId, crypto }: { domainId: Bytes; crypto: Pick<Crypto, 'argon2id'> },
): Promise<NameFor> {
  if ('key' in typed) {
    const secret = keySecret(domainId, parseLicenseKey(typed.key));
    return ({ deviceId, requestId }) =>
      encodeNamedCredentials({
        keyLookup: keyLookup(secret),
        keyProof: keyProof(secret, deviceId, requestId),
      });
  }
  const { lookup, key } = await userCredentials({ domainId, ...typed }, crypto);
  return ({ deviceId, requestId }) =>
    encodeNamedCredentials({ userLookup: lookup, userProof: userProof(key, deviceId, requestId) });
}
