import { after, describe, it } from 'node:test';
import { fromBase64url } from '../../../src/bytes/base64url.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { tryMutations } from '../../support/mutations.ts';
import { readerOf } from '../../support/vector-reader.ts';
import { vectorFiles } from '../vector-files.ts';

let tried = 0;

for (const { name, vectors } of vectorFiles) {
  describe(`each cut and each flipped bit of test/vectors/${name}`, async () => {
    const read = await readerOf(vectors, webCrypto());
    for (const { name, file } of vectors.tests.filter(({ expect }) => expect === 'success')) {
      it(`is refused: ${name}`, async () => {
        tried += await tryMutations(read, fromBase64url(file));
      });
    }
  });
}

after(() => {
  process.stdout.write(`${tried} mutated inputs tried\n`);
});
