/** What must be green before each commit: format, lint, types, layers, the test vectors and the unit tests. */
import { run } from './run.ts';

// The other browsers are the matter of `npm test`: what is run before each commit has to be quick.
process.env.LATCHKEY_BROWSERS ??= 'chromium';

const steps: [name: string, command: string, ...args: string[]][] = [
  ['format and lint', 'biome', 'check', '--error-on-warnings'],
  ['types', 'node', 'scripts/types.ts'],
  ['layers', 'node', 'scripts/layers.ts'],
  ['elements', 'node', 'scripts/elements.ts'],
  ['vectors', 'node', 'scripts/test.ts', 'vectors'],
  ['unit tests', 'node', 'scripts/test.ts', 'unit'],
];

let failed = 0;
for (const [name, command, ...args] of steps) {
  const { code, output, seconds } = await run(command, args);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
  if (code === 0) continue;
  failed += 1;
  console.log(output);
}
process.exitCode = failed > 0 ? 1 : 0;
