import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fromBase64url } from '../../src/bytes/base64url.ts';
import { fromHex } from '../../src/bytes/hex.ts';
import { webCrypto } from '../../src/crypto/web.ts';
import { FILE_ERROR_CODES } from '../../src/errors.ts';
import { hpkeOpener } from '../../src/server/keys/hpke-opener.ts';
import { p256PrivateKey } from '../../src/server/keys/key-objects.ts';
import { nodeCrypto } from '../../src/server/keys/node-crypto.ts';
import { outcomeOf, type ReaderCrypto, readerOf } from '../support/vector-reader.ts';
import { vectorFiles } from './vector-files.ts';

/** What a device verifies with, and what a portal opens and verifies with. */
const backends: ({ backend: string } & ReaderCrypto)[] = [
  { backend: 'WebCrypto', crypto: webCrypto() },
  {
    backend: 'node:crypto',
    crypto: nodeCrypto(),
    openerOf: key => hpkeOpener(p256PrivateKey(fromHex(key.private))),
  },
];

for (const { name, vectors } of vectorFiles) {
  for (const { backend, ...reading } of backends) {
    describe(`test/vectors/${name} on ${backend}`, async () => {
      const read = await readerOf(vectors, reading);
      for (const { name, file, expect } of vectors.tests) {
        it(`${name}: ${expect}`, async () => {
          assert.equal(await outcomeOf(read, fromBase64url(file)), expect);
        });
      }
    });
  }
}

describe('the vectors', () => {
  const tests = vectorFiles.flatMap(({ vectors }) => vectors.tests);

  it('have at least one test for each file code', () => {
    const expected = new Set(tests.map(({ expect }) => expect));
    const missing = FILE_ERROR_CODES.filter(code => !expected.has(code));
    assert.deepEqual(missing, []);
  });

  it('expect nothing but success, skipped and file codes', () => {
    const known = new Set<string>([...FILE_ERROR_CODES, 'success', 'skipped']);
    const unknown = tests.filter(({ expect }) => !known.has(expect));
    assert.deepEqual(unknown, []);
  });
});
