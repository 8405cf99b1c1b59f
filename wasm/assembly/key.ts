import {
  add,
  carry,
  copy,
  D,
  ELEMENT,
  fromBytes,
  HALF,
  invert,
  isNegative,
  isZero,
  LANE,
  laneToBytes,
  lowLanes,
  multiply,
  ONE,
  packLane,
  square,
  squareRoot,
  subtract,
  swapLanes,
  ZERO,
} from './field.ts';
import {
  addCachedPair,
  cachePair,
  doubleFolded,
  ENTRY,
  ENTRY_DIFFERENCE,
  ENTRY_PRODUCT,
  PAIR,
  T,
  Y,
  Z,
  ZT,
} from './point.ts';
import { copyWords } from './words.ts';

/** The base point: y = 4/5, x even (RFC 8032, section 5.1). */
const BASE_POINT: usize = memory.data<u64>(
  [0x6666666666666658, 0x6666666666666666, 0x6666666666666666, 0x6666666666666666],
  16,
);

const AFFINE_X: usize = memory.data(80, 16);
const AFFINE_Y: usize = memory.data(80, 16);
const U: usize = memory.data(80, 16);
const V: usize = memory.data(80, 16);
const BYTES: usize = memory.data(32, 16);
const POINT: usize = memory.data(320, 16);
const STEP: usize = memory.data(320, 16);
/** The base point: x and y, each in both lanes. */
export const BASE: usize = memory.data(160, 16);
const FOUR_D: usize = memory.data(80, 16);

/** Digits of a scalar are `width` bits wide; a table has a row for each of the `digits`. */
export let width: i32 = 0;
export let digits: i32 = 0;

/** Entries of a row: 0 to 2^(width - 1) times the row's point. */
function entries(): usize {
  return ((<usize>1) << (width - 1)) + 1;
}

export function rowBytes(): usize {
  return entries() * ENTRY;
}

export function tableBytes(): usize {
  return <usize>digits * rowBytes();
}

/** Memory that a table takes while it is made: the multiples of one row and the products of their Z. */
export function workBytes(): usize {
  return entries() * (PAIR + ELEMENT);
}

export function setWidth(bits: i32): void {
  width = bits;
  digits = (254 + bits - 1) / bits;
}

/** Takes the base point apart. */
export function prepareKeys(): void {
  add(FOUR_D, D, D);
  carry(FOUR_D, FOUR_D);
  add(FOUR_D, FOUR_D, FOUR_D);
  carry(FOUR_D, FOUR_D);
  decompress(BASE_POINT);
  copy(BASE, AFFINE_X);
  copy(BASE + ELEMENT, AFFINE_Y);
}

/**
 * The point of a public key, folded and negated, at d.
 *
 * @returns false unless the 32 bytes are the canonical encoding of a point whose order is not small: RFC 8032, section
 *   5.1.3, and [8]A is not 0.
 */
export function readNegatedKey(d: usize, bytes: usize): bool {
  if (!decompress(bytes)) return false;
  subtract(AFFINE_X, ZERO, AFFINE_X);
  carry(AFFINE_X, AFFINE_X);
  lowLanes(d, AFFINE_X, AFFINE_Y);
  multiply(V, AFFINE_X, AFFINE_Y);
  lowLanes(d + ZT, ONE, V);
  copyWords(POINT, d, 2 * ELEMENT);
  doubleFolded(POINT, 3);
  return !isZero(POINT);
}

/**
 * Decodes a point (RFC 8032, section 5.1.3) into both lanes of AFFINE_X and AFFINE_Y. Refuses y >= p, y that no point
 * has, and a sign for x = 0.
 */
function decompress(bytes: usize): bool {
  const sign = load<u8>(bytes, 31) >> 7;
  fromBytes(AFFINE_Y, bytes);
  laneToBytes(BYTES, AFFINE_Y);
  store<u8>(BYTES, load<u8>(BYTES, 31) | (sign << 7), 31);
  if (!equal32(BYTES, bytes)) return false;
  // x^2 = (y^2 - 1) / (d y^2 + 1)
  square(U, AFFINE_Y);
  multiply(V, D, U);
  subtract(U, U, ONE);
  carry(U, U);
  add(V, V, ONE);
  carry(V, V);
  if (!squareRoot(AFFINE_X, U, V)) return false;
  if (isZero(AFFINE_X)) return sign === 0;
  if (isNegative(AFFINE_X) !== (sign !== 0)) subtract(AFFINE_X, ZERO, AFFINE_X);
  carry(AFFINE_X, AFFINE_X);
  return true;
}

