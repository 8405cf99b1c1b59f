import { type Bytes, concatBytes, equalBytes } from '../bytes/bytes.ts';
import { type CborMap, encodeCbor } from '../bytes/cbor.ts';
import type { Crypto, Opener } from '../crypto/crypto.ts';
import { LatchkeyError } from '../errors.ts';
import { decodeHeader, encodeHeader, externalAad, malformed } from './header.ts';
import { ALG, EK_BYTES, ENCRYPT0_TAG, HEADER } from './labels.ts';
import { decodeMessage, requireBytes } from './message.ts';

/** A sealed message. What it says outside the seal is believed by nobody until it is opened. */
export interface Encrypt0 {
  typ: number;
  /** 8 bytes: the sealing key. */
  kid: Bytes;
  protectedBytes: Bytes;
  /** 65 bytes: the encapsulated key, a point not yet checked. */
  ek: Bytes;
  ciphertext: Bytes;
}

/**
 * Seals a message as a COSE_Encrypt0 with HPKE-0.
 *
 * @param options - `typ`: that of the message within; `kid` and `publicKey` (65 bytes): the sealing key; `message`: a
 *   COSE_Sign1, beginning with d2; `domainId`: 32 bytes.
 * @returns The message, beginning with d0; not yet a file, see `toFile`.
 * @throws {@link LatchkeyError} KEY_MALFORMED - when `publicKey` is not a point of P-256.
 * @see FORMAT.md#sealed-messages
 */
export async function createEncrypt0(options: {
  typ: number;
  kid: Bytes;
  publicKey: Bytes;
  message: Bytes;
  domainId: Bytes;
  crypto: Crypto;
}): Promise<Bytes> {
  const { typ, kid, publicKey, message, domainId, crypto } = options;
  const protectedBytes = encodeHeader({ alg: ALG.hpke0, kid, typ, inflatedLength: null });
  const { ek, ciphertext } = await crypto.seal(publicKey, sealAad(protectedBytes, domainId), message);
  const array = encodeCbor([protectedBytes, new Map([[HEADER.ek, ek]]), ciphertext]);
  return concatBytes(Uint8Array.of(ENCRYPT0_TAG), array);
}

/**
 * Decodes a COSE_Encrypt0 without opening it.
 *
 * @param message - Beginning with d0, without tag 55799.
 * @throws {@link LatchkeyError} COSE_MALFORMED - for another array, other lengths, no key id, or no encapsulated key.
 * @throws {@link LatchkeyError} UNPROTECTED_HEADER - when the unprotected header holds more than the encapsulated key.
 * @throws {@link LatchkeyError} ALGORITHM_UNKNOWN - unless the algorithm is 35.
 * @throws {@link LatchkeyError} CRITICAL_UNKNOWN - when `crit` names a label that version 1 does not know.
 * @throws {@link LatchkeyError} FILE_CUT_SHORT, TRAILING_BYTES, CBOR_… - see `decodeCbor`.
 * @see FORMAT.md#sealed-messages
 */
export function decodeEncrypt0(message: Bytes): Encrypt0 {
  const { protectedBytes, unprotected, rest } = decodeMessage(message, ENCRYPT0_TAG, 3);
  const { kid, typ, inflatedLength } = decodeHeader(protectedBytes, [ALG.hpke0]);
  if (!kid) throw malformed('expected a key id');
  if (inflatedLength !== null) throw malformed('an inflated length belongs to a signed message');
  const ek = decodeEncapsulatedKey(unprotected);
  return { typ, kid, protectedBytes, ek, ciphertext: requireBytes(rest[0], 'ciphertext') };
}

/**
 * Opens a COSE_Encrypt0. Does not check the message within, nor that its `typ` is the one outside.
 *
 * @returns The message within, to be given to `decodeSign1`.
 * @throws {@link LatchkeyError} SEAL_KEY_UNKNOWN - when the message is sealed to another key than the opener's.
 * @throws {@link LatchkeyError} SEAL_BROKEN - when it was sealed for another domain, or changed.
 * @see FORMAT.md#sealed-messages
 */
export async function openEncrypt0(
  sealed: Encrypt0,
  { opener, domainId }: { opener: Opener; domainId: Bytes },
): Promise<Bytes> {
  if (!equalBytes(sealed.kid, opener.kid))
    throw new LatchkeyError('SEAL_KEY_UNKNOWN', 'sealed to another key');
  return opener.open(sealed.ek, sealAad(sealed.protectedBytes, domainId), sealed.ciphertext);
}

function decodeEncapsulatedKey(unprotected: CborMap): Bytes {
  const ek = unprotected.get(HEADER.ek);
  if (unprotected.size > (ek === undefined ? 0 : 1)) {
    throw new LatchkeyError('UNPROTECTED_HEADER', 'expected the encapsulated key alone');
  }
  return requireBytes(ek, 'encapsulated key', EK_BYTES);
}

/** Enc_structure (RFC 9052, section 5.3). */
function sealAad(protectedBytes: Bytes, domainId: Bytes): Bytes {
  return encodeCbor(['Encrypt0', protectedBytes, externalAad(domainId)]);
}
