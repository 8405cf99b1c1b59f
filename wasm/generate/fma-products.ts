/**
 * Products of field elements, and their columns before the carry.
 *
 * **Exact products from fused multiply-adds.** A double holds 53 bits, a product of two limbs has up to 102. With
 * C1 = 1.5 * 2^103, whose last bit is worth 2^51,
 *
 *     high = fma(x, y, C1)               rounds x y to a multiple of 2^51
 *     low  = fma(x, y, C1 + C2 - high)   is C2 + (x y - that multiple), with C2 = 1.5 * 2^52
 *
 * Both are exact while |x y| < 2^102: then C1 + x y stays in [2^103, 2^104), the difference C1 + C2 - high is a
 * multiple of 2^51 below 2^104, and what is left is at most 2^50, so that `low` stays in [2^52, 2^53), where the last
 * bit is worth 1. Read as integers, the 64 bits of `high` are those of C1 plus (multiple / 2^51), those of `low` are
 * those of C2 plus the rest: columns of products are added as integers, and what C1 and C2 brought along (the bias)
 * is taken away once for the whole column.
 */
import { Code } from './code.ts';
import { bitsOf, CARRIED, LIMBS, type Limb, pairs, plus, plusSums, RADIX, type Sum } from './fma-limbs.ts';

const C1_BITS = bitsOf(1.5 * 2 ** 103);
const C2_BITS = bitsOf(1.5 * 2 ** 52);
const C1_AND_C2_BITS = C1_BITS + 3n;
const MAX_PRODUCT = 1n << 102n;

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

/** The nine columns of a product, and a tenth for the high half of the last. */
class Columns {
  readonly #code: Code;
  readonly #products: [Limb, Limb][][] = Array.from({ length: 2 * LIMBS - 1 }, () => []);
  readonly #sums: (Sum | undefined)[] = Array.from({ length: 2 * LIMBS });

  constructor(code: Code) {
    this.#code = code;
  }

  addProduct(column: number, x: Limb, y: Limb): void {
    this.#products[column]?.push([x, y]);
  }

  /** Adds up the columns. Five and more are worth 2^255 = 19 times as much: 16 + 2 + 1. */
  fold(): Sum[] {
    for (const [column, products] of this.#products.entries()) {
      for (const [x, y] of products) this.#addUp(column, x, y);
    }
    return Array.from({ length: LIMBS }, (_, k) => {
      const low = this.#sums[k];
      const high = this.#sums[k + LIMBS];
      if (!low || !high) throw new RangeError('expected products in every column');
      const code = this.#code;
      const thrice = code.value(`i64x2.add(${high.name}, i64x2.shl(${high.name}, 1))`);
      const nineteen = code.value(`i64x2.add(${thrice}, i64x2.shl(${high.name}, 4))`);
      return {
        name: code.value(`i64x2.add(${low.name}, ${nineteen})`),
        bound: low.bound + 19n * high.bound,
        bias: [low.bias[0] + 19n * high.bias[0], low.bias[1] + 19n * high.bias[1]],
      };
    });
  }

  #addUp(column: number, x: Limb, y: Limb): void {
    const product = x.bound * y.bound;
    if (product >= MAX_PRODUCT) throw new RangeError('a product may be rounded');
    const code = this.#code;
    const high = code.value(`f64x2.relaxed_madd(${x.name}, ${y.name}, ${code.constant(C1_BITS)})`);
    const left = `f64x2.sub(${code.constant(C1_AND_C2_BITS)}, ${high})`;
    const low = code.value(`f64x2.relaxed_madd(${x.name}, ${y.name}, ${left})`);
    this.#add(column, { name: low, bound: RADIX / 2n, bias: [C2_BITS, C2_BITS] });
    this.#add(column + 1, { name: high, bound: product / RADIX + 1n, bias: [C1_BITS, C1_BITS] });
  }

  #add(column: number, term: Sum): void {
    const sum = this.#sums[column];
    const [total] = sum ? plusSums(this.#code, [sum], [term]) : [term];
    this.#sums[column] = total;
  }
}

/** What `multiply` gives for carried factors: the form in which `loadSums` and `storeSums` pass on what is not carried. */
const PRODUCT: readonly Sum[] = multiply(new Code(), unnamed(), unnamed());

function unnamed(): Limb[] {
  return Array.from({ length: LIMBS }, () => ({ name: '', bound: CARRIED }));
}

/** Loads a product as `storeSums` has left it. */
export function loadSums(code: Code, pointer: string, offset: number): Sum[] {
  return PRODUCT.map((sum, i) => ({
    ...sum,
    name: code.value(`v128.load(${pointer}, ${offset + 16 * i})`),
  }));
}

/** Stores a product before the carry. */
export function storeSums(code: Code, pointer: string, offset: number, sums: readonly Sum[]): void {
  for (const [i, [{ name, bound, bias }, expected]] of pairs(sums, PRODUCT).entries()) {
    const isProduct = bound <= expected.bound && bias.every((each, lane) => each === expected.bias[lane]);
    if (!isProduct) throw new RangeError('not a product of carried factors');
    code.line(`  v128.store(${pointer}, ${name}, ${offset + 16 * i});`);
  }
}

/** The sums that a product of value `number`, 0 or 1, could be: its limbs and the bias. */
export function sumsOf(code: Code, number: bigint): Sum[] {
  return PRODUCT.map(({ bias, bound }, i) => ({
    name: code.constant(bias[0] + (i === 0 ? number : 0n), bias[1] + (i === 0 ? number : 0n)),
    bound,
    bias,
  }));
}
