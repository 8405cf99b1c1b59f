import type { Bytes } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';

/**
 * Whether numbers are coordinates on the two curves: public values alone, so time and memory tell nothing. The
 * library for curves is ten times the size of this and would have to be there before the first page is painted.
 */

/** Field prime and constant d of edwards25519 (RFC 8032, section 5.1). */
const ED25519_P = 2n ** 255n - 19n;
const ED25519_D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

/** Field prime and constant b of P-256 (SEC 2, section 2.4.2); a is -3. */
const P256_P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const P256_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/**
 * Whether edwards25519 has a point with this y: whether x^2 = (y^2 - 1) / (d y^2 + 1) has a root.
 *
 * @param y - 32 bytes, little-endian, below the field prime.
 */
export function isOnEd25519(y: Bytes): boolean {
  const p = ED25519_P;
  const square = numberOf(y.slice().reverse()) ** 2n % p;
  // u / v is a square when u v is one; v is never 0, since -1/d is no square.
  const product = (((square - 1n + p) % p) * ((ED25519_D * square + 1n) % p)) % p;
  return product === 0n || power(product, (p - 1n) / 2n, p) === 1n;
}

/**
 * Whether x and y are a point of P-256: y^2 = x^3 - 3 x + b, both below the field prime.
 *
 * @param x - 32 bytes, big-endian.
 * @param y - 32 bytes, big-endian.
 */
export function isOnP256(x: Bytes, y: Bytes): boolean {
  const [left, right] = [numberOf(y), numberOf(x)];
  if (left >= P256_P || right >= P256_P) return false;
  return (left * left - (right ** 3n - 3n * right + P256_B)) % P256_P === 0n;
}

function numberOf(bigEndian: Uint8Array<ArrayBuffer>): bigint {
  return BigInt(`0x${toHex(bigEndian)}`);
}

/** base^exponent modulo p. */
function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
}
