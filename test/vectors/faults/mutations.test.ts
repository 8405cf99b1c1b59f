import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { fromBase64url } from '../../../src/bytes/base64url.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { countMutations, tryMutations } from '../../support/mutations.ts';
import { readerOf } from '../../support/vector-reader.ts';
import { vectorFiles } from '../vector-files.ts';

/** What a device reads is mutated in the browser, by test/unit/vectors. */
const portalFiles = vectorFiles.filter(({ vectors }) => vectors.reader === 'portal');

function countOf(files: typeof vectorFiles): number {
  const sound = files.flatMap(({ vectors }) => vectors.tests.filter(({ expect }) => expect === 'success'));
  return sound.reduce((sum, { file }) => sum + countMutations(fromBase64url(file)), 0);
}

after(() => {
  const here = countOf(portalFiles);
  const inBrowser = countOf(vectorFiles) - here;
  process.stdout.write(`${here} mutated inputs tried here, ${inBrowser} on each backend in the browser\n`);
});

for (const { name, vectors } of portalFiles) {
  describe(`each cut and each flipped bit of test/vectors/${name}`, async () => {
    const read = await readerOf(vectors, { crypto: webCrypto() });
    for (const { name, file } of vectors.tests.filter(({ expect }) => expect === 'success')) {
      const count = countMutations(fromBase64url(file));
      it(`is refused: ${count} mutated inputs of ${name}`, async () => {
        assert.equal(await tryMutations(read, fromBase64url(file)), count);
      });
    }
  });
}
