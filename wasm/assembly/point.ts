/**
 * Points of edwards25519 in extended coordinates: x = X/Z, y = Y/Z, x y = T/Z (RFC 8032, section 5.1.4; Hisil, Wong,
 * Carter, Dawson 2008). The formulas are complete: they hold for all points, and Z is never 0.
 *
 * Two forms use the two lanes of an element:
 *
 * - a **pair** is two points side by side, X, Y, Z, T each with a lane for either: 320 bytes;
 * - a **folded** point is one point in both lanes, [X|Y] and [Z|T]: 160 bytes. It is added in its **cached** form,
 *   [Y - X|Y + X] and [2 Z|2 d T].
 *
 * The build with fused multiply-adds has generated forms of the operations on folded points and table entries, which
 * stay in registers; the ones here are the same step by step.
 */
import * as fma from '../build/field-fma.ts';
import {
  add,
  carry,
  copy,
  D,
  ELEMENT,
  HALF,
  highLanes,
  lowLanes,
  multiply,
  negateLanes,
  ONE,
  square,
  subtract,
  swapLanes,
  unpackLanes,
  ZERO,
} from './field.ts';

export const PAIR: usize = 4 * ELEMENT;
export const FOLDED: usize = 2 * ELEMENT;
export const Y: usize = ELEMENT;
export const Z: usize = 2 * ELEMENT;
export const T: usize = 3 * ELEMENT;
/** [Z|T] of a folded point. */
export const ZT: usize = ELEMENT;

/** A table entry is a point with Z = 1: (y + x)/2, (y - x)/2, d x y, 40 bytes each. */
export const ENTRY: usize = 128;
export const ENTRY_DIFFERENCE: usize = 40;
export const ENTRY_PRODUCT: usize = 80;

const A: usize = memory.data(80, 16);
const B: usize = memory.data(80, 16);
const C: usize = memory.data(80, 16);
const E: usize = memory.data(80, 16);
const F: usize = memory.data(80, 16);
const G: usize = memory.data(80, 16);
const H: usize = memory.data(80, 16);
const S: usize = memory.data(80, 16);
/** [2|2 d] */
const TWO_TWO_D: usize = memory.data(80, 16);

export function preparePoints(): void {
  lowLanes(A, ONE, D);
  add(B, A, A);
  carry(TWO_TWO_D, B);
}

/** Begins a pair that `addEntries` adds to: with 0 and 0, the point (0, 1). Until `closePair` it is nothing else's. */
export function openPair(p: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) {
    fma.open(p);
    return;
  }
  copy(p, ZERO);
  copy(p + Y, ONE);
  copy(p + Z, ONE);
  copy(p + T, ZERO);
}

/** Makes it a pair as others are. */
export function closePair(p: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) fma.close(p);
}

/** Adds a table entry, or its negative, to each point of an open pair. */
export function addEntries(p: usize, e0: usize, negative0: i32, e1: usize, negative1: i32): void {
  if (ASC_FEATURE_RELAXED_SIMD) {
    fma.addEntries(p, e0, negative0, e1, negative1);
    return;
  }
  // Half of the digits are negative, and no processor can tell which: no branches.
  const plus0 = ENTRY_DIFFERENCE * <usize>negative0;
  const plus1 = ENTRY_DIFFERENCE * <usize>negative1;
  unpackLanes(S, e0 + (ENTRY_DIFFERENCE - plus0), e1 + (ENTRY_DIFFERENCE - plus1));
  subtract(A, p + Y, p);
  multiply(A, A, S);
  unpackLanes(S, e0 + plus0, e1 + plus1);
  add(B, p + Y, p);
  multiply(B, B, S);
  unpackLanes(S, e0 + ENTRY_PRODUCT, e1 + ENTRY_PRODUCT);
  negateLanes(S, negative0, negative1);
  multiply(C, p + T, S);
  subtract(E, B, A);
  subtract(F, p + Z, C);
  add(G, p + Z, C);
  add(H, B, A);
  multiply(p, E, F);
  multiply(p + Y, G, H);
  multiply(p + Z, F, G);
  multiply(p + T, E, H);
}

