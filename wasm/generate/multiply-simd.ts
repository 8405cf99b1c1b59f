/**
 * Multiplication modulo p = 2^255 - 19 with plain SIMD: ten limbs of 26 and 25 bits in turn, 32-bit integers, limb i
 * worth 2^ceil(25.5 i), two lanes. The products are those of Bernstein's ref10: where both limbs are odd a product
 * counts twice (two ceilings rounded up), past limb nine 19 times, since 2^255 is 19 modulo p.
 *
 * **Bounds.** `CARRIED` is what comes out of a multiplication. Both factors may be three times that, as sums of two or
 * three elements are. The largest value of each column is computed below, and nothing is generated unless each
 * intermediate fits: 32 bits for factors, 2^62 for columns.
 */
import { Code } from './code.ts';

const LIMBS = 10;
const widths = Array.from({ length: LIMBS }, (_, i) => (i % 2 === 0 ? 26n : 25n));
const widthOf = (i: number) => widths[i % LIMBS] ?? 0n;

/** Half of what the limb holds, and a little for the carry that comes last. */
export const CARRIED = widths.map(width => (1n << (width - 1n)) + (1n << 16n));
const FACTOR = CARRIED.map(bound => 3n * bound);
const MAX_FACTOR = (1n << 31n) - 1n;
const MAX_COLUMN = 1n << 62n;

/** In pairs that do not depend on each other, twice round: after the second time each limb is next to zero. */
const CARRIES = [0, 4, 1, 5, 2, 6, 3, 7, 4, 8, 9, 0];

interface Column {
  name: string;
  bound: bigint;
}

/** The module with `multiply`. */
export function multiplySimd(): string {
  const code = new Code();
  // Both factors may be sums of up to three carried elements; d is carried.
  code.procedure('multiply(d: usize, a: usize, b: usize)', () => {
    const columns = products(code);
    for (const limb of CARRIES) carry(code, columns, limb);
    columns.forEach(({ bound }, k) => {
      if (bound > (CARRIED[k] ?? 0n)) throw new RangeError(`limb ${k} is not carried`);
    });
    for (let k = 0; k < LIMBS; k += 2) {
      const both = `i32x4.shuffle(${columns[k]?.name}, ${columns[k + 1]?.name}, 0, 2, 4, 6)`;
      code.line(`  v128.store(d, ${both}, ${8 * k});`);
    }
  });
  return code.text('Field multiplication on plain SIMD, ten limbs.');
}

function products(code: Code): Column[] {
  const limbs = (pointer: string) =>
    widths.map((_, i) => code.value(`v128.load64_zero(${pointer}, ${8 * i})`));
  const [a, b] = [limbs('a'), limbs('b')];
  const nineteenTwice = code.constant((19n << 32n) + 19n);
  const twice = a.map(name => code.value(`i32x4.add(${name}, ${name})`));
  const nineteen = b.map(name => code.value(`i32x4.mul(${name}, ${nineteenTwice})`));
  if (FACTOR.some(bound => 19n * bound > MAX_FACTOR)) throw new RangeError('a factor may overflow');
  return widths.map((_, k) => {
    const terms = widths.map((_, i) => {
      const j = (k - i + LIMBS) % LIMBS;
      const isDoubled = i % 2 === 1 && j % 2 === 1;
      const isWrapped = i + j >= LIMBS;
      const product = `i64x2.extmul_low_i32x4_s(${(isDoubled ? twice : a)[i]}, ${(isWrapped ? nineteen : b)[j]})`;
      const bound = (FACTOR[i] ?? 0n) * (FACTOR[j] ?? 0n) * (isDoubled ? 2n : 1n) * (isWrapped ? 19n : 1n);
      return { product, bound };
    });
    const sum = terms.map(({ product }) => product).reduce((left, right) => `i64x2.add(${left}, ${right})`);
    return { name: code.value(sum), bound: fits(terms.reduce((total, { bound }) => total + bound, 0n)) };
  });
}

/** Moves what exceeds half a limb one limb up. SIMD shifts 64 bits to the right without a sign only: 2^62 makes it positive. */
function carry(code: Code, columns: Column[], k: number): void {
  const width = widthOf(k);
  const [column, next] = [columns[k], columns[(k + 1) % LIMBS]];
  if (!column || !next) throw new RangeError('expected a limb');
  const offset = (1n << 62n) + (1n << (width - 1n));
  const shifted = `i64x2.shr_u(i64x2.add(${column.name}, ${code.constant(offset)}), ${width})`;
  const carried = code.value(`i64x2.sub(${shifted}, ${code.constant(1n << (62n - width))})`);
  const moved = column.bound / (1n << width) + 1n;
  column.name = code.value(`i64x2.sub(${column.name}, i64x2.shl(${carried}, ${width}))`);
  column.bound = 1n << (width - 1n);
  const isLast = k === LIMBS - 1;
  const times19 = `i64x2.add(${carried}, i64x2.add(i64x2.shl(${carried}, 1), i64x2.shl(${carried}, 4)))`;
  next.name = code.value(`i64x2.add(${next.name}, ${isLast ? times19 : carried})`);
  next.bound = fits(next.bound + moved * (isLast ? 19n : 1n));
}

function fits(bound: bigint): bigint {
  if (bound >= MAX_COLUMN) throw new RangeError('a column may overflow');
  return bound;
}
