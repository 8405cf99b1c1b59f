/**
 * Multiplication modulo p = 2^255 - 19 with plain SIMD: ten limbs of 26 and 25 bits in turn, 32-bit integers, limb i
 * worth 2^ceil(25.5 i), two lanes. The products are those of Bernstein's ref10: where both limbs are odd a product
 * counts twice (two ceilings rounded up), past limb nine 19 times, since 2^255 is 19 modulo p.
 *
 * **Carries without signs.** SIMD shifts 64 bits to the right without a sign only. So each column begins with what
 * makes it positive, together a multiple of p, and with half of what its limb holds: cutting off the low bits then
 * rounds to the nearest, and the halves leave at the end, when a vector holds four limbs.
 *
 * **Bounds.** `CARRIED` is what comes out of a multiplication. Both of its factors may be three times that, as sums of
 * two or three elements are; what is squared is carried. The range of each column is computed below, and nothing is
 * generated unless each intermediate fits: 31 bits and a sign for factors, 63 bits without a sign for columns.
 */
import { Code } from './code.ts';

const LIMBS = 10;
const widths = Array.from({ length: LIMBS }, (_, i) => (i % 2 === 0 ? 26n : 25n));
const widthOf = (i: number) => widths[i % LIMBS] ?? 0n;
const halfOf = (i: number) => 1n << (widthOf(i) - 1n);

/** Half of what the limb holds, and a little for the carry that comes last. */
export const CARRIED = widths.map((_, i) => halfOf(i) + (1n << 16n));
const SUM_OF_THREE = CARRIED.map(bound => 3n * bound);
const MAX_FACTOR = (1n << 31n) - 1n;
const MAX_COLUMN = (1n << 63n) - 1n;

/** 2^35 p, limb by limb, and the halves. */
const OFFSETS = widths.map((width, i) => (((1n << width) - (i === 0 ? 19n : 1n)) << 35n) + halfOf(i));

/** In pairs that do not depend on each other, twice round: after the second time each limb is next to zero. */
const CARRIES = [0, 4, 1, 5, 2, 6, 3, 7, 4, 8, 9, 0];

/** A limb of both lanes in the low half of a vector. */
interface Factor {
  readonly name: string;
  readonly bound: bigint;
}

/** A sum of both lanes, from 0 to `max`. */
interface Column {
  name: string;
  max: bigint;
}

/** Gives the factors whose product counts in a column: limb i of the first element and limb j of the second. */
type Terms = (
  i: number,
  j: number,
  counts: { isTwice: boolean; isWrapped: boolean },
) => [Factor, Factor] | null;

/** The module with `multiply` and `square`. */
export function multiplySimd(): string {
  const code = new Code();
  // Both factors may be sums of up to three carried elements; d is carried.
  code.procedure('multiply(d: usize, a: usize, b: usize)', () => {
    const a = load(code, 'a', SUM_OF_THREE);
    const b = load(code, 'b', SUM_OF_THREE);
    const twice = a.map(limb => times(code, limb, 2n));
    const nineteen = b.map(limb => times(code, limb, 19n));
    storeCarried(code, (i, j, { isTwice, isWrapped }) =>
      both((isTwice ? twice : a)[i], (isWrapped ? nineteen : b)[j]),
    );
  });
  // a is carried, and so is d. Of two products that are alike one is taken, doubled.
  code.procedure('square(d: usize, a: usize)', () => {
    const a = load(code, 'a', CARRIED);
    const twice = a.map(limb => times(code, limb, 2n));
    const nineteen = a.map((limb, i) => (i < LIMBS / 2 ? limb : times(code, limb, 19n)));
    const twiceNineteen = nineteen.map((limb, i) => (i < LIMBS / 2 ? limb : times(code, limb, 2n)));
    storeCarried(code, (i, j, { isTwice, isWrapped }) => {
      if (i > j) return null;
      const first = i === j ? a : twice;
      if (isWrapped) return both(first[i], (isTwice ? twiceNineteen : nineteen)[j]);
      return both(first[i], (isTwice ? twice : a)[j]);
    });
  });
  return code.text('Field multiplication on plain SIMD, ten limbs.');
}

