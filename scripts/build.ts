/** Builds the verifier of wasm/, then the apps named on the command line, or all, each into its own folder of dist/. */
import { run } from './run.ts';

const all = ['device', 'portal', 'console', 'sample', 'single'];
const asked = process.argv.slice(2);
const wasm = await run(process.execPath, ['scripts/wasm.ts']);
if (wasm.code !== 0) throw new Error(wasm.output);
console.log(`built wasm/build (${wasm.seconds.toFixed(1)} s)`);
const results = await Promise.all(
  (asked.length > 0 ? asked : all).map(async mode => ({
    mode,
    ...(await run('vite', ['build', '--mode', mode])),
  })),
);
for (const { mode, code, output, seconds } of results) {
  console.log(`${code === 0 ? 'built' : 'FAILED'} dist/${mode} (${seconds.toFixed(1)} s)`);
  if (code !== 0) console.error(output);
}
process.exitCode = results.some(({ code }) => code !== 0) ? 1 : 0;
