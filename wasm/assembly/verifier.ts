/**
 * Ed25519 verification (RFC 8032, section 5.1.7): what JavaScript calls. Cofactorless, as OpenSSL and browsers verify:
 * R must be the bytes of [S]B - [k]A. Nothing here is secret, so time and memory may depend on everything.
 *
 * A caller writes inputs to the addresses below, calls `add…` for each signature of a list, then `settle` once, and
 * reads a byte for each. Nothing else is kept from call to call but tables of keys.
 */
import { reduce } from '../build/reduce.ts';
import {
  copy,
  ELEMENT,
  invert,
  isNegative,
  LANE,
  laneToBytes,
  lowLanes,
  multiply,
  ONE,
  prepareField,
  ZERO,
} from './field.ts';
import {
  BASE,
  digits,
  equal32,
  makeTables,
  prepareKeys,
  readNegatedKey,
  rowBytes,
  setWidth,
  tableBytes,
  width,
  workBytes,
} from './key.ts';
import {
  addEntries,
  addFolded,
  cacheFolded,
  closePair,
  doubleFolded,
  ENTRY,
  FOLDED,
  fold,
  openPair,
  preparePoints,
  ZT,
} from './point.ts';
import { isCanonical, SPARSE_DIGITS, writeDigits, writeSparseDigits } from './scalar.ts';
import { hash, PADDING_BYTES } from './sha512.ts';
import { copyWords } from './words.ts';

/** Longest message, in bytes. */
export const MAX_MESSAGE: i32 = 131072;
/** Most signatures of one list. */
export const MAX_LIST: i32 = 64;

/** Where a caller writes the public key, 32 bytes, and the signature, 64 bytes: R and S. */
export const KEY: usize = memory.data(32, 16);
export const SIGNATURE: usize = memory.data(64, 16);
/** Where a caller reads a byte for each signature of a list: 1 if it is good. */
export const RESULTS: usize = memory.data(64, 16);
/** Where a caller writes the message. R and A are put before it, the padding of SHA-512 behind it. */
export let message: usize = 0;

const DIGEST: usize = memory.data(64, 16);
const K: usize = memory.data(32, 16);
const DIGITS_S: usize = memory.data(128, 16);
const DIGITS_K: usize = memory.data(128, 16);
const POINTS: usize = memory.data(320, 16);
const SUM: usize = memory.data(160, 16);
const CACHED: usize = memory.data(160, 16);
const NEGATED_KEY: usize = memory.data(160, 16);

/** For each signature of a list: R, and [X|Y] and [Z|Z] of [S]B - [k]A; then the products of Z. */
const LIST_R: usize = memory.data(2048, 16);
const LIST_XY: usize = memory.data(5120, 16);
const LIST_Z: usize = memory.data(5120, 16);
const PREFIXES: usize = memory.data(5120, 16);

let work: usize = 0;
let tables: usize = 0;
let keys: i32 = 0;
/** A bit for each prepared key, and their bytes. */
let prepared: u32 = 0;
const PREPARED_KEYS: usize = memory.data(256, 16);
let hasBaseTable = false;

/**
 * Whether `f64x2.relaxed_madd` rounds once. Where it multiplies and adds in two roundings, (1 + e)(1 - e) - 1 with
 * e = 2^-30 is 0 in place of -e^2, and this build computes nonsense: the caller must take the one on plain SIMD.
 */
export function isFused(): bool {
  if (!ASC_FEATURE_RELAXED_SIMD) return false;
  const e = 1.0 / <f64>(1 << 30);
  const fused = f64x2.relaxed_madd(f64x2.splat(1.0 + e), f64x2.splat(1.0 - e), f64x2.splat(-1.0));
  return f64x2.extract_lane(fused, 0) !== 0 && f64x2.extract_lane(fused, 1) !== 0;
}

/**
 * Lays out the memory, once: tables for `keyCount` keys with digits of `bits`, 4 to 8. The memory grows here and never
 * again.
 */
export function initialize(bits: i32, keyCount: i32): bool {
  if (message !== 0 || bits < 4 || bits > 8 || keyCount < 1 || keyCount > 8) return false;
  setWidth(bits);
  keys = keyCount;
  message = ((__heap_base + 15) & ~15) + 64;
  work = message + MAX_MESSAGE + PADDING_BYTES;
  tables = work + workBytes();
  const end = tables + <usize>(keys + 1) * tableBytes();
  const pages = <i32>((end + 65535) >> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) return false;
  prepareField();
  preparePoints();
  prepareKeys();
  return true;
}