/** Adds up the columns of a product, carries and stores them. */
function storeCarried(code: Code, terms: Terms): void {
  const columns = widths.map((_, k) => columnOf(code, k, terms));
  for (const limb of CARRIES) carry(code, columns, limb);
  for (let k = 0; k < LIMBS; k += 2) {
    const [even, odd] = [columns[k], columns[k + 1]];
    if (
      !even ||
      !odd ||
      even.max - halfOf(k) > (CARRIED[k] ?? 0n) ||
      odd.max - halfOf(k + 1) > (CARRIED[k + 1] ?? 0n)
    )
      throw new RangeError(`limb ${k} or the next is not carried`);
    const four = `i32x4.shuffle(${even.name}, ${odd.name}, 0, 2, 4, 6)`;
    const halves = code.constant(lanes(halfOf(k)), lanes(halfOf(k + 1)));
    code.line(`  v128.store(d, i32x4.sub(${four}, ${halves}), ${8 * k});`);
  }
}

function columnOf(code: Code, k: number, terms: Terms): Column {
  const offset = OFFSETS[k] ?? 0n;
  let sum = code.constant(offset);
  let bound = 0n;
  for (let i = 0; i < LIMBS; i += 1) {
    const j = (k - i + LIMBS) % LIMBS;
    const factors = terms(i, j, { isTwice: i % 2 === 1 && j % 2 === 1, isWrapped: i + j >= LIMBS });
    if (!factors) continue;
    const [x, y] = factors;
    sum = `i64x2.add(${sum}, i64x2.extmul_low_i32x4_s(${x.name}, ${y.name}))`;
    bound += x.bound * y.bound;
  }
  if (bound > offset) throw new RangeError('a column may be negative');
  return { name: code.value(sum), max: fits(offset + bound) };
}

/** Moves what is past a limb one limb up. */
function carry(code: Code, columns: Column[], k: number): void {
  const width = widthOf(k);
  const [column, next] = [columns[k], columns[(k + 1) % LIMBS]];
  if (!column || !next) throw new RangeError('expected a limb');
  const moved = code.value(`i64x2.shr_u(${column.name}, ${width})`);
  const maxMoved = column.max >> width;
  column.name = code.value(`v128.and(${column.name}, ${code.constant((1n << width) - 1n)})`);
  column.max = (1n << width) - 1n;
  const isLast = k === LIMBS - 1;
  const times19 = `i64x2.add(${moved}, i64x2.add(i64x2.shl(${moved}, 1), i64x2.shl(${moved}, 4)))`;
  next.name = code.value(`i64x2.add(${next.name}, ${isLast ? times19 : moved})`);
  next.max = fits(next.max + maxMoved * (isLast ? 19n : 1n));
}

function load(code: Code, pointer: string, bounds: readonly bigint[]): Factor[] {
  return bounds.map((bound, i) => ({ name: code.value(`v128.load64_zero(${pointer}, ${8 * i})`), bound }));
}

function times(code: Code, { name, bound }: Factor, factor: bigint): Factor {
  if (factor * bound > MAX_FACTOR) throw new RangeError('a factor may overflow');
  const product =
    factor === 2n ? `i32x4.add(${name}, ${name})` : `i32x4.mul(${name}, ${code.constant(lanes(factor))})`;
  return { name: code.value(product), bound: factor * bound };
}

/** The same 32 bits for both lanes of a limb. */
function lanes(word: bigint): bigint {
  return (word << 32n) | word;
}

function both(x: Factor | undefined, y: Factor | undefined): [Factor, Factor] {
  if (!x || !y) throw new RangeError('expected a limb');
  return [x, y];
}

function fits(max: bigint): bigint {
  if (max > MAX_COLUMN) throw new RangeError('a column may overflow');
  return max;
}
