import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { withExamples } from './examples.ts';
import { vectorSets } from './sets/all.ts';
import { userVectorsText } from './users.ts';
import { vectorFiles } from './vector-files.ts';
import { vectorText } from './vector-json.ts';

const schema = JSON.parse(readFileSync(new URL('vectors.schema.json', import.meta.url), 'utf8'));
const matchesSchema = new Ajv2020().compile(schema);

describe('node test/vectors/generate.ts', () => {
  it('has made each file of vectors that is there', () => {
    const made = Object.keys(vectorSets).map(name => `${name}.json`);
    assert.deepEqual(vectorFiles.map(({ name }) => name).sort(), made.sort());
  });

  for (const [name, set] of Object.entries(vectorSets)) {
    it(`makes the same ${name}.json again`, () => {
      const there = vectorFiles.find(file => file.name === `${name}.json`);
      assert.ok(there?.text === vectorText(set), 'run node test/vectors/generate.ts');
    });
  }

  it('makes the same credentials/users.json again', () => {
    const text = readFileSync(new URL('credentials/users.json', import.meta.url), 'utf8');
    assert.ok(text === userVectorsText, 'run node test/vectors/generate.ts');
  });

  it('makes the same examples in FORMAT.md again', () => {
    const text = readFileSync(new URL('../../FORMAT.md', import.meta.url), 'utf8');
    assert.ok(withExamples(text) === text, 'run node test/vectors/generate.ts');
  });
});

describe('vectors.schema.json', () => {
  for (const { name, vectors } of vectorFiles) {
    it(`describes ${name}`, () => {
      assert.ok(matchesSchema(vectors), JSON.stringify(matchesSchema.errors));
    });
  }

  it('refuses a test without a file', () => {
    const [first] = vectorFiles;
    assert.equal(matchesSchema({ ...first?.vectors, tests: [{ name: 'a', expect: 'success' }] }), false);
  });
});
