/**
 * Arithmetic modulo p = 2^255 - 19, always on two elements side by side, the lanes of a SIMD vector. An element pair
 * takes 80 bytes at a pointer; its limbs are the business of the layer that the build has:
 *
 * - fused multiply-add on doubles, five limbs (build with relaxed SIMD),
 * - integers of 32 bits, ten limbs (build with plain SIMD),
 * - the same ten limbs one by one (build without SIMD: slow, plain, what tests compare the others with).
 *
 * `carry`, `multiply` and `square` give carried elements. `add` and `subtract` do not carry: what they give may be the
 * first factor of `multiply`, be carried, or be written as bytes; a second factor and what is squared must be carried.
 */
import * as fma from '../build/field-fma.ts';
import * as simd from '../build/multiply-simd.ts';
import { invertBytes } from './inverse.ts';
import * as five from './limbs-five.ts';
import * as ten from './limbs-ten.ts';
import { copyWords } from './words.ts';

export const ELEMENT: usize = 80;
/** Distance of the lanes of one limb. */
export const LANE: usize = ASC_FEATURE_RELAXED_SIMD ? 8 : 4;

export const ZERO: usize = memory.data(80, 16);
export const ONE: usize = memory.data(80, 16);
export const HALF: usize = memory.data(80, 16);
export const D: usize = memory.data(80, 16);
const SQRT_MINUS_ONE: usize = memory.data(80, 16);

const BYTES: usize = memory.data(32, 16);
const SMALL: usize = memory.data<u64>([1, 0, 0, 0], 16);
/** (p + 1) / 2 */
const HALF_BYTES: usize = memory.data<u64>(
  [0xfffffffffffffff7, 0xffffffffffffffff, 0xffffffffffffffff, 0x3fffffffffffffff],
  16,
);
/** d = -121665 / 121666 (RFC 8032, section 5.1) */
const D_BYTES: usize = memory.data<u64>(
  [0x75eb4dca135978a3, 0x00700a4d4141d8ab, 0x8cc740797779e898, 0x52036cee2b6ffe73],
  16,
);
/** 2^((p - 1) / 4) */
const SQRT_MINUS_ONE_BYTES: usize = memory.data<u64>(
  [0xc4ee1b274a0ea0b0, 0x2f431806ad2fe478, 0x2b4d00993dfbd7a7, 0x2b8324804fc1df0b],
  16,
);

/** Makes the constants. */
export function prepareField(): void {
  fromBytes(ONE, SMALL);
  fromBytes(HALF, HALF_BYTES);
  fromBytes(D, D_BYTES);
  fromBytes(SQRT_MINUS_ONE, SQRT_MINUS_ONE_BYTES);
}

export function multiply(d: usize, a: usize, b: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) fma.multiply(d, a, b);
  else if (ASC_FEATURE_SIMD) simd.multiply(d, a, b);
  else ten.multiply(d, a, b);
}

export function square(d: usize, a: usize): void {
  squareTimes(d, a, 1);
}

/** d = a^(2^n), n at least 1. */
export function squareTimes(d: usize, a: usize, n: i32): void {
  if (ASC_FEATURE_RELAXED_SIMD) {
    fma.squareTimes(d, a, n);
    return;
  }
  for (; n > 0; n--) {
    squareOnce(d, a);
    a = d;
  }
}

function squareOnce(d: usize, a: usize): void {
  if (ASC_FEATURE_SIMD) simd.square(d, a);
  else ten.multiply(d, a, a);
}

export function add(d: usize, a: usize, b: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) fma.add(d, a, b);
  else ten.add(d, a, b);
}

export function subtract(d: usize, a: usize, b: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) fma.subtract(d, a, b);
  else ten.subtract(d, a, b);
}

export function carry(d: usize, a: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) fma.carry(d, a);
  else ten.carry(d, a);
}

export function copy(d: usize, a: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let i: usize = 0; i < ELEMENT; i += 16) v128.store(d + i, v128.load(a + i));
    return;
  }
  copyWords(d, a, ELEMENT);
}

/** Negates lane 0 if `lane0` is 1, and lane 1 if `lane1` is, in place. Not for five limbs, where signs are bits. */
export function negateLanes(d: usize, lane0: i32, lane1: i32): void {
  ten.negateLanes(d, lane0, lane1);
}

/** [a0|a1] to [a1|a0]. */
export function swapLanes(d: usize, a: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) five.swapLanes(d, a);
  else ten.swapLanes(d, a);
}

