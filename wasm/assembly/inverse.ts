/**
 * Inversion modulo p by the division steps of Bernstein and Yang ("Fast constant-time gcd computation and modular
 * inversion", 2019), in the variable-time form of libsecp256k1 (doc/safegcd_implementation.md there): everything that
 * is inverted here is public.
 *
 * It keeps f = d x and g = e x (mod p), begins with f = p, g = x, and ends with g = 0, f = 1 or -1: d is then the
 * inverse or its negative. Thirty division steps at a time look at the low bits of f and g alone; their effect is a
 * matrix (u v; q r) / 2^30 that is applied to (f, g) exactly and to (d, e) modulo p.
 *
 * Numbers are nine limbs of 30 bits, the highest with a sign; entries of the matrix are at most 2^30 in absolute
 * value, and so is |u| + |v|, so a sum of two products and a carry stays below 2^62. f and g shrink: `length` limbs
 * are in use.
 */
import { clearWords } from './words.ts';

const F: usize = memory.data(40, 16);
const G: usize = memory.data(40, 16);
const D: usize = memory.data(40, 16);
const E: usize = memory.data(40, 16);

const LIMB: i64 = (1 << 30) - 1;
const TOP: usize = 32;
/** p = 2^15 * 2^240 - 19. */
const P_LOW: i32 = -19;
const P_TOP: i32 = 1 << 15;
/** 1 / p modulo 2^30. */
const P_INVERSE: u32 = 395589093;

/** The matrix of the last thirty steps. */
let u: i64 = 0;
let v: i64 = 0;
let q: i64 = 0;
let r: i64 = 0;
/** The delta of the paper, negated. */
let eta: i32 = 0;
let length: usize = 0;

/** 32 bytes below p at x become those of 1/x, or 0 for 0; d and x may be the same. */
export function invertBytes(d: usize, x: usize): void {
  clearWords(F, 36);
  clearWords(D, 36);
  clearWords(E, 36);
  store<i32>(F, P_LOW);
  store<i32>(F, P_TOP, 32);
  store<i32>(E, 1);
  for (let i: usize = 0; i < 9; i++) store<i32>(G + 4 * i, thirtyBits(x, i));
  eta = -1;
  length = 36;
  do {
    thirtySteps(load<u32>(F), load<u32>(G));
    applyModuloP();
  } while (applyExactly());
  normalize(load<i32>(F + length - 4) >> 31);
  writeBytes(d);
}

/** Runs thirty division steps on the low bits; several at once, as many as g has zeros or eta allows to cancel. */
function thirtySteps(f: u32, g: u32): void {
  let a: u32 = 1;
  let b: u32 = 0;
  let c: u32 = 0;
  let d: u32 = 1;
  let left = 30;
  while (true) {
    const zeros = <i32>ctz<u32>(g | ((<u32>0xffffffff) << left));
    g >>= zeros;
    a <<= zeros;
    b <<= zeros;
    eta -= zeros;
    left -= zeros;
    if (left === 0) break;
    if (eta < 0) {
      eta = -eta;
      let t = f;
      f = g;
      g = 0 - t;
      t = a;
      a = c;
      c = 0 - t;
      t = b;
      b = d;
      d = 0 - t;
    }
    // g + w f has zeros for the next steps, up to six of them; -f (f^2 - 2) is -1/f modulo 64.
    const limit = min(min(eta + 1, left), 6);
    const w = (g * (f * (f * f - 2))) & (((<u32>1) << limit) - 1);
    g += f * w;
    c += a * w;
    d += b * w;
  }
  u = <i64>(<i32>a);
  v = <i64>(<i32>b);
  q = <i64>(<i32>c);
  r = <i64>(<i32>d);
}