/**
 * Makes two tables at once, a lane for each: of the base point, and of the folded point at `key`. Row i holds
 * [0], [1], …, [2^(width-1)] times [2^(width i)] of the point, so that a scalar's digits pick entries to be added and
 * nothing is ever doubled.
 */
export function makeTables(baseTable: usize, keyTable: usize, key: usize, work: usize): void {
  const count = entries() - 1;
  const prefixes = work + (count + 1) * PAIR;
  copy(U, key);
  lowLanes(POINT, BASE, U);
  swapLanes(U, key);
  lowLanes(POINT + Y, BASE + ELEMENT, U);
  copy(POINT + Z, ONE);
  multiply(POINT + T, POINT, POINT + Y);
  for (let i: usize = 0; i < <usize>digits; i++) {
    cachePair(STEP, POINT);
    copyWords(work + PAIR, POINT, PAIR);
    for (let j: usize = 2; j <= count; j++) addCachedPair(work + j * PAIR, work + (j - 1) * PAIR, STEP);
    writeRow(baseTable + i * rowBytes(), keyTable + i * rowBytes(), work, prefixes);
    // Twice the last multiple is the next row's point.
    copyWords(POINT, work + count * PAIR, PAIR);
    cachePair(STEP, POINT);
    addCachedPair(POINT, POINT, STEP);
  }
}

const INVERSE: usize = memory.data(80, 16);
const ONE_OVER_2Z: usize = memory.data(80, 16);
const HALF_X: usize = memory.data(80, 16);
const HALF_Y: usize = memory.data(80, 16);
const OUT: usize = memory.data(80, 16);

/** Writes the multiples 1 … count at `work` as entries; all Z of both lanes share one inversion (Montgomery's trick). */
function writeRow(baseRow: usize, keyRow: usize, work: usize, prefixes: usize): void {
  const count = entries() - 1;
  copy(prefixes + ELEMENT, work + PAIR + Z);
  for (let j: usize = 2; j <= count; j++) {
    multiply(prefixes + j * ELEMENT, prefixes + (j - 1) * ELEMENT, work + j * PAIR + Z);
  }
  // 1 / (2 z0) = z1 / (2 z0 z1), and the other way round.
  swapLanes(U, prefixes + count * ELEMENT);
  multiply(V, U, prefixes + count * ELEMENT);
  invert(INVERSE, V);
  multiply(INVERSE, INVERSE, U);
  multiply(INVERSE, INVERSE, HALF);
  for (let j = count; j >= 1; j--) {
    const point = work + j * PAIR;
    copy(ONE_OVER_2Z, INVERSE);
    if (j > 1) {
      multiply(ONE_OVER_2Z, INVERSE, prefixes + (j - 1) * ELEMENT);
      multiply(INVERSE, INVERSE, point + Z);
    }
    multiply(HALF_X, point, ONE_OVER_2Z);
    multiply(HALF_Y, point + Y, ONE_OVER_2Z);
    add(OUT, HALF_Y, HALF_X);
    carry(OUT, OUT);
    putLanes(baseRow, keyRow, j * ENTRY);
    subtract(OUT, HALF_Y, HALF_X);
    carry(OUT, OUT);
    putLanes(baseRow, keyRow, j * ENTRY + ENTRY_DIFFERENCE);
    multiply(OUT, HALF_X, HALF_Y);
    multiply(OUT, OUT, FOUR_D);
    putLanes(baseRow, keyRow, j * ENTRY + ENTRY_PRODUCT);
  }
  copy(OUT, HALF);
  putLanes(baseRow, keyRow, 0);
  putLanes(baseRow, keyRow, ENTRY_DIFFERENCE);
  copy(OUT, ZERO);
  putLanes(baseRow, keyRow, ENTRY_PRODUCT);
}

function putLanes(baseRow: usize, keyRow: usize, offset: usize): void {
  packLane(baseRow + offset, OUT);
  packLane(keyRow + offset, OUT + LANE);
}

export function equal32(a: usize, b: usize): bool {
  const low = (load<u64>(a) ^ load<u64>(b)) | (load<u64>(a, 8) ^ load<u64>(b, 8));
  const high = (load<u64>(a, 16) ^ load<u64>(b, 16)) | (load<u64>(a, 24) ^ load<u64>(b, 24));
  return (low | high) === 0;
}
