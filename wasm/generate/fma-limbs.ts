/**
 * Field elements modulo p = 2^255 - 19 as five doubles, radix 2^51, in both lanes of five vectors.
 *
 * **Exact products from fused multiply-adds.** A double holds 53 bits, a product of two limbs has up to 102. With
 * C1 = 1.5 * 2^103, whose last bit is worth 2^51,
 *
 *     high = fma(x, y, C1)               rounds x y to a multiple of 2^51
 *     low  = fma(x, y, C1 + C2 - high)   is C2 + (x y - that multiple), with C2 = 1.5 * 2^52
 *
 * Both are exact while |x y| <= 2^102: then C1 + x y stays in [2^103, 2^104), the difference C1 + C2 - high is a
 * multiple of 2^51 below 2^104, and what is left is at most 2^50, so that `low` stays in [2^52, 2^53), where the last
 * bit is worth 1. Read as integers, the 64 bits of `high` are those of C1 plus (multiple / 2^51), those of `low` are
 * those of C2 plus the rest: columns of products are added as integers, and what C1 and C2 brought along (the bias)
 * is taken away once for the whole column.
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

/** A vector of two 64-bit integers: the value plus `bias`, modulo 2^64. */
export interface Sum {
  readonly name: string;
  readonly bound: bigint;
  readonly bias: bigint;
}

const LIMBS = 5;
const RADIX = 1n << 51n;
const C1_BITS = bitsOf(1.5 * 2 ** 103);
const C2_BITS = bitsOf(1.5 * 2 ** 52);
const C1_AND_C2_BITS = C1_BITS + 3n;
const MAX_PRODUCT = 1n << 102n;

/**
 * Added to a sum before it is split, so that it is positive and its carry is rounded to the nearest: 2^62 is 2^11
 * carries, 2^50 half of one.
 */
const OFFSET = (1n << 62n) + RADIX / 2n;
const OFFSET_CARRY = 1n << 11n;

/** Bound of the limbs of a carried element: half the radix, and what the neighbour's carry adds. */
export const CARRIED = (1n << 50n) + (1n << 13n);

/** The product, not yet carried. */
export function multiply(code: Code, a: readonly Limb[], b: readonly Limb[]): Sum[] {
  const columns = new Columns(code);
  for (const [i, x] of a.entries()) for (const [j, y] of b.entries()) columns.addProduct(i + j, x, y);
  return columns.fold();
}

/** The square, not yet carried: of two products that are alike one is taken, doubled. */
export function square(code: Code, a: readonly Limb[]): Sum[] {
  const columns = new Columns(code);
  for (const [i, x] of a.entries()) {
    columns.addProduct(2 * i, x, x);
    if (i === LIMBS - 1) break;
    const [twice] = plus(code, [x], [x]);
    if (twice) for (const [j, y] of a.entries()) if (j > i) columns.addProduct(i + j, twice, y);
  }
  return columns.fold();
}

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
    bias: x.bias + y.bias,
  }));
}

/** a - b before the carry. */
export function minusSums(code: Code, a: readonly Sum[], b: readonly Sum[]): Sum[] {
  return pairs(a, b).map(([x, y]) => ({
    name: code.value(`i64x2.sub(${x.name}, ${y.name})`),
    bound: x.bound + y.bound,
    bias: x.bias - y.bias,
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
    return code.value(`i64x2.add(${name}, ${code.constant(OFFSET - bias)})`);
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

/** Carries limbs: adding and taking away C1 rounds to a multiple of 2^51, which two fused steps move one limb up. */
export function carry(code: Code, a: readonly Limb[]): Limb[] {
  const c1 = code.constant(C1_BITS);
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
export function lanes(code: Code, a: readonly Limb[], b: readonly Limb[], [i, j]: [number, number]): Limb[] {
  return pairs(a, b).map(([x, y]) => ({
    name: code.value(`i64x2.shuffle(${x.name}, ${y.name}, ${i}, ${j})`),
    bound: x.bound > y.bound ? x.bound : y.bound,
  }));
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

/** The nine columns of a product, and a tenth for the high half of the last. */
class Columns {
  readonly #code: Code;
  readonly #sums: (Sum | undefined)[] = Array.from({ length: 2 * LIMBS });

  constructor(code: Code) {
    this.#code = code;
  }

  addProduct(column: number, x: Limb, y: Limb): void {
    if (x.bound * y.bound > MAX_PRODUCT) throw new RangeError('a product may be rounded');
    const code = this.#code;
    const high = code.value(`f64x2.relaxed_madd(${x.name}, ${y.name}, ${code.constant(C1_BITS)})`);
    const left = `f64x2.sub(${code.constant(C1_AND_C2_BITS)}, ${high})`;
    const low = code.value(`f64x2.relaxed_madd(${x.name}, ${y.name}, ${left})`);
    this.#add(column, { name: low, bound: RADIX / 2n, bias: C2_BITS });
    this.#add(column + 1, { name: high, bound: (x.bound * y.bound) / RADIX + 1n, bias: C1_BITS });
  }

  /** Columns five and more are worth 2^255 = 19 times as much: 16 + 2 + 1. */
  fold(): Sum[] {
    return Array.from({ length: LIMBS }, (_, k) => {
      const low = this.#sums[k];
      const high = this.#sums[k + LIMBS];
      if (!low || !high) throw new RangeError('expected products in every column');
      const three = `i64x2.add(${high.name}, i64x2.shl(${high.name}, 1))`;
      const nineteen = `i64x2.add(${three}, i64x2.shl(${high.name}, 4))`;
      return {
        name: this.#code.value(`i64x2.add(${low.name}, ${nineteen})`),
        bound: low.bound + 19n * high.bound,
        bias: low.bias + 19n * high.bias,
      };
    });
  }

  #add(column: number, term: Sum): void {
    const sum = this.#sums[column];
    const [total] = sum ? plusSums(this.#code, [sum], [term]) : [term];
    this.#sums[column] = total;
  }
}

function pairs<T>(a: readonly T[], b: readonly T[]): [T, T][] {
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
function bitsOf(number: number): bigint {
  return new DataView(Float64Array.of(number).buffer).getBigUint64(0, true);
}
