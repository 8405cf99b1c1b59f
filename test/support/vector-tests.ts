import { expect as assert } from '@open-wc/testing';
import { fromBase64url } from '../../src/bytes/base64url.ts';
import type { Crypto } from '../../src/crypto/crypto.ts';
import { countMutations, tryMutations } from './mutations.ts';
import { outcomeOf, readerOf, type VectorFile } from './vector-reader.ts';

const names = [
  'activation-request',
  'carriers',
  'container',
  'deactivation',
  'encoding',
  'license',
  'receipt',
  'refusal',
  'root-change',
  'trust-bundle',
  'usage-report',
];

const files = await Promise.all(names.map(async name => ({ name, vectors: await load(name) })));

async function load(name: string): Promise<VectorFile> {
  const response = await fetch(new URL(`../vectors/${name}.json`, import.meta.url));
  return response.json();
}

/**
 * Defines the tests of all vectors on one crypto backend. What a device reads is mutated here, in the browser; what a
 * portal reads is mutated in Node, by test/vectors/faults.
 */
export function describeVectors(backend: string, crypto: Crypto): void {
  describe(`the vectors on ${backend}`, () => {
    for (const { name, vectors } of files) {
      it(`are read as ${name}.json expects`, async () => {
        const read = await readerOf(vectors, { crypto });
        for (const { name, file, expect } of vectors.tests) {
          assert(await outcomeOf(read, fromBase64url(file)), name).to.equal(expect);
        }
      });
    }
  });

  describe(`each cut and each flipped bit of the vectors on ${backend}`, () => {
    for (const { name, vectors } of files.filter(({ vectors }) => vectors.reader === 'device')) {
      const sound = vectors.tests.filter(({ expect }) => expect === 'success');
      const mutated = sound.map(({ file }) => fromBase64url(file));
      const count = mutated.reduce((sum, file) => sum + countMutations(file), 0);

      it(`is refused: ${count} mutated inputs of ${name}.json`, async function () {
        this.timeout(300_000);
        const read = await readerOf(vectors, { crypto });
        let tried = 0;
        for (const file of mutated) tried += await tryMutations(read, file);
        assert(tried).to.equal(count);
      });
    }
  });
}
