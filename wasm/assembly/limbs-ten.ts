/**
 * Ten limbs of 26 and 25 bits in turn as signed integers of 32 bits, the lanes of a limb side by side: 8 bytes a limb.
 * Limb i is worth 2^ceil(25.5 i). Carried limbs are at most half of what the limb holds, and a little.
 */
import { clearWords } from './words.ts';

const LIMBS = 10;
const SIZE: usize = 80;

export function add(d: usize, a: usize, b: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let i: usize = 0; i < SIZE; i += 16)
      v128.store(d + i, i32x4.add(v128.load(a + i), v128.load(b + i)));
    return;
  }
  for (let i: usize = 0; i < SIZE; i += 4) store<i32>(d + i, load<i32>(a + i) + load<i32>(b + i));
}

export function subtract(d: usize, a: usize, b: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let i: usize = 0; i < SIZE; i += 16)
      v128.store(d + i, i32x4.sub(v128.load(a + i), v128.load(b + i)));
    return;
  }
  for (let i: usize = 0; i < SIZE; i += 4) store<i32>(d + i, load<i32>(a + i) - load<i32>(b + i));
}

/** Negates lane 0 if `lane0` is 1, and lane 1 if `lane1` is: -x is x with its bits turned over, plus 1. */
export function negateLanes(d: usize, lane0: i32, lane1: i32): void {
  if (ASC_FEATURE_SIMD) {
    const masks = i64x2.splat(<u64>(<u32>-lane0) | ((<u64>(<u32>-lane1)) << 32));
    for (let i: usize = 0; i < SIZE; i += 16)
      v128.store(d + i, i32x4.sub(v128.xor(v128.load(d + i), masks), masks));
    return;
  }
  for (let i: usize = 0; i < SIZE; i += 8) {
    store<i32>(d + i, lane0 ? -load<i32>(d + i) : load<i32>(d + i));
    store<i32>(d + i, lane1 ? -load<i32>(d + i, 4) : load<i32>(d + i, 4), 4);
  }
}

/** Both lanes by the schoolbook, without SIMD. */
export function multiply(d: usize, a: usize, b: usize): void {
  multiplyLane(d, a, b);
  multiplyLane(d + 4, a + 4, b + 4);
}

const COLUMNS: usize = memory.data(80, 16);

/**
 * Column k has the products with i + j = k, and 19 times those with i + j = k + 10, since 2^255 is 19 modulo p. Where
 * i and j are both odd the product counts twice: their two ceilings rounded up by a half each.
 *
 * Factors of three carried elements have limbs below 3 * 2^25.01; a column is below 10 * 38 * (3 * 2^25.01)^2 < 2^62.
 */
function multiplyLane(d: usize, a: usize, b: usize): void {
  for (let k = 0; k < LIMBS; k++) {
    let column: i64 = 0;
    for (let i = 0; i < LIMBS; i++) {
      const j = i <= k ? k - i : k - i + LIMBS;
      const factor: i64 = (i & j & 1 ? 2 : 1) * (i <= k ? 1 : 19);
      column += factor * <i64>limb(a, i) * <i64>limb(b, j);
    }
    store<i64>(COLUMNS + ((<usize>k) << 3), column);
  }
  carryColumns();
  for (let i: usize = 0; i < SIZE; i += 8) store<i32>(d + i, <i32>load<i64>(COLUMNS + i));
}

/**
 * Each limb of each lane keeps the rest next to zero and gives the carry to its upper neighbour.
 *
 * With SIMD all limbs do so at once: a vector holds an even limb, of 26 bits, and the odd one above it, of 25, two lanes
 * each. Limbs below 2^30 in absolute value keep at most half of what they hold, and get a carry of at most 2^5, limb 0
 * 19 times as much: far within the 2^16 that carried limbs may have past their half.
 */
export function carry(d: usize, a: usize): void {
  if (ASC_FEATURE_SIMD) {
    const v0 = v128.load(a);
    const v1 = v128.load(a, 16);
    const v2 = v128.load(a, 32);
    const v3 = v128.load(a, 48);
    const v4 = v128.load(a, 64);
    const c0 = carriesOf(v0);
    const c1 = carriesOf(v1);
    const c2 = carriesOf(v2);
    const c3 = carriesOf(v3);
    const c4 = carriesOf(v4);
    // 2^255 is 19 modulo p: 16 + 2 + 1.
    const c5 = i32x4.add(c4, i32x4.add(i32x4.shl(c4, 1), i32x4.shl(c4, 4)));
    v128.store(d, withCarries(v0, c0, c5));
    v128.store(d, withCarries(v1, c1, c0), 16);
    v128.store(d, withCarries(v2, c2, c1), 32);
    v128.store(d, withCarries(v3, c3, c2), 48);
    v128.store(d, withCarries(v4, c4, c3), 64);
    return;
  }
  for (let lane: usize = 0; lane < 8; lane += 4) {
    for (let i: usize = 0; i < SIZE; i += 8) store<i64>(COLUMNS + i, <i64>load<i32>(a + lane + i));
    carryColumns();
    for (let i: usize = 0; i < SIZE; i += 8) store<i32>(d + lane + i, <i32>load<i64>(COLUMNS + i));
  }
}

/** What an even and an odd limb give to their upper neighbours, rounded to the nearest. */
// @ts-expect-error: decorator
function carriesOf(v: v128): v128 {
  const rounded = i32x4.add(v, i32x4(1 << 25, 1 << 25, 1 << 24, 1 << 24));
  return i32x4.shuffle(i32x4.shr_s(rounded, 26), i32x4.shr_s(rounded, 25), 0, 1, 6, 7);
}