/** (d, e) = matrix (d, e) / 2^30 modulo p: multiples of p make the low 30 bits zero. Keeps them in (-2p, p). */
function applyModuloP(): void {
  const signD = load<i32>(D, TOP) >> 31;
  const signE = load<i32>(E, TOP) >> 31;
  let timesD = (<i32>u & signD) + (<i32>v & signE);
  let timesE = (<i32>q & signD) + (<i32>r & signE);
  let d = <i64>load<i32>(D);
  let e = <i64>load<i32>(E);
  let carryD = u * d + v * e;
  let carryE = q * d + r * e;
  timesD -= <i32>((P_INVERSE * <u32>carryD + <u32>timesD) & <u32>LIMB);
  timesE -= <i32>((P_INVERSE * <u32>carryE + <u32>timesE) & <u32>LIMB);
  carryD = (carryD + <i64>P_LOW * timesD) >> 30;
  carryE = (carryE + <i64>P_LOW * timesE) >> 30;
  for (let i: usize = 4; i <= TOP; i += 4) {
    d = <i64>load<i32>(D + i);
    e = <i64>load<i32>(E + i);
    carryD += u * d + v * e;
    carryE += q * d + r * e;
    if (i === TOP) {
      carryD += <i64>P_TOP * timesD;
      carryE += <i64>P_TOP * timesE;
    }
    store<i32>(D + i - 4, <i32>(carryD & LIMB));
    store<i32>(E + i - 4, <i32>(carryE & LIMB));
    carryD >>= 30;
    carryE >>= 30;
  }
  store<i32>(D, <i32>carryD, TOP);
  store<i32>(E, <i32>carryE, TOP);
}

/** (f, g) = matrix (f, g) / 2^30, whose low 30 bits are zero. Returns whether g is not zero yet. */
function applyExactly(): bool {
  let f = <i64>load<i32>(F);
  let g = <i64>load<i32>(G);
  let carryF = (u * f + v * g) >> 30;
  let carryG = (q * f + r * g) >> 30;
  let rest: i32 = 0;
  for (let i: usize = 4; i < length; i += 4) {
    f = <i64>load<i32>(F + i);
    g = <i64>load<i32>(G + i);
    carryF += u * f + v * g;
    carryG += q * f + r * g;
    const low = <i32>(carryG & LIMB);
    rest |= low;
    store<i32>(F + i - 4, <i32>(carryF & LIMB));
    store<i32>(G + i - 4, low);
    carryF >>= 30;
    carryG >>= 30;
  }
  const topF = <i32>carryF;
  const topG = <i32>carryG;
  store<i32>(F + length - 4, topF);
  store<i32>(G + length - 4, topG);
  // Highest limbs that hold signs alone are put into the one below.
  if (length > 4 && topF === topF >> 31 && topG === topG >> 31) {
    length -= 4;
    store<i32>(F + length - 4, load<i32>(F + length - 4) | (topF << 30));
    store<i32>(G + length - 4, load<i32>(G + length - 4) | (topG << 30));
  }
  return (rest | topG) !== 0;
}

/** D from (-2p, p) into [0, p), negated if sign is -1. */
function normalize(sign: i32): void {
  addPrimeIfNegative();
  carryLimbs(sign);
  addPrimeIfNegative();
  carryLimbs(0);
}

/** Limbs of D into [0, 2^30), negated if sign is -1; the highest one keeps its sign. */
function carryLimbs(sign: i32): void {
  let moved: i32 = 0;
  for (let i: usize = 0; i <= TOP; i += 4) {
    const limb = (load<i32>(D + i) ^ sign) - sign + moved;
    moved = i < TOP ? limb >> 30 : 0;
    store<i32>(D + i, i < TOP ? limb & <i32>LIMB : limb);
  }
}

function addPrimeIfNegative(): void {
  if (load<i32>(D, TOP) >= 0) return;
  store<i32>(D, load<i32>(D) + P_LOW);
  store<i32>(D, load<i32>(D, TOP) + P_TOP, TOP);
}

function thirtyBits(x: usize, i: usize): i32 {
  const bit: usize = 30 * i;
  const byte: usize = min<usize>(bit >> 3, 24);
  return <i32>((load<u64>(x + byte) >> (bit - 8 * byte)) & LIMB);
}

function writeBytes(d: usize): void {
  clearWords(d, 32);
  for (let i: usize = 0; i < 9; i++) {
    const bit: usize = 30 * i;
    const byte: usize = min<usize>(bit >> 3, 24);
    store<u64>(d + byte, load<u64>(d + byte) | ((<u64>load<u32>(D + 4 * i)) << (bit - 8 * byte)));
  }
}
