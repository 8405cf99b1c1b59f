import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { LatchkeyError } from '../errors.ts';
import { isOnEd25519, isOnP256 } from './curve.ts';

const ED25519_BYTES = 32;
const P256_BYTES = 65;
const UNCOMPRESSED = 0x04;
const SIGN_BIT = 0x80;

/** The field prime 2^255-19, little-endian: the first y that is not canonical. */
const FIELD_PRIME = fromHex(`ed${'ff'.repeat(30)}7f`);

/** y of the small-order points: one for two of order 8 each, order 4 (y=0), order 1 (y=1), order 2 (y=p-1). */
const SMALL_ORDER_Y = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
].map(fromHex);

/** Points that were found on the curve, which takes hundreds of multiplications: a vendor has few keys, used often. */
const onCurve = new Set<string>();
const MAX_REMEMBERED = 64;

/**
 * Checks an Ed25519 public key that came from outside. Browsers import small-order and non-canonical keys and accept
 * forged signatures under them.
 *
 * @param raw - 32 bytes: y, little-endian, and the sign of x in the highest bit.
 * @throws {@link LatchkeyError} KEY_MALFORMED - for another length, or when no such point is on the curve.
 * @throws {@link LatchkeyError} KEY_SMALL_ORDER - for each of the 8 small-order points, however encoded.
 * @throws {@link LatchkeyError} KEY_NOT_CANONICAL - when y is not below the field prime.
 * @see FORMAT.md#public-keys
 */
export function checkEd25519PublicKey(raw: Bytes): void {
  if (raw.length !== ED25519_BYTES)
    throw new LatchkeyError('KEY_MALFORMED', `expected 32 bytes, got ${raw.length}`);
  const y = withoutSign(raw);
  const reduced = isBelow(y, FIELD_PRIME) ? y : minusPrime(y);
  if (SMALL_ORDER_Y.some(small => equalBytes(small, reduced))) {
    throw new LatchkeyError('KEY_SMALL_ORDER', 'a point of small order');
  }
  if (reduced !== y) throw new LatchkeyError('KEY_NOT_CANONICAL', 'y is not below the field prime');
  const id = toHex(y);
  if (onCurve.has(id)) return;
  if (!isOnEd25519(y)) throw notOnCurve();
  if (onCurve.size < MAX_REMEMBERED) onCurve.add(id);
}

/**
 * Checks a P-256 public key that came from outside.
 *
 * @param raw - 65 bytes: 04, x, y.
 * @throws {@link LatchkeyError} KEY_MALFORMED - for another length or form, or when the point is not on the curve.
 * @see FORMAT.md#public-keys
 */
export function checkP256PublicKey(raw: Bytes): void {
  if (raw.length !== P256_BYTES || raw[0] !== UNCOMPRESSED) {
    throw new LatchkeyError('KEY_MALFORMED', 'expected 65 bytes that begin with 04');
  }
  if (!isOnP256(raw.subarray(1, 33), raw.subarray(33))) throw notOnCurve();
}

function notOnCurve(): LatchkeyError {
  return new LatchkeyError('KEY_MALFORMED', 'not a point on the curve');
}

function withoutSign(raw: Bytes): Bytes {
  const y = raw.slice();
  y[ED25519_BYTES - 1] = (y[ED25519_BYTES - 1] ?? 0) & ~SIGN_BIT;
  return y;
}

/** Compares little-endian numbers of one length. */
function isBelow(a: Bytes, b: Bytes): boolean {
  for (let index = a.length - 1; index >= 0; index -= 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** y - p for p <= y < 2^255: there are 19 such numbers, which differ from p in their lowest byte alone. */
function minusPrime(y: Bytes): Bytes {
  const reduced = new Uint8Array(ED25519_BYTES);
  reduced[0] = (y[0] ?? 0) - (FIELD_PRIME[0] ?? 0);
  return reduced;
}