/** [a0|a1] and [b0|b1] to [a0|b0]. */
export function lowLanes(d: usize, a: usize, b: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) five.lowLanes(d, a, b);
  else ten.lowLanes(d, a, b);
}

/** [a0|a1] and [b0|b1] to [a1|b1]. */
export function highLanes(d: usize, a: usize, b: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) five.highLanes(d, a, b);
  else ten.highLanes(d, a, b);
}

/** Both lanes from 32 little-endian bytes, whose highest bit is ignored. The number need not be below p. */
export function fromBytes(d: usize, bytes: usize): void {
  laneFromBytes(d, bytes);
  laneFromBytes(d + LANE, bytes);
}

/** One lane, at d or d + LANE. */
export function laneFromBytes(d: usize, bytes: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) five.laneFromBytes(d, bytes);
  else ten.laneFromBytes(d, bytes);
}

/** The lane at a or a + LANE as 32 little-endian bytes, below p. Takes sums of up to three carried elements. */
export function laneToBytes(bytes: usize, a: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) five.laneToBytes(bytes, a);
  else ten.laneToBytes(bytes, a);
}

/** The lane at a or a + LANE without its neighbour: 40 bytes. */
export function packLane(d: usize, a: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) five.packLane(d, a);
  else ten.packLane(d, a);
}

/** [x|y] of two packed lanes. */
export function unpackLanes(d: usize, x: usize, y: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) five.unpackLanes(d, x, y);
  else ten.unpackLanes(d, x, y);
}

export function isZero(a: usize): bool {
  laneToBytes(BYTES, a);
  return (load<u64>(BYTES) | load<u64>(BYTES, 8) | load<u64>(BYTES, 16) | load<u64>(BYTES, 24)) === 0;
}

/** The sign of RFC 8032, section 5.1.2: the lowest bit of the number below p. */
export function isNegative(a: usize): bool {
  laneToBytes(BYTES, a);
  return (load<u8>(BYTES) & 1) !== 0;
}

/** Both lanes become 1/a of lane 0; 0 of 0. */
export function invert(d: usize, a: usize): void {
  laneToBytes(BYTES, a);
  invertBytes(BYTES, BYTES);
  fromBytes(d, BYTES);
}

const V3: usize = memory.data(80, 16);
const CHECK: usize = memory.data(80, 16);
const OFF: usize = memory.data(80, 16);

/**
 * x with v x^2 = u, as in RFC 8032, section 5.1.3, for the element in lane 0; both lanes must be alike. u and v are
 * carried, and v is not 0.
 *
 * @returns false when u / v is no square.
 */
export function squareRoot(x: usize, u: usize, v: usize): bool {
  // x = u v^3 (u v^7)^((p-5)/8)
  square(V3, v);
  multiply(V3, V3, v);
  square(x, V3);
  multiply(x, x, v);
  multiply(x, x, u);
  power(x, x);
  multiply(x, x, V3);
  multiply(x, x, u);
  square(CHECK, x);
  multiply(CHECK, CHECK, v);
  subtract(OFF, CHECK, u);
  if (isZero(OFF)) return true;
  add(OFF, CHECK, u);
  if (!isZero(OFF)) return false;
  multiply(x, x, SQRT_MINUS_ONE);
  return true;
}

const P0: usize = memory.data(80, 16);
const P1: usize = memory.data(80, 16);
const P2: usize = memory.data(80, 16);

/** d = a^((p-5)/8) = a^(2^252 - 3): exponents of n ones, doubled in length. */
function power(d: usize, a: usize): void {
  square(P0, a);
  squareTimes(P1, P0, 2);
  multiply(P1, a, P1); // 9
  multiply(P0, P0, P1); // 11
  square(P0, P0);
  multiply(P0, P1, P0); // 2^5 - 1
  squareTimes(P1, P0, 5);
  multiply(P0, P1, P0); // 2^10 - 1
  squareTimes(P1, P0, 10);
  multiply(P1, P1, P0); // 2^20 - 1
  squareTimes(P2, P1, 20);
  multiply(P1, P2, P1); // 2^40 - 1
  squareTimes(P1, P1, 10);
  multiply(P0, P1, P0); // 2^50 - 1
  squareTimes(P1, P0, 50);
  multiply(P1, P1, P0); // 2^100 - 1
  squareTimes(P2, P1, 100);
  multiply(P1, P2, P1); // 2^200 - 1
  squareTimes(P1, P1, 50);
  multiply(P0, P1, P0); // 2^250 - 1
  squareTimes(P0, P0, 2);
  multiply(d, P0, a); // 2^252 - 3
}
