/**
 * Checks which folder imports which (.dependency-cruiser.cjs), and that only src/crypto/ names the browser's
 * cryptography: everything else takes a `Crypto` object. The server has its own on node:crypto.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { root } from './run.ts';

process.chdir(root);
const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const folders = ['src', 'examples', 'scripts', 'vite.config.ts'].filter(folder => existsSync(folder));
const { output } = await cruise(folders, { ...config.options, ruleSet: config, validate: true });
const { summary } = output as ICruiseResult;

const problems = summary.violations.map(({ rule, from, to, cycle }) => {
  const target = cycle ? cycle.map(step => step.name).join(' → ') : to;
  const why = config.forbidden.find((each: { name: string }) => each.name === rule.name)?.comment;
  return `${rule.name}: ${from} → ${target}${why ? `\n    ${why}` : ''}`;
});

const layers = config.forbidden.map(({ name }: { name: string }) => name.replace(/^layer-/, ''));
for (const file of globSync('src/**/*.ts')) {
  const layer = /^src\/([^/.]+)/.exec(file)?.[1];
  if (!layers.includes(layer)) problems.push(`no-layer: ${file}: name its folder in .dependency-cruiser.cjs`);
}

const cryptoNames = /\bcrypto\s*\.\s*subtle\b|\bgetRandomValues\b|\brandomUUID\b|\bWebAssembly\s*\./;
for (const file of globSync('{src,examples}/**/*.ts')) {
  if (/^src\/(crypto|server)\//.test(file)) continue;
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      const name = cryptoNames.exec(line)?.[0];
      if (name) problems.push(`crypto-names: ${file}:${index + 1} names ${name}; only src/crypto/ may`);
    });
}

if (summary.totalCruised === 0) problems.push('no module was looked at');
for (const problem of problems) console.error(problem);
console.log(`layers: ${summary.totalCruised} modules, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
