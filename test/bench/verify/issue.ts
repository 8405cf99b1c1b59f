import { compileAsWritten, generateModules } from '../../../wasm/generate/main.ts';
import type { IssueLoop } from './verify-page.ts';

/** Table additions of a verification with digits of 8 bits. */
const ADDITIONS = 32;

/** Where the vector operations of a table addition stand: a generated function, and how often an addition calls it. */
const additions = {
  fma: { module: 'field-fma.ts', procedure: 'addEntries', times: 1 },
  simd: { module: 'multiply-simd.ts', procedure: 'multiply', times: 7 },
} as const;

/** Chains that do not wait for each other, as many as an engine has registers for beside x, y and z. */
const CHAINS = 12;

/** How a loop issues an operation again: on a chain and what never changes, x and y doubles, z integers. */
const issued: Readonly<Record<string, (chain: string) => string>> = {
  'f64x2.relaxed_madd': chain => `f64x2.relaxed_madd(x, y, ${chain})`,
  'f64x2.add': chain => `f64x2.add(${chain}, x)`,
  'f64x2.sub': chain => `f64x2.sub(${chain}, x)`,
  'i64x2.add': chain => `i64x2.add(${chain}, z)`,
  'i64x2.sub': chain => `i64x2.sub(${chain}, z)`,
  'i64x2.shl': chain => `i64x2.shl(${chain}, 1)`,
  'i64x2.shr_u': chain => `i64x2.shr_u(${chain}, 1)`,
  'i64x2.extmul_low_i32x4_s': chain => `i64x2.extmul_low_i32x4_s(${chain}, z)`,
  'i32x4.add': chain => `i32x4.add(${chain}, z)`,
  'i32x4.sub': chain => `i32x4.sub(${chain}, z)`,
  'i32x4.mul': chain => `i32x4.mul(${chain}, z)`,
  'i32x4.shuffle': chain => `i32x4.shuffle(${chain}, z, 0, 2, 4, 6)`,
  'v128.and': chain => `v128.and(${chain}, z)`,
  'v128.or': chain => `v128.or(${chain}, z)`,
  'v128.xor': chain => `v128.xor(${chain}, z)`,
};

/**
 * A module whose `run(n)` issues the vector operations of n table additions, counted in the code that wasm/generate
 * wrote, in the same order, but with nothing to wait for, to load or to store: as fast as this machine can.
 */
export async function issueLoop(build: keyof typeof additions): Promise<IssueLoop> {
  const { module, procedure, times } = additions[build];
  const once = operationsOf(generateModules()[module] ?? '', procedure);
  const operations = Array.from({ length: times }, () => once).flat();
  const wasm = await compileAsWritten(build, loopOf(operations));
  return { wasm: [...wasm], additions: ADDITIONS, operations: ADDITIONS * operations.length };
}

/** The names of the operations in a generated function, without loads, stores and what only arranges arguments. */
function operationsOf(text: string, procedure: string): string[] {
  const [, body = ''] = text.split(`export function ${procedure}(`);
  const [, vectors = ''] = /^([\s\S]*?)\n\}/.exec(body) ?? [];
  const names = [...vectors.matchAll(/\b(?:f64x2|i64x2|i32x4|v128)\.\w+/g)].map(([name]) => name);
  const operations = names.filter(name => !/\.(?:load|store|splat|replace_lane)/.test(name));
  if (operations.length === 0) throw new TypeError(`found no operation in ${procedure}`);
  return operations;
}

function loopOf(operations: readonly string[]): string {
  const isDouble = (name: string) => name.startsWith('f64x2');
  const share = operations.filter(isDouble).length / operations.length;
  const doubles = Math.round(CHAINS * share);
  const chains = Array.from({ length: CHAINS }, (_, i) => `chain${i}`);
  const turns = { double: 0, integer: 0 };
  const lines = operations.map(name => {
    const turn = isDouble(name) ? turns.double++ % doubles : doubles + (turns.integer++ % (CHAINS - doubles));
    const again = issued[name];
    if (!again) throw new TypeError(`knows no ${name}`);
    return `    chain${turn} = ${again(`chain${turn}`)};`;
  });
  return [
    'const ROOM: usize = memory.data(256, 16);',
    'export function run(n: i32): void {',
    '  const x = v128.load(ROOM), y = v128.load(ROOM, 16), z = v128.load(ROOM, 32);',
    ...chains.map(chain => `  let ${chain} = v128.load(ROOM, 48);`),
    '  for (; n > 0; n--) {',
    ...lines,
    '  }',
    ...chains.map((chain, i) => `  v128.store(ROOM, ${chain}, ${64 + 16 * i});`),
    '}',
  ].join('\n');
}