/** An even and an odd limb without what they gave, and with what the ones below them gave. */
// @ts-expect-error: decorator
function withCarries(v: v128, given: v128, givenBelow: v128): v128 {
  const taken = i32x4.shuffle(i32x4.shl(given, 26), i32x4.shl(given, 25), 0, 1, 6, 7);
  return i32x4.add(i32x4.sub(v, taken), i32x4.shuffle(givenBelow, given, 2, 3, 4, 5));
}

/** Round once, from limb 9 to limb 0 with 19, and once more from there. */
function carryColumns(): void {
  for (let i = 0; i <= LIMBS; i++) {
    const k = i % LIMBS;
    const width: i64 = 26 - (k & 1);
    const from = COLUMNS + ((<usize>k) << 3);
    const to = COLUMNS + ((<usize>((k + 1) % LIMBS)) << 3);
    const moved = (load<i64>(from) + ((<i64>1) << (width - 1))) >> width;
    store<i64>(from, load<i64>(from) - (moved << width));
    store<i64>(to, load<i64>(to) + (k === LIMBS - 1 ? 19 * moved : moved));
  }
}

function limb(a: usize, i: i32): i32 {
  return load<i32>(a + ((<usize>i) << 3));
}

export function swapLanes(d: usize, a: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let i: usize = 0; i < SIZE; i += 16) {
      const v = v128.load(a + i);
      v128.store(d + i, i32x4.shuffle(v, v, 1, 0, 3, 2));
    }
    return;
  }
  for (let i: usize = 0; i < SIZE; i += 8) store<u64>(d + i, rotr(load<u64>(a + i), 32));
}

export function lowLanes(d: usize, a: usize, b: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let i: usize = 0; i < SIZE; i += 16)
      v128.store(d + i, i32x4.shuffle(v128.load(a + i), v128.load(b + i), 0, 4, 2, 6));
    return;
  }
  for (let i: usize = 0; i < SIZE; i += 8) storeLanes(d + i, load<i32>(a + i), load<i32>(b + i));
}

export function highLanes(d: usize, a: usize, b: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let i: usize = 0; i < SIZE; i += 16)
      v128.store(d + i, i32x4.shuffle(v128.load(a + i), v128.load(b + i), 1, 5, 3, 7));
    return;
  }
  for (let i: usize = 0; i < SIZE; i += 8) storeLanes(d + i, load<i32>(a + i, 4), load<i32>(b + i, 4));
}

export function packLane(d: usize, a: usize): void {
  for (let i: usize = 0; i < 10; i++) store<i32>(d + 4 * i, load<i32>(a + 8 * i));
}

export function unpackLanes(d: usize, x: usize, y: usize): void {
  if (ASC_FEATURE_SIMD) {
    // Two limbs at a time: pieces that are read as they were stored need not wait for each other.
    for (let i: usize = 0; i < SIZE; i += 16) {
      const limbs = i32x4.shuffle(v128.load64_zero(x + (i >> 1)), v128.load64_zero(y + (i >> 1)), 0, 4, 1, 5);
      v128.store(d + i, limbs);
    }
    return;
  }
  for (let i: usize = 0; i < 10; i++) storeLanes(d + 8 * i, load<i32>(x + 4 * i), load<i32>(y + 4 * i));
}

function storeLanes(d: usize, lane0: i32, lane1: i32): void {
  store<i32>(d, lane0);
  store<i32>(d, lane1, 4);
}

/** Cuts 255 bits into limbs of no sign, then carries, so that the limbs lie next to zero. */
export function laneFromBytes(d: usize, bytes: usize): void {
  for (let i = 0; i < LIMBS; i++) {
    const bit = placeOf(i);
    const byte = min<usize>(bit >> 3, 24);
    const mask: u64 = (1 << (26 - (i & 1))) - 1;
    store<i64>(COLUMNS + ((<usize>i) << 3), (load<u64>(bytes + byte) >> (bit - 8 * byte)) & mask);
  }
  carryColumns();
  for (let i: usize = 0; i < SIZE; i += 8) store<i32>(d + i, <i32>load<i64>(COLUMNS + i));
}

/**
 * Limbs below 3 * 2^25.01 in absolute value, so the number is below 2^257. q = floor(number / p) is found by carrying
 * number + 19 (number / 2^255) once through all limbs, as in ref10; the number minus q p, which is
 * number + 19 q - 2^255 q, then has limbs of no sign.
 */
export function laneToBytes(bytes: usize, a: usize): void {
  let q: i64 = (19 * <i64>limb(a, 9) + (1 << 24)) >> 25;
  for (let i = 0; i < LIMBS; i++) q = (<i64>limb(a, i) + q) >> (26 - (i & 1));
  clearWords(bytes, 32);
  let moved: i64 = 19 * q;
  for (let i = 0; i < LIMBS; i++) {
    const width: i64 = 26 - (i & 1);
    const value = <i64>limb(a, i) + moved;
    moved = value >> width;
    putBits(bytes, placeOf(i), value & (((<i64>1) << width) - 1));
  }
}

/** Limbs start at bits 0, 26, 51, 77, …: 25.5 i, rounded up. */
function placeOf(i: i32): usize {
  return <usize>(51 * i + 1) >> 1;
}

function putBits(bytes: usize, bit: usize, value: u64): void {
  const byte = min<usize>(bit >> 3, 24);
  store<u64>(bytes + byte, load<u64>(bytes + byte) | (value << (bit - 8 * byte)));
}
