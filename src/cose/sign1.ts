import type { Bytes } from '../bytes/bytes.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { inflate } from '../bytes/inflate.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { LatchkeyError } from '../errors.ts';
import { decodeHeader, externalAad, type Header, malformed } from './header.ts';
import { ALG, SIGN1_TAG, SIGNATURE_BYTES } from './labels.ts';
import { decodeMessage, requireBytes } from './message.ts';

/** A signed message whose signature nobody has checked yet: nothing in it is to be believed. */
export interface UnverifiedSign1 extends Header {
  alg: typeof ALG.ed25519 | typeof ALG.esp256;
  protectedBytes: Bytes;
  /** As transmitted: the claims, or the claims deflated when `inflatedLength` is not null. */
  payload: Bytes;
  /** 64 bytes. */
  signature: Bytes;
}

/**
 * Decodes a COSE_Sign1 without believing it. Checks structure, algorithm and critical headers; neither the signature
 * nor whether `typ` is a known kind.
 *
 * @param message - Beginning with d2, without tag 55799; at most as long as the caller's kind of file may be.
 * @throws {@link LatchkeyError} COSE_MALFORMED - for another array, other lengths, or a key id where none belongs.
 * @throws {@link LatchkeyError} UNPROTECTED_HEADER - when the unprotected header is not empty.
 * @throws {@link LatchkeyError} ALGORITHM_UNKNOWN - unless the algorithm is -19 or -9.
 * @throws {@link LatchkeyError} CRITICAL_UNKNOWN - when `crit` names a label that version 1 does not know.
 * @throws {@link LatchkeyError} FILE_CUT_SHORT, TRAILING_BYTES, CBOR_… - see `decodeCbor`.
 * @see FORMAT.md#signed-messages
 */
export function decodeSign1(message: Bytes): UnverifiedSign1 {
  const { protectedBytes, unprotected, rest } = decodeMessage(message, SIGN1_TAG, 4);
  if (unprotected.size > 0)
    throw new LatchkeyError('UNPROTECTED_HEADER', 'expected an empty unprotected header');
  const header = decodeHeader(protectedBytes, [ALG.ed25519, ALG.esp256]);
  const isIssuer = header.alg === ALG.ed25519;
  if (isIssuer !== (header.kid !== null)) throw malformed('expected a key id for Ed25519 alone');
  return {
    ...header,
    alg: isIssuer ? ALG.ed25519 : ALG.esp256,
    protectedBytes,
    payload: requireBytes(rest[0], 'payload'),
    signature: requireBytes(rest[1], 'signature', SIGNATURE_BYTES),
  };
}

/**
 * Verifies a COSE_Sign1 over the bytes as received, and only then inflates. Does not check whether the key may sign
 * this kind, nor decode the claims.
 *
 * @param options - `domainId`: 32 bytes; `publicKey`: 32 bytes for Ed25519, 65 for ESP256; `maxInflatedBytes`: the
 *   limit of this kind.
 * @returns The claims, CBOR not yet decoded.
 * @throws {@link LatchkeyError} KEY_MALFORMED, KEY_NOT_CANONICAL, KEY_SMALL_ORDER - for a public key that is refused.
 * @throws {@link LatchkeyError} SIGNATURE_INVALID - for another key, domain or message; before any byte is inflated.
 * @throws {@link LatchkeyError} INFLATED_TOO_LARGE, INFLATED_LENGTH_WRONG, DEFLATE_… - see `inflate`.
 * @see FORMAT.md#signed-messages
 */
export async function verifySign1(
  unverified: UnverifiedSign1,
  options: { domainId: Bytes; publicKey: Bytes; crypto: Crypto; maxInflatedBytes: number },
): Promise<Bytes> {
  const { alg, protectedBytes, payload, signature, inflatedLength } = unverified;
  const { domainId, publicKey, crypto, maxInflatedBytes } = options;
  const message = signatureInput(protectedBytes, payload, domainId);
  const isValid =
    alg === ALG.ed25519
      ? await crypto.verifyEd25519(publicKey, signature, message)
      : await crypto.verifyP256(publicKey, signature, message);
  if (!isValid) throw new LatchkeyError('SIGNATURE_INVALID', 'not signed by this key for this domain');
  if (inflatedLength !== null) return inflate(payload, inflatedLength, maxInflatedBytes);
  if (payload.length <= maxInflatedBytes) return payload;
  throw new LatchkeyError(
    'INFLATED_TOO_LARGE',
    `expected at most ${maxInflatedBytes} bytes, got ${payload.length}`,
  );
}

/** Sig_structure (RFC 9052, section 4.4): what the signature of a COSE_Sign1 is over. */
export function signatureInput(protectedBytes: Bytes, payload: Bytes, domainId: Bytes): Bytes {
  return encodeCbor(['Signature1', protectedBytes, externalAad(domainId), payload]);
}
