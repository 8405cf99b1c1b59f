/**
 * Measures what the project promises, as ratios inside one interleaved run, since absolute times swing by half on
 * shared machines: `npm run bench [-- --only PREFIX] [--json FILE]`. Fails when a line misses its gate.
 */
import { parseArgs } from 'node:util';
import { run } from '../../scripts/run.ts';
import { measureApp } from './app/measure-app.ts';
import { measureFiles } from './files.ts';
import type { Measurement } from './lines/measurement.ts';
import { head, missesGate, row, writeJson } from './lines/report.ts';
import { measureBatch } from './portal/batch.ts';
import { measureExchange } from './portal/exchange.ts';
import { measureStick } from './portal/stick.ts';
import { measureColdStarts } from './verify/cold-lines.ts';
import { measureLicenseCheck, measureVerify } from './verify/verify.ts';
import { measureWasm } from './wasm-size.ts';

interface Group {
  /** Beginning of the names of its lines. */
  readonly prefix: string;
  /** Measures what is built. */
  readonly needsBuild?: boolean;
  measure(): Promise<Measurement[]>;
}

const groups: readonly Group[] = [
  { prefix: 'file.', measure: measureFiles },
  { prefix: 'wasm.', measure: measureWasm },
  { prefix: 'verify.', measure: measureVerify },
  { prefix: 'license.', measure: measureLicenseCheck },
  { prefix: 'cold.', measure: measureColdStarts },
  { prefix: 'app.', needsBuild: true, measure: measureApp },
  { prefix: 'portal.exchange', needsBuild: true, measure: measureExchange },
  { prefix: 'portal.batch', needsBuild: true, measure: measureBatch },
  { prefix: 'stick.', needsBuild: true, measure: measureStick },
];

const { values: asked } = parseArgs({
  options: { only: { type: 'string', default: '' }, json: { type: 'string' } },
});
const chosen = groups.filter(({ prefix }) => prefix.startsWith(asked.only) || asked.only.startsWith(prefix));
const lines: Measurement[] = [];

if (chosen.some(({ needsBuild }) => needsBuild)) await build();
console.log(head());
for (const { measure } of chosen) {
  for (const line of await measure()) {
    if (!line.name.startsWith(asked.only)) continue;
    lines.push(line);
    console.log(row(line));
  }
}

console.log();
for (const { name, contenders, notes } of lines)
  console.log(`${name}: ${[...contenders, ...notes].join('; ')}`);
if (asked.json) writeJson(asked.json, lines);
if (lines.length === 0) console.error(`no line begins with ${asked.only}`);
process.exitCode = lines.length === 0 || lines.some(missesGate) ? 1 : 0;

async function build(): Promise<void> {
  const { code, output } = await run(process.execPath, ['scripts/build.ts']);
  if (code !== 0) throw new Error(output);
}