/**
 * Prepares the public key at KEY under a number from 0 on. Refuses small-order and non-canonical ones: false.
 */
export function prepare(key: i32): bool {
  if (<u32>key >= <u32>keys) return false;
  prepared &= ~(1 << key);
  if (!readNegatedKey(NEGATED_KEY, KEY)) return false;
  makeTables(tables, tableOf(key), NEGATED_KEY, work);
  copyWords(preparedKey(key), KEY, 32);
  prepared |= 1 << key;
  hasBaseTable = true;
  return true;
}

/** Adds the signature at SIGNATURE over `length` bytes at `message` to the list, under a prepared key. */
export function addPrepared(index: i32, key: i32, length: i32): void {
  const isPrepared = <u32>key < <u32>keys && (prepared & (1 << key)) !== 0;
  if (!begin(index, length, isPrepared ? preparedKey(key) : KEY) || !isPrepared) return;
  // R' = [S]B - [k]A: a row of each table for each pair of digits, B's in one lane and A's in the other.
  writeDigits(DIGITS_S, SIGNATURE + 32, width, digits);
  writeDigits(DIGITS_K, K, width, digits);
  addRows(tables, DIGITS_S, tableOf(key), DIGITS_K, 1);
  addHalves();
  finish(index);
}

/** 1, 3, 5, …, 15 times -A, cached. */
const ODD_MULTIPLES: usize = memory.data(1280, 16);
/** [S]B, cached. */
const BASE_PART: usize = memory.data(160, 16);
const SPARSE_DIGITS_K: usize = memory.data(256, 16);

/** The same under the key at KEY, which nobody has prepared. @returns false when the key is refused. */
export function addUnprepared(index: i32, length: i32): bool {
  const isCanonicalS = begin(index, length, KEY);
  if (!readNegatedKey(NEGATED_KEY, KEY)) return false;
  if (!isCanonicalS) return true;
  // Without a prepared key the place of the first one's table is free.
  if (!hasBaseTable) makeTables(tables, tableOf(0), BASE, work);
  hasBaseTable = true;
  // [S]B: two rows at a time, the even ones in one lane and the odd ones in the other.
  writeDigits(DIGITS_S, SIGNATURE + 32, width, digits);
  addRows(tables, DIGITS_S, tables + rowBytes(), DIGITS_S + 2, 2);
  if (digits & 1) {
    const last = <usize>digits - 1;
    const row = tables + last * rowBytes();
    const digit = <i32>load<i16>(DIGITS_S + (last << 1));
    addEntries(POINTS, entryOf(row, digit), digit >>> 31, entryOf(row, 0), 0);
  }
  addHalves();
  cacheFolded(BASE_PART, SUM);
  multiplyKey();
  addFolded(SUM, SUM, BASE_PART, false);
  finish(index);
  return true;
}

/** SUM = [k](-A): from the highest digit down, doubling from one that is not 0 to the next. */
function multiplyKey(): void {
  cacheFolded(ODD_MULTIPLES, NEGATED_KEY);
  copyWords(SUM, NEGATED_KEY, FOLDED);
  doubleFolded(SUM, 1);
  cacheFolded(CACHED, SUM);
  for (let i: usize = 1; i < 8; i++) {
    // 2 + 1, and then each time 2 more.
    addFolded(SUM, SUM, i === 1 ? ODD_MULTIPLES : CACHED, false);
    cacheFolded(ODD_MULTIPLES + i * FOLDED, SUM);
  }
  writeSparseDigits(SPARSE_DIGITS_K, K);
  lowLanes(SUM, ZERO, ONE);
  lowLanes(SUM + ZT, ONE, ZERO);
  let i = SPARSE_DIGITS - 1;
  while (i > 0 && load<i8>(SPARSE_DIGITS_K + <usize>i) === 0) i--;
  let doublings = 0;
  for (; i >= 0; i--) {
    doublings++;
    const digit = <i32>load<i8>(SPARSE_DIGITS_K + <usize>i);
    if (digit === 0) continue;
    doubleFolded(SUM, doublings);
    addFolded(SUM, SUM, ODD_MULTIPLES + <usize>(abs(digit) >> 1) * FOLDED, digit < 0);
    doublings = 0;
  }
  if (doublings > 0) doubleFolded(SUM, doublings);
}

