import { clearWords } from './words.ts';

/** L = 2^252 + 27742317777372353535851937790883648493, the order of the base point (RFC 8032, section 5.1). */
const L0: u64 = 0x5812631a5cf5d3ed;
const L1: u64 = 0x14def9dea2f79cd6;
const L3: u64 = 0x1000000000000000;

/** Whether 32 little-endian bytes are below L. */
export function isCanonical(s: usize): bool {
  const top = load<u64>(s, 24);
  if (top !== L3) return top < L3;
  if (load<u64>(s, 16) !== 0) return false;
  const middle = load<u64>(s, 8);
  if (middle !== L1) return middle < L1;
  return load<u64>(s) < L0;
}

/**
 * Writes a number below 2^253 as `count` digits of `width` bits with signs, from -2^(width-1) + 1 to 2^(width-1), as
 * i16: sum of digit[i] 2^(width i). A digit past the half borrows from the next one; count * width >= 254 leaves the
 * last one nothing to borrow for.
 */
export function writeDigits(d: usize, s: usize, width: i32, count: i32): void {
  const half = 1 << (width - 1);
  let borrowed = 0;
  for (let i = 0; i < count; i++) {
    let digit = <i32>bitsAt(s, i * width, width) + borrowed;
    borrowed = digit > half ? 1 : 0;
    digit -= borrowed << width;
    store<i16>(d + ((<usize>i) << 1), <i16>digit);
  }
}

/** Places of `writeSparseDigits`. */
export const SPARSE_DIGITS: i32 = 254;

/**
 * Writes a number below 2^253 as 254 digits of one bit each, as i8, most of them 0 and the others odd from -15 to 15:
 * sum of digit[i] 2^i. After a digit that is not 0 there are four that are, so that one in six is not.
 */
export function writeSparseDigits(d: usize, s: usize): void {
  clearWords(d, <usize>SPARSE_DIGITS);
  let borrowed = 0;
  let i = 0;
  while (i < SPARSE_DIGITS) {
    const bits = <i32>bitsAt(s, i, 5) + borrowed;
    if ((bits & 1) === 0) {
      i++;
      continue;
    }
    borrowed = bits >> 4;
    store<i8>(d + <usize>i, <i8>(bits - (borrowed << 5)));
    i += 5;
  }
}

/** Up to eight bits of the 256 at s; past them there are zeros. */
function bitsAt(s: usize, bit: i32, width: i32): u64 {
  if (bit >= 256) return 0;
  const byte = min(bit >> 3, 24);
  return (load<u64>(s + <usize>byte) >> (bit - 8 * byte)) & ((1 << width) - 1);
}
