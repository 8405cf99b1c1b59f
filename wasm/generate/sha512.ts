import { Code, hex } from './code.ts';

const BITS = 64n;

/**
 * The compression function of SHA-512 (FIPS 180-4, section 6.4.2), sixteen rounds unrolled: the eight working
 * variables change their names instead of their places, and the message schedule stays in sixteen variables.
 */
export function sha512Blocks(): string {
  const code = new Code();
  const primes = firstPrimes(80);
  const table = (name: string, words: readonly bigint[]) =>
    code.line(`export const ${name}: usize = memory.data<u64>([${words.map(hex).join(', ')}], 16);`);
  table(
    'ROUND_CONSTANTS',
    primes.map(prime => rootFraction(prime, 3n)),
  );
  table(
    'INITIAL_STATE',
    primes.slice(0, 8).map(prime => rootFraction(prime, 2n)),
  );
  // Compresses count blocks of 128 bytes at p into the state.
  code.procedure('compress(state: usize, p: usize, count: i32)', () => {
    const state = [...'abcdefgh'];
    for (const [i, name] of state.entries()) code.line(`  let ${name}0 = load<u64>(state, ${8 * i});`);
    code.line('  for (; count > 0; count--, p += 128) {');
    for (const name of state) code.line(`    let ${name} = ${name}0;`);
    for (let t = 0; t < 16; t += 1) code.line(`    let w${t} = bswap<u64>(load<u64>(p, ${8 * t}));`);
    code.line('    for (let k = ROUND_CONSTANTS; ; k += 128) {');
    for (let t = 0; t < 16; t += 1)
      round(
        code,
        state.map((_, i) => state[(i - t + 16) % 8] ?? ''),
        t,
      );
    code.line('      if (k == ROUND_CONSTANTS + 512) break;');
    for (let t = 0; t < 16; t += 1) schedule(code, t);
    code.line('    }');
    for (const name of state) code.line(`    ${name}0 += ${name};`);
    code.line('  }');
    for (const [i, name] of state.entries()) code.line(`  store<u64>(state, ${name}0, ${8 * i});`);
  });
  return code.text('The compression function of SHA-512.');
}

/** Steps 3 of the standard, for names that have been rotated: T1 ends in h, which is the next round's a. */
function round(code: Code, names: string[], t: number): void {
  const [a, b, c, d, e, f, g, h] = names;
  const sum1 = `(rotr(${e}, 14) ^ rotr(${e}, 18) ^ rotr(${e}, 41))`;
  const choice = `(${g} ^ (${e} & (${f} ^ ${g})))`;
  const sum0 = `(rotr(${a}, 28) ^ rotr(${a}, 34) ^ rotr(${a}, 39))`;
  const majority = `((${a} & ${b}) | (${c} & (${a} | ${b})))`;
  code.line(`      ${h} += ${sum1} + ${choice} + load<u64>(k, ${8 * t}) + w${t};`);
  code.line(`      ${d} += ${h}; ${h} += ${sum0} + ${majority};`);
}

function schedule(code: Code, t: number): void {
  const w = (index: number) => `w${index % 16}`;
  const sigma0 = `(rotr(${w(t + 1)}, 1) ^ rotr(${w(t + 1)}, 8) ^ (${w(t + 1)} >> 7))`;
  const sigma1 = `(rotr(${w(t + 14)}, 19) ^ rotr(${w(t + 14)}, 61) ^ (${w(t + 14)} >> 6))`;
  code.line(`      ${w(t)} += ${sigma0} + ${w(t + 9)} + ${sigma1};`);
}

function firstPrimes(count: number): bigint[] {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < count; n += 1n) {
    if (primes.every(prime => n % prime !== 0n)) primes.push(n);
  }
  return primes;
}

/** The first 64 bits of the fractional part of the root of a prime. */
function rootFraction(prime: bigint, degree: bigint): bigint {
  const scaled = prime << (BITS * degree);
  let root = 0n;
  for (let bit = 1n << (BITS + 8n); bit > 0n; bit >>= 1n) {
    if ((root + bit) ** degree <= scaled) root += bit;
  }
  return BigInt.asUintN(64, root);
}