/** Answers the first `count` of the list, by one inversion of the product of all Z (Montgomery's trick). */
export function settle(count: i32): void {
  if (count < 1 || count > MAX_LIST) return;
  copy(PREFIXES, LIST_Z);
  for (let i = 1; i < count; i++) multiply(at(PREFIXES, i), at(PREFIXES, i - 1), at(LIST_Z, i));
  invert(INVERSE, at(PREFIXES, count - 1));
  for (let i = count - 1; i >= 0; i--) {
    copy(ONE_OVER_Z, INVERSE);
    if (i > 0) {
      multiply(ONE_OVER_Z, INVERSE, at(PREFIXES, i - 1));
      multiply(INVERSE, INVERSE, at(LIST_Z, i));
    }
    multiply(XY, at(LIST_XY, i), ONE_OVER_Z);
    // Encoding (RFC 8032, section 5.1.2): y, and the sign of x in the highest bit.
    laneToBytes(ENCODED, XY + LANE);
    const sign: u8 = isNegative(XY) ? 0x80 : 0;
    store<u8>(ENCODED, load<u8>(ENCODED, 31) | sign, 31);
    const isGood = equal32(ENCODED, LIST_R + ((<usize>i) << 5)) && load<u8>(RESULTS + <usize>i) !== 0;
    store<u8>(RESULTS + <usize>i, isGood ? 1 : 0);
  }
}

const INVERSE: usize = memory.data(80, 16);
const ONE_OVER_Z: usize = memory.data(80, 16);
const XY: usize = memory.data(80, 16);
const ENCODED: usize = memory.data(32, 16);

/**
 * Steps 1 and 2 of RFC 8032, section 5.1.7: S must be below L; k = SHA-512(R || A || M) modulo L. What is refused gets
 * the point 0 and an answer that says so, and the list goes on.
 */
function begin(index: i32, length: i32, key: usize): bool {
  if (<u32>index >= <u32>MAX_LIST) return false;
  store<u8>(RESULTS + <usize>index, 0);
  lowLanes(at(LIST_XY, index), ZERO, ONE);
  copy(at(LIST_Z, index), ONE);
  if (<u32>length > <u32>MAX_MESSAGE || !isCanonical(SIGNATURE + 32)) return false;
  copyWords(message - 64, SIGNATURE, 32);
  copyWords(message - 32, key, 32);
  hash(DIGEST, message - 64, <usize>length + 64);
  reduce(K, DIGEST);
  return true;
}

/** POINTS = for each lane the sum of what its digits pick, each `step`-th from each `step`-th row. */
function addRows(row0: usize, digits0: usize, row1: usize, digits1: usize, step: usize): void {
  openPair(POINTS);
  for (let i: usize = 0; i + step <= <usize>digits; i += step) {
    const digit0 = <i32>load<i16>(digits0 + (i << 1));
    const digit1 = <i32>load<i16>(digits1 + (i << 1));
    addEntries(POINTS, entryOf(row0, digit0), digit0 >>> 31, entryOf(row1, digit1), digit1 >>> 31);
    row0 += step * rowBytes();
    row1 += step * rowBytes();
  }
}

/** SUM = the sum of the two points of POINTS, folded. */
function addHalves(): void {
  closePair(POINTS);
  fold(SUM, POINTS, true);
  cacheFolded(CACHED, SUM);
  fold(SUM, POINTS, false);
  addFolded(SUM, SUM, CACHED, false);
}

/** Puts SUM on the list: its Z is never 0. */
function finish(index: i32): void {
  copyWords(LIST_R + ((<usize>index) << 5), SIGNATURE, 32);
  copy(at(LIST_XY, index), SUM);
  lowLanes(at(LIST_Z, index), SUM + ZT, SUM + ZT);
  store<u8>(RESULTS + <usize>index, 1);
}

function at(list: usize, index: i32): usize {
  return list + <usize>index * ELEMENT;
}

function preparedKey(key: i32): usize {
  return PREPARED_KEYS + ((<usize>key) << 5);
}

function tableOf(key: i32): usize {
  return tables + <usize>(key + 1) * tableBytes();
}

function entryOf(row: usize, digit: i32): usize {
  const sign = digit >> 31;
  return row + <usize>((digit ^ sign) - sign) * ENTRY;
}
