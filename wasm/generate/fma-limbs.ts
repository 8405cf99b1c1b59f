/**
 * Field elements modulo p = 2^255 - 19 as five doubles, radix 2^51, in both lanes of five vectors.
 *
 * **Bounds.** Each limb carries the largest absolute value that it may have, each sum the largest and its bias. Every
 * operation computes the bounds of what it gives, and refuses to generate what could overflow: a function that came
 * out of this file has been proven for all inputs within the bounds in its contract.
 */
import type { Code } from './code.ts';

/** A vector of two doubles that are integers. */
export interface Limb {
  readonly name: string;
  /** No lane is larger in absolute value. */
  readonly bound: bigint;
}

/** A vector of two 64-bit integers: in each lane the value plus the lane's bias, modulo 2^64. */
export interface Sum {
  readonly name: string;
  readonly bound: bigint;
  readonly bias: Lanes;
}

type Lanes = readonly [bigint, bigint];

export const LIMBS = 5;
export const RADIX = 1n << 51n;

/**
 * Added to a sum before it is split, so that it is positive and its carry is rounded to the nearest: 2^62 is 2^11
 * carries, 2^50 half of one.
 */
const OFFSET = (1n << 62n) + RADIX / 2n;
const OFFSET_CARRY = 1n << 11n;

/** Bound of the limbs of a carried element: half the radix, and what the neighbour's carry adds. */
export const CARRIED = (1n << 50n) + (1n << 13n);

/** Limb by limb a + b. */
export function plus(code: Code, a: readonly Limb[], b: readonly Limb[]): Limb[] {
  return pairs(a, b).map(([x, y]) => ({
    name: code.value(`f64x2.add(${x.name}, ${y.name})`),
    bound: exact(x.bound + y.bound),
  }));
}

/** Limb by limb a - b. */
export function minus(code: Code, a: readonly Limb[], b: readonly Limb[]): Limb[] {
  return pairs(a, b).map(([x, y]) => ({
    name: code.value(`f64x2.sub(${x.name}, ${y.name})`),
    bound: exact(x.bound + y.bound),
  }));
}

/** a + b before the carry: one carry for a sum of products. */
export function plusSums(code: Code, a: readonly Sum[], b: readonly Sum[]): Sum[] {
  return pairs(a, b).map(([x, y]) => ({
    name: code.value(`i64x2.add(${x.name}, ${y.name})`),
    bound: x.bound + y.bound,
    bias: [x.bias[0] + y.bias[0], x.bias[1] + y.bias[1]],
  }));
}

/** a - b before the carry. */
export function minusSums(code: Code, a: readonly Sum[], b: readonly Sum[]): Sum[] {
  return pairs(a, b).map(([x, y]) => ({
    name: code.value(`i64x2.sub(${x.name}, ${y.name})`),
    bound: x.bound + y.bound,
    bias: [x.bias[0] - y.bias[0], x.bias[1] - y.bias[1]],
  }));
}

/** Takes lane `i` of a and lane `j - 2` of b before the carry. */
export function lanesOfSums(code: Code, a: readonly Sum[], b: readonly Sum[], [i, j]: Picked): Sum[] {
  return pairs(a, b).map(([x, y]) => ({
    ...pick(code, x, y, [i, j]),
    bias: [x.bias[i], y.bias[j === 2 ? 0 : 1]],
  }));
}

/**
 * Carries sums, all at once: each limb keeps the rest next to zero and takes the carry of its lower neighbour, the
 * lowest 19 times that of the highest, since 2^255 is 19 modulo p.
 *
 * The rest is made a double by putting it into the mantissa of 2^52; the carry is added there as an integer, and
 * both offsets leave with 2^52 in one subtraction.
 */
