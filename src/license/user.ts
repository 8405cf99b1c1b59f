import { type Bytes, equalBytes, utf8 } from '../bytes/bytes.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { hmacSha256, sha256 } from '../crypto/hash.ts';
import { LatchkeyError } from '../errors.ts';

declare const normalized: unique symbol;

/** A user's name in the one form that is hashed; what people see keeps its capitals. */
export type UserName = string & { readonly [normalized]: true };

/** A user name with its password, as hashed: all that a request is made from. */
export interface UserCredentials {
  /** Of the name, 32 bytes: see {@link userSecret}. */
  readonly secret: Bytes;
  /** By which the portal finds the user, 8 bytes. */
  readonly lookup: Bytes;
  /** Of name and password, 16 bytes: see {@link userKey}. Whoever holds it can make proofs. */
  readonly key: Bytes;
}

const userContext = utf8('latchkey-1 user');
const lookupContext = utf8('latchkey-1 user lookup');
const keyContext = utf8('latchkey-1 user key');

const saltLength = 16;
const lookupLength = 8;
const proofLength = 16;

/**
 * Reads a user's name as a person typed it: capitals and white space around and between words do not matter.
 *
 * @throws {@link LatchkeyError} CREDENTIALS_INCOMPLETE - when nothing is left of it.
 * @see FORMAT.md#users
 */
export function parseUserName(text: string): UserName {
  const name = text
    .normalize('NFKC')
    .replace(/\p{White_Space}+/gu, ' ')
    .replace(/^ | $/g, '')
    .toLowerCase();
  if (!isUserName(name)) throw new LatchkeyError('CREDENTIALS_INCOMPLETE', 'expected a user name');
  return name;
}

function isUserName(text: string): text is UserName {
  return text !== '';
}

/**
 * What stands for a user at a vendor, without the password: it salts the password and the fingerprint, so that a new
 * password leaves devices comparable.
 *
 * @param domainId - 32 bytes.
 * @returns 32 bytes.
 */
export function userSecret(domainId: Bytes, name: UserName): Bytes {
  return sha256(userContext, domainId, utf8(name));
}

/** By what the portal finds a user: 8 bytes. */
export function userLookup(domainId: Bytes, name: UserName): Bytes {
  return sha256(lookupContext, domainId, utf8(name)).slice(0, lookupLength);
}

/**
 * What a password is worth, made slowly: 16 bytes that stay on the device and are never stored.
 *
 * @param password - As typed; its Unicode form (NFC) is mended, nothing else.
 * @throws {@link LatchkeyError} CREDENTIALS_INCOMPLETE - for an empty password.
 * @see FORMAT.md#users
 */
export async function userKey(
  { domainId, name, password }: { domainId: Bytes; name: UserName; password: string },
  { argon2id }: Pick<Crypto, 'argon2id'>,
): Promise<Bytes> {
  if (password === '') throw new LatchkeyError('CREDENTIALS_INCOMPLETE', 'expected a password');
  return argon2id(utf8(password.normalize('NFC')), userSecret(domainId, name).slice(0, saltLength));
}

/**
 * Hashes what a person typed.
 *
 * @throws {@link LatchkeyError} CREDENTIALS_INCOMPLETE - when name or password is empty.
 */
export async function userCredentials(
  { domainId, user, password }: { domainId: Bytes; user: string; password: string },
  crypto: Pick<Crypto, 'argon2id'>,
): Promise<UserCredentials> {
  const name = parseUserName(user);
  const key = await userKey({ domainId, name, password }, crypto);
  return { secret: userSecret(domainId, name), lookup: userLookup(domainId, name), key };
}

/** All that the portal keeps of a password: 32 bytes, from which no proof can be made. */
export function storedUserKey(key: Bytes): Bytes {
  return sha256(keyContext, key);
}

/**
 * Proves that the requester knew the password, for this device and request alone, as SCRAM (RFC 5802) does.
 *
 * @param key - Of {@link userKey}.
 * @returns 16 bytes.
 */
export function userProof(key: Bytes, deviceId: Bytes, requestId: Bytes): Bytes {
  return masked(key, { storedKey: storedUserKey(key), deviceId, requestId });
}

/** Whether a proof was made with the password of `storedKey`, for this device and request. */
export function provesUser(
  proof: Bytes,
  made: { readonly storedKey: Bytes; readonly deviceId: Bytes; readonly requestId: Bytes },
): boolean {
  return equalBytes(storedUserKey(masked(proof, made)), made.storedKey);
}

/** XOR with the mask of device and request, which puts it on and takes it off. */
function masked(
  bytes: Bytes,
  { storedKey, deviceId, requestId }: { storedKey: Bytes; deviceId: Bytes; requestId: Bytes },
): Bytes {
  const mask = hmacSha256(storedKey, deviceId, requestId);
  return bytes.slice(0, proofLength).map((byte, index) => byte ^ (mask[index] ?? 0));
}
