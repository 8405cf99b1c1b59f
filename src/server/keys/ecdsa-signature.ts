import { type Bytes, concatBytes } from '../../bytes/bytes.ts';

const INTEGER = 0x02;
const SEQUENCE = 0x30;
const SIGN_BIT = 0x80;

/**
 * Encodes an ECDSA signature as DER (RFC 3279, section 2.2.3), the form that node:crypto takes beside a bare key.
 *
 * @param signature - 64 bytes: r and s of P-256.
 */
export function encodeEcdsaSignature(signature: Bytes): Bytes {
  const content = concatBytes(
    encodeInteger(signature.subarray(0, 32)),
    encodeInteger(signature.subarray(32)),
  );
  return concatBytes(Uint8Array.of(SEQUENCE, content.length), content);
}

/** The shortest form, with a zero before it where the first bit would be taken for a sign. */
function encodeInteger(bigEndian: Bytes): Bytes {
  const first = bigEndian.findIndex(byte => byte !== 0);
  const digits = first === -1 ? bigEndian.subarray(-1) : bigEndian.subarray(first);
  const isNegative = ((digits[0] ?? 0) & SIGN_BIT) !== 0;
  const content = isNegative ? concatBytes(Uint8Array.of(0), digits) : digits;
  return concatBytes(Uint8Array.of(INTEGER, content.length), content);
}
