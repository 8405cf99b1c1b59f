/**
 * Reduction of 512 bits modulo L = 2^252 + c, as in ref10: 24 limbs of 21 bits; 2^252 is -c, so that a limb from the
 * twelfth on is taken away and six lower ones get its multiples. The bound of each limb is followed through every
 * step, and nothing is generated that could leave 63 bits.
 */
import { Code } from './code.ts';

const LIMBS = 24;
const KEPT = 12;
const WIDTH = 21n;
/** -c = -(L - 2^252) in limbs of 21 bits, with signs. */
const MULTIPLES = [666643n, 470296n, 654183n, -997805n, 136657n, -683901n];
const L_LOW = 27742317777372353535851937790883648493n;

/** The module with `reduce`. */
export function reduceModL(): string {
  const sum = MULTIPLES.reduce((total, multiple, j) => total + (multiple << (WIDTH * BigInt(j))), 0n);
  if (sum !== -L_LOW) throw new RangeError('the multiples are not those of L');
  const code = new Code();
  // Writes the 64 bytes at s, a little-endian number, modulo L as 32 bytes; all is read before anything is written.
  code.procedure('reduce(d: usize, s: usize)', () => {
    const limbs = new Limbs(code);
    for (let i = 23; i >= 18; i -= 1) limbs.fold(i);
    for (const i of [6, 8, 10, 12, 14, 16, 7, 9, 11, 13, 15]) limbs.carry(i, 'nearest');
    for (let i = 17; i >= 12; i -= 1) limbs.fold(i);
    for (const i of [0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]) limbs.carry(i, 'nearest');
    limbs.fold(12);
    for (let i = 0; i < KEPT; i += 1) limbs.carry(i, 'down');
    limbs.fold(12);
    for (let i = 0; i < KEPT - 1; i += 1) limbs.carry(i, 'down');
    for (let word = 0; word < 4; word += 1) code.line(`  store<u64>(d, ${pack(word)}, ${8 * word});`);
  });
  return code.text('Reduction modulo the order L.');
}

class Limbs {
  readonly #code: Code;
  readonly #bounds: bigint[] = [];

  constructor(code: Code) {
    this.#code = code;
    for (let i = 0; i < LIMBS; i += 1) {
      code.line(`  let s${i} = <i64>(${unpack(i)});`);
      this.#bounds.push(1n << (i === LIMBS - 1 ? 29n : WIDTH));
    }
    code.line('  let c: i64 = 0;');
  }

  /** Replaces limb i by what it is worth in the limbs twelve to seven below it. */
  fold(i: number): void {
    for (const [j, multiple] of MULTIPLES.entries()) {
      const to = i - KEPT + j;
      this.#code.line(`  s${to} += s${i} * ${multiple};`);
      this.#grow(to, this.#bound(i) * (multiple < 0n ? -multiple : multiple));
    }
    this.#code.line(`  s${i} = 0;`);
    this.#bounds[i] = 0n;
  }

  /** Moves what exceeds 21 bits up: to the nearest, or downwards, which leaves limbs of no sign. */
  carry(i: number, rounding: 'nearest' | 'down'): void {
    const half = rounding === 'nearest' ? ` + ${1n << (WIDTH - 1n)}` : '';
    this.#code.line(`  c = (s${i}${half}) >> ${WIDTH}; s${i + 1} += c; s${i} -= c << ${WIDTH};`);
    this.#grow(i + 1, (this.#bound(i) >> WIDTH) + 1n);
    this.#bounds[i] = 1n << (rounding === 'nearest' ? WIDTH - 1n : WIDTH);
  }

  #bound(i: number): bigint {
    return this.#bounds[i] ?? 0n;
  }

  #grow(i: number, by: bigint): void {
    const bound = this.#bound(i) + by;
    if (bound >= 1n << 62n) throw new RangeError('a limb may overflow');
    this.#bounds[i] = bound;
  }
}

/** Bits 21 i and on of the 512 at s; the last limb has what is left, 29 bits. */
function unpack(i: number): string {
  const bit = 21 * i;
  if (i === LIMBS - 1) return `load<u64>(s, 56) >> ${bit - 448}`;
  const byte = Math.min(bit >> 3, 56);
  return `(load<u64>(s, ${byte}) >> ${bit - 8 * byte}) & ${(1n << WIDTH) - 1n}`;
}

/** The 64-bit word of the twelve limbs, which no longer overlap. */
function pack(word: number): string {
  const parts: string[] = [];
  for (let i = 0; i < KEPT; i += 1) {
    const place = 21 * i - 64 * word;
    if (place <= -21 || place >= 64) continue;
    parts.push(place >= 0 ? `(<u64>s${i} << ${place})` : `(<u64>s${i} >> ${-place})`);
  }
  return parts.join(' | ');
}
