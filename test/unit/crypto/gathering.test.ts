import { expect } from '@open-wc/testing';
import { type Bytes, utf8 } from '../../../src/bytes/bytes.ts';
import { fromHex } from '../../../src/bytes/hex.ts';
import type { Crypto, Signed } from '../../../src/crypto/crypto.ts';
import { Gathering } from '../../../src/crypto/ed25519/gathering.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { testIssuer } from '../../support/keys.ts';

const issuers = [testIssuer(1), testIssuer(2)];
const SMALL_ORDER = fromHex(`01${'00'.repeat(31)}`);

interface Question extends Signed {
  readonly publicKey: Bytes;
}

/** Good signatures, of one issuer and the other in turn. */
const good: readonly Question[] = await Promise.all(
  Array.from({ length: 9 }, async (_, index) => {
    const issuer = issuers[index % 2] ?? testIssuer(1);
    const message = utf8(`message ${index}`);
    return { publicKey: issuer.publicKey, message, signature: await issuer.signer.sign(message) };
  }),
);

/** The answer, or the code of the error. */
async function answerOf(
  crypto: Pick<Crypto, 'verifyEd25519'>,
  { publicKey, signature, message }: Question,
): Promise<boolean | string> {
  let answer = false;
  const code = await codeOfAsync(async () => {
    answer = await crypto.verifyEd25519(publicKey, signature, message);
  });
  return code ?? answer;
}

/** What may be wrong with a question. */
const faults: Readonly<Record<string, (question: Question) => Question>> = {
  'another message': question => ({ ...question, message: utf8('another') }),
  'a signature that is too short': question => ({ ...question, signature: question.signature.slice(1) }),
  'a key of small order': question => ({ ...question, publicKey: SMALL_ORDER }),
  'a key that is too short': question => ({ ...question, publicKey: question.publicKey.slice(1) }),
  'a message past the room of WebAssembly': question => ({ ...question, message: new Uint8Array(200_000) }),
};

for (const backend of ['webcrypto', 'wasm-fma', 'wasm-simd', 'noble', 'auto'] as const) {
  describe(`asking for many signatures at once: ${backend}`, () => {
    for (const [name, spoil] of Object.entries(faults)) {
      if (backend.startsWith('wasm') && name.startsWith('a message past')) continue;
      it(`answers as for each alone, with ${name} at each place`, async () => {
        const crypto = webCrypto({ ed25519: backend });
        await crypto.prepare(issuers.map(issuer => issuer.publicKey));
        for (const [bad] of good.entries()) {
          const asked = good.map((question, index) => (index === bad ? spoil(question) : question));
          const alone: (boolean | string)[] = [];
          for (const question of asked) alone.push(await answerOf(crypto, question));
          const together = await Promise.all(asked.map(question => answerOf(crypto, question)));
          expect(together).to.deep.equal(alone);
          expect(together.filter(answer => answer === true).length).to.equal(good.length - 1);
        }
      });
    }
  });
}

describe('Gathering', () => {
  it('makes one list for each key of what is asked together, and another one afterwards', async () => {
    const lists: number[] = [];
    const gathering = new Gathering(async (_key, list) => {
      lists.push(list.length);
      return list.map(() => true);
    });
    const askAll = () => Promise.all(good.map(question => gathering.verify(question.publicKey, question)));
    await Promise.all([askAll(), askAll()]);
    expect(lists).to.deep.equal([10, 8]);
    await askAll();
    expect(lists).to.deep.equal([10, 8, 5, 4]);
  });
});
