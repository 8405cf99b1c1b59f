import { Code } from './code.ts';
import {
  CARRIED,
  carry,
  carrySums,
  type Limb,
  lanes,
  lanesOfSums,
  load,
  minus,
  minusSums,
  plus,
  plusSums,
  type Sum,
  store,
} from './fma-limbs.ts';
import { loadSums, multiply, square, storeSums, sumsOf } from './fma-products.ts';

const ELEMENT = 80;
const [X, Y, Z, T] = [0, ELEMENT, 2 * ELEMENT, 3 * ELEMENT];
const [XY, ZT] = [0, ELEMENT];

/** Field and point operations that work in vector registers from their first load to their last store. */
export function fieldFma(): string {
  const code = new Code();
  elementOperations(code);
  openPoints(code);
  addEntries(code);
  doubleFolded(code);
  addFolded(code);
  return code.text('Field and points on fused multiply-adds, five limbs of 51 bits.');
}

function elementOperations(code: Code): void {
  // a may be a sum or difference of two carried elements, b is carried; so is what comes out.
  code.procedure('multiply(d: usize, a: usize, b: usize)', () => {
    store(code, 'd', 0, times(code, load(code, 'a', 0, 2n * CARRIED), load(code, 'b')));
  });
  // d = a^(2^n), n at least 1; a is carried.
  code.procedure('squareTimes(d: usize, a: usize, n: i32)', () => {
    const names = variables(code, 'a', 'a', 0);
    code.line('  for (; n > 0; n--) {');
    assign(code, names, carrySums(code, square(code, names)));
    code.line('  }');
    store(code, 'd', 0, names);
  });
  for (const [name, operation] of [
    ['add', plus],
    ['subtract', minus],
  ] as const) {
    code.procedure(`${name}(d: usize, a: usize, b: usize)`, () => {
      const sums = operation(code, load(code, 'a'), load(code, 'b'));
      for (const [i, sum] of sums.entries()) code.line(`  v128.store(d, ${sum.name}, ${16 * i});`);
    });
  }
  // The limbs of a are below 2^53.
  code.procedure('carry(d: usize, a: usize)', () => {
    store(code, 'd', 0, carry(code, load(code, 'a', 0, (1n << 53n) - 1n)));
  });
}

/**
 * Points that only entries are added to are **open**: X, Y and Z stay sums that are not carried, since what the next
 * addition needs is carried then anyhow. `open` begins with 0, the point (0, 1); `close` carries.
 */
function openPoints(code: Code): void {
  code.procedure('open(p: usize)', () => {
    for (const [offset, number] of [
      [X, 0n],
      [Y, 1n],
      [Z, 1n],
    ] as const) {
      storeSums(code, 'p', offset, sumsOf(code, number));
    }
    const zero = { name: code.constant(0n), bound: 0n };
    store(code, 'p', T, [zero, zero, zero, zero, zero]);
  });
  code.procedure('close(p: usize)', () => {
    code.line(`  for (const end = p + ${T}; p < end; p += ${ELEMENT}) {`);
    store(code, 'p', 0, carrySums(code, loadSums(code, 'p', 0)));
    code.line('  }');
  });
}

/**
 * Adds a table entry to each lane's open point (X, Y, Z, T at p): Hisil, Wong, Carter, Dawson 2008, section 4.2, for a
 * second point with Z = 1 given as (y + x)/2, (y - x)/2, d x y. Halved like this, D = 2 Z1 Z2 of the paper is Z1. A
 * negated entry has its first two elements exchanged and its third one's sign bits flipped.
 *
 * Sums and differences are formed before the carry: all factors are carried then, and nothing is carried twice.
 */
function addEntries(code: Code): void {
  const parameters = 'p: usize, e0: usize, negative0: i32, e1: usize, negative1: i32';
  code.procedure(`addEntries(${parameters})`, () => {
    // Half of the digits are negative, no processor can tell which: no branches.
    code.line('  const plus0 = e0 + 40 * negative0, minus0 = e0 + 40 - 40 * negative0;');
    code.line('  const plus1 = e1 + 40 * negative1, minus1 = e1 + 40 - 40 * negative1;');
    code.line('  const sign0 = i64x2.splat((<u64>negative0) << 63);');
    code.line('  const signs = i64x2.replace_lane(sign0, 1, (<u64>negative1) << 63);');
    const [x, y] = [loadSums(code, 'p', X), loadSums(code, 'p', Y)];
    const a = multiply(code, carrySums(code, minusSums(code, y, x)), gather(code, ['minus0', 'minus1'], 0));
    const b = multiply(code, carrySums(code, plusSums(code, y, x)), gather(code, ['plus0', 'plus1'], 0));
    const e = carrySums(code, minusSums(code, b, a));
    const h = carrySums(code, plusSums(code, b, a));
    const dxy = gather(code, ['e0', 'e1'], 80).map(({ name, bound }) => ({
      name: code.value(`v128.xor(${name}, signs)`),
      bound,
    }));
    const c = multiply(code, load(code, 'p', T), dxy);
    const z = loadSums(code, 'p', Z);
    const f = carrySums(code, minusSums(code, z, c));
    const g = carrySums(code, plusSums(code, z, c));
    storeSums(code, 'p', X, multiply(code, e, f));
    storeSums(code, 'p', Y, multiply(code, g, h));
    store(code, 'p', T, times(code, e, h));
    storeSums(code, 'p', Z, multiply(code, g, f));
  });
}

