import { type Measurement, median, medianOf } from '../lines/measurement.ts';
import { nodeVersion, ownVersion } from '../lines/versions.ts';
import { inBenchPage } from './bench-page.ts';
import type { ColdName, ColdStart, ColdStarts } from './cold.ts';
import { coldStartsInNode } from './verify-node.ts';

const ROUNDS = 30;

/** How long each build takes from its bytes to its first answer, and after how many signatures that has paid. */
export async function measureColdStarts(): Promise<Measurement[]> {
  const lines: Measurement[] = [];
  for (const browser of ['chromium', 'firefox'] as const) {
    await inBenchPage(browser, async ({ coldStarts, version }) => {
      lines.push(...linesOf(browser, await coldStarts(ROUNDS), `WebCrypto of ${version}`));
    });
  }
  return [...lines, ...linesOf('node', await coldStartsInNode(ROUNDS), `crypto.verify of ${nodeVersion}`)];
}

const names: readonly ColdName[] = ['fma-5', 'fma-8', 'simd-5', 'simd-8'];

function linesOf(engine: string, starts: ColdStarts, rival: string): Measurement[] {
  return names.flatMap(name => {
    const [own, of] = [`${ownVersion}: ${name}`, starts[name]];
    const first = of.map(start => start.compileMs + start.instantiateMs + start.tablesMs + start.firstMs);
    return [
      medianOf(first, {
        name: `cold.${engine}-first-answer-${name}`,
        unit: 'ms',
        contenders: [own],
        notes: parts.map(([part, what]) => `${what} ${median(of.map(start => start[part])).toFixed(2)} ms`),
      }),
      medianOf(
        of.map(({ breakEven }) => breakEven),
        { name: `cold.${engine}-break-even-${name}`, unit: 'signatures', contenders: [own, rival] },
      ),
    ];
  });
}

const parts: readonly (readonly [keyof ColdStart, string])[] = [
  ['compileMs', 'compile'],
  ['instantiateMs', 'instantiate'],
  ['tablesMs', 'tables of a key'],
  ['firstMs', 'first signature'],
];
