/**
 * Writes test/vectors/*.json and the examples in FORMAT.md. The same bytes come out each time; a test compares them.
 * Run with Node 24: `node test/vectors/generate.ts`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { withExamples } from './examples.ts';
import { recoveryVectorsText } from './recovery-files.ts';
import { vectorSets } from './sets/all.ts';
import { userVectorsText } from './users.ts';
import { vectorText } from './vector-json.ts';

const here = new URL('.', import.meta.url);
const specification = new URL('../../FORMAT.md', here);

for (const [name, set] of Object.entries(vectorSets)) {
  writeFileSync(new URL(`${name}.json`, here), vectorText(set));
}
writeFileSync(new URL('credentials/users.json', here), userVectorsText);
mkdirSync(new URL('recovery/', here), { recursive: true });
writeFileSync(new URL('recovery/files.json', here), recoveryVectorsText);
writeFileSync(specification, withExamples(readFileSync(specification, 'utf8')));