/** [a0|a1] and [b0|b1] to [a0|b1]. */
function takeSecondLane(d: usize, a: usize, b: usize): void {
  swapLanes(G, b);
  lowLanes(d, a, G);
}

/** The cached form of a pair, for `addCachedPair`: (Y + X)/2, (Y - X)/2, Z, d T. */
export function cachePair(c: usize, p: usize): void {
  add(S, p + Y, p);
  multiply(c, S, HALF);
  subtract(S, p + Y, p);
  multiply(c + Y, S, HALF);
  copy(c + Z, p + Z);
  multiply(c + T, p + T, D);
}

/** r = p + c for each point of a pair; r and p may be the same. */
export function addCachedPair(r: usize, p: usize, c: usize): void {
  subtract(S, p + Y, p);
  multiply(A, S, c + Y);
  add(S, p + Y, p);
  multiply(B, S, c);
  multiply(C, p + T, c + T);
  multiply(G, p + Z, c + Z);
  subtract(E, B, A);
  add(H, B, A);
  subtract(F, G, C);
  add(G, G, C);
  carry(F, F);
  carry(H, H);
  multiply(r, E, F);
  multiply(r + Y, G, H);
  multiply(r + Z, G, F);
  multiply(r + T, E, H);
}

/** Folds the first point of a pair, or the second. */
export function fold(d: usize, p: usize, second: bool): void {
  if (second) {
    highLanes(d, p, p + Y);
    highLanes(d + ZT, p + Z, p + T);
    return;
  }
  lowLanes(d, p, p + Y);
  lowLanes(d + ZT, p + Z, p + T);
}

/** The cached form of a folded point. */
export function cacheFolded(c: usize, p: usize): void {
  swapLanes(S, p);
  subtract(A, S, p);
  add(B, S, p);
  lowLanes(S, A, B);
  carry(c, S);
  multiply(c + ZT, p + ZT, TWO_TWO_D);
}

/** p = 2^n p for a folded point, n at least 1. */
export function doubleFolded(p: usize, n: i32): void {
  if (ASC_FEATURE_RELAXED_SIMD) {
    fma.doubleFolded(p, n);
    return;
  }
  for (; n > 0; n--) {
    swapLanes(S, p);
    add(S, S, p);
    lowLanes(A, p + ZT, S);
    carry(A, A);
    square(A, A); // [Z^2|(X + Y)^2]
    square(B, p); // [X^2|Y^2]
    swapLanes(C, B);
    add(H, B, C);
    subtract(G, C, B); // Y^2 - X^2
    // F and H are those of the paper negated, and so are X, Y, Z and T, which is the same point.
    add(F, A, A);
    subtract(F, F, G); // 2 Z^2 - G
    swapLanes(E, A);
    subtract(E, E, H); // (X + Y)^2 - X^2 - Y^2
    multiplyFolded(p);
  }
}

/** r = p + c, or p - c, for a folded point and a cached one; r and p may be the same. */
export function addFolded(r: usize, p: usize, c: usize, negative: bool): void {
  if (ASC_FEATURE_RELAXED_SIMD) {
    fma.addFolded(r, p, c, <i32>negative);
    return;
  }
  copy(A, c);
  copy(B, c + ZT);
  if (negative) {
    swapLanes(A, c);
    subtract(S, ZERO, B);
    takeSecondLane(B, B, S);
  }
  swapLanes(S, p);
  subtract(E, S, p);
  add(F, S, p);
  lowLanes(S, E, F);
  multiply(A, S, A); // [A|B]
  multiply(B, p + ZT, B); // [D|C]
  swapLanes(C, A);
  subtract(E, C, A);
  add(H, C, A);
  swapLanes(C, B);
  subtract(F, B, C);
  add(G, B, C);
  multiplyFolded(r);
}

/** X = E F, Y = G H, Z = F G, T = E H of the first lanes. */
function multiplyFolded(r: usize): void {
  lowLanes(A, E, G);
  carry(A, A);
  lowLanes(B, F, H);
  carry(B, B);
  lowLanes(C, B, A);
  highLanes(S, A, B);
  multiply(r, A, B);
  multiply(r + ZT, C, S);
}