/**
 * Doubles one point n times, folded: [X|Y] at p and [Z|T] behind it, so that the two lanes work on one point.
 * Hisil, Wong, Carter, Dawson 2008, section 3.3, for a = -1, with E = 2 X Y. F and H are those of the paper negated, and
 * so are X, Y, Z and T, which is the same point.
 */
function doubleFolded(code: Code): void {
  code.procedure('doubleFolded(p: usize, n: i32)', () => {
    const xy = variables(code, 'x', 'p', XY);
    const zt = variables(code, 'z', 'p', ZT);
    code.line('  for (; n > 0; n--) {');
    const ab = square(code, xy);
    const zx = multiply(code, lanes(code, zt, xy, [0, 2]), lanes(code, zt, xy, [0, 3]));
    const ba = swapSums(code, ab);
    // [2 Z^2|E]; in lane 0 G = B - A, F = 2 Z^2 - G and H = A + B.
    const ze = plusSums(code, zx, zx);
    const g = minusSums(code, ba, ab);
    const products = fromEfgh(code, {
      eg: lanesOfSums(code, ze, g, [1, 2]),
      fh: lanesOfSums(code, minusSums(code, ze, g), plusSums(code, ab, ba), [0, 2]),
    });
    assign(code, xy, products.xy);
    assign(code, zt, products.zt);
    code.line('  }');
    store(code, 'p', XY, xy);
    store(code, 'p', ZT, zt);
  });
}

/**
 * r = p + c, or p - c, for a folded point p and a cached one: [Y - X|Y + X] and [2 Z|2 d T], both carried. Section 3.1
 * of the same paper. A negated c has the lanes of its first element exchanged and the second one's T negated.
 */
function addFolded(code: Code): void {
  code.procedure('addFolded(r: usize, p: usize, c: usize, negative: i32)', () => {
    code.line('  const exchanged = i64x2.splat(-(<i64>negative));');
    code.line('  const sign = i64x2.replace_lane(i64x2.splat(0), 1, (<u64>negative) << 63);');
    const xy = load(code, 'p', XY);
    const yx = swap(code, xy);
    const ends = lanes(code, minus(code, yx, xy), plus(code, yx, xy), [0, 2]);
    const kept = load(code, 'c', XY);
    const turned = swap(code, kept);
    const first = kept.map(({ name, bound }, i) => ({
      name: code.value(`v128.bitselect(${turned[i]?.name}, ${name}, exchanged)`),
      bound,
    }));
    const second = load(code, 'c', ZT).map(({ name, bound }) => ({
      name: code.value(`v128.xor(${name}, sign)`),
      bound,
    }));
    const ab = multiply(code, ends, first);
    const dc = multiply(code, load(code, 'p', ZT), second);
    const [ba, cd] = [swapSums(code, ab), swapSums(code, dc)];
    const products = fromEfgh(code, {
      eg: lanesOfSums(code, minusSums(code, ba, ab), plusSums(code, dc, cd), [0, 2]),
      fh: lanesOfSums(code, minusSums(code, dc, cd), plusSums(code, ba, ab), [0, 2]),
    });
    store(code, 'r', XY, products.xy);
    store(code, 'r', ZT, products.zt);
  });
}

/** X = E F, Y = G H, Z = F G, T = E H by two multiplications: [X|Y] = [E|G] [F|H], [Z|T] = [F|E] [G|H]. */
function fromEfgh(code: Code, sums: Record<'eg' | 'fh', Sum[]>) {
  const eg = carrySums(code, sums.eg);
  const fh = carrySums(code, sums.fh);
  const fe = lanes(code, fh, eg, [0, 2]);
  const gh = lanes(code, eg, fh, [1, 3]);
  return { xy: times(code, eg, fh), zt: times(code, fe, gh) };
}

function times(code: Code, a: readonly Limb[], b: readonly Limb[]): Limb[] {
  return carrySums(code, multiply(code, a, b));
}

function swapSums(code: Code, a: readonly Sum[]): Sum[] {
  return lanesOfSums(code, a, a, [1, 2]);
}

function swap(code: Code, a: readonly Limb[]): Limb[] {
  return lanes(code, a, a, [1, 2]);
}

/** One element of two table entries, one for each lane. */
function gather(code: Code, [lane0, lane1]: [string, string], offset: number): Limb[] {
  return Array.from({ length: 5 }, (_, i) => {
    const at = offset + 8 * i;
    const first = `v128.load64_zero(${lane0}, ${at})`;
    return { name: code.value(`v128.load64_lane(${lane1}, ${first}, 1, ${at})`), bound: CARRIED };
  });
}

/** Loads a carried element into variables that a loop changes. */
function variables(code: Code, letter: string, pointer: string, offset: number): Limb[] {
  return Array.from({ length: 5 }, (_, i) => {
    code.line(`  let ${letter}${i} = v128.load(${pointer}, ${offset + 16 * i});`);
    return { name: `${letter}${i}`, bound: CARRIED };
  });
}

function assign(code: Code, names: readonly Limb[], values: readonly Limb[]): void {
  for (const [i, { name, bound }] of names.entries()) {
    const value = values[i];
    if (!value || value.bound > bound) throw new RangeError('a loop would leave its bounds');
    code.line(`    ${name} = ${value.name};`);
  }
}