export function carrySums(code: Code, sums: readonly Sum[]): Limb[] {
  const shifted = sums.map(({ name, bound, bias }) => {
    if (bound >= 1n << 61n) throw new RangeError('a sum may overflow');
    return code.value(`i64x2.add(${name}, ${code.constant(OFFSET - bias[0], OFFSET - bias[1])})`);
  });
  const carries = shifted.map(name => code.value(`i64x2.shr_u(${name}, 51)`));
  return shifted.map((name, k) => {
    const below = (k + LIMBS - 1) % LIMBS;
    const factor = k === 0 ? 19n : 1n;
    const carry =
      factor === 1n ? carries[below] : code.value(`i32x4.mul(${carries[below]}, ${code.constant(19n)})`);
    const rest = `v128.or(v128.and(${name}, ${code.constant(RADIX - 1n)}), ${code.constant(bitsOf(2 ** 52))})`;
    const offsets = bitsOf(2 ** 52 + 2 ** 50 + Number(factor * OFFSET_CARRY));
    const carryBound = factor * ((sums[below]?.bound ?? 0n) / RADIX + 1n);
    return {
      name: code.value(`f64x2.sub(i64x2.add(${rest}, ${carry}), ${code.constant(offsets)})`),
      bound: carried(RADIX / 2n + carryBound),
    };
  });
}

/** Carries limbs: adding and taking away 1.5 * 2^103 rounds to a multiple of 2^51, which two fused steps move one limb up. */
export function carry(code: Code, a: readonly Limb[]): Limb[] {
  const c1 = code.constant(bitsOf(1.5 * 2 ** 103));
  const multiples = a.map(({ name }) => code.value(`f64x2.sub(f64x2.add(${name}, ${c1}), ${c1})`));
  return a.map(({ name }, k) => {
    const below = (k + LIMBS - 1) % LIMBS;
    const factor = k === 0 ? 19 : 1;
    const scale = code.constant(bitsOf(factor * 2 ** -51));
    const carryBound = BigInt(factor) * ((a[below]?.bound ?? 0n) / RADIX + 1n);
    return {
      name: code.value(
        `f64x2.relaxed_madd(${multiples[below]}, ${scale}, f64x2.sub(${name}, ${multiples[k]}))`,
      ),
      bound: carried(RADIX / 2n + carryBound),
    };
  });
}

/** Takes lane `i` of a and lane `j - 2` of b. */
export function lanes(code: Code, a: readonly Limb[], b: readonly Limb[], picked: Picked): Limb[] {
  return pairs(a, b).map(([x, y]) => pick(code, x, y, picked));
}

type Picked = readonly [0 | 1, 2 | 3];

function pick(code: Code, x: Limb, y: Limb, [i, j]: Picked): Limb {
  return {
    name: code.value(`i64x2.shuffle(${x.name}, ${y.name}, ${i}, ${j})`),
    bound: x.bound > y.bound ? x.bound : y.bound,
  };
}

/** Loads an element whose limbs are within `bound`, by the contract of the function. */
export function load(code: Code, pointer: string, offset = 0, bound = CARRIED): Limb[] {
  return Array.from({ length: LIMBS }, (_, i) => ({
    name: code.value(`v128.load(${pointer}, ${offset + 16 * i})`),
    bound,
  }));
}

/** Stores a carried element. */
export function store(code: Code, pointer: string, offset: number, limbs: readonly Limb[]): void {
  for (const [i, { name, bound }] of limbs.entries()) {
    carried(bound);
    code.line(`  v128.store(${pointer}, ${name}, ${offset + 16 * i});`);
  }
}

export function pairs<T>(a: readonly T[], b: readonly T[]): [T, T][] {
  return a.map((x, index) => {
    const y = b[index];
    if (y === undefined) throw new RangeError('expected elements of one length');
    return [x, y];
  });
}

/** Sums of doubles are exact below 2^53. */
function exact(bound: bigint): bigint {
  if (bound >= 1n << 53n) throw new RangeError('a limb may be rounded');
  return bound;
}

function carried(bound: bigint): bigint {
  if (bound > CARRIED) throw new RangeError('a limb is not carried');
  return bound;
}

/** The 64 bits of a double. */
export function bitsOf(number: number): bigint {
  return new DataView(Float64Array.of(number).buffer).getBigUint64(0, true);
}
