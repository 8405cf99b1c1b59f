/** Checks that every element has a test of its own which asserts that it is accessible. */
import { globSync, readFileSync } from 'node:fs';
import { root } from './run.ts';

process.chdir(root);

const tags = globSync('src/**/*.ts').flatMap(file =>
  [...readFileSync(file, 'utf8').matchAll(/@customElement\('([\w-]+)'\)/g)].map(([, tag = '']) => ({
    tag,
    file,
  })),
);

/** The tests of one thing each, from their title on, that assert accessibility. */
const tests = globSync('test/unit/**/*.test.ts')
  .flatMap(file => readFileSync(file, 'utf8').split(/^(?=describe\()/m))
  .filter(test => test.startsWith('describe(') && test.includes('to.be.accessible()'));

const problems = tags
  .filter(({ tag }) => !tests.some(test => new RegExp(`<${tag}(?![\\w-])`).test(test)))
  .map(({ tag, file }) => `${file}: no test names <${tag}> and asserts to.be.accessible()`);

if (tags.length === 0) problems.push('no element was looked at');
for (const problem of problems) console.error(problem);
console.log(`elements: ${tags.length}, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
