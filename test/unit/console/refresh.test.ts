import { expect } from '@open-wc/testing';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { fromHex } from '../../../src/bytes/hex.ts';
import { checkRefresh } from '../../../src/console/refresh/checked-refresh.ts';
import type { Ed25519Backend } from '../../../src/crypto/ed25519/choice.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { AnswerReader } from '../../../src/platform/answer-reader.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { testIssuer } from '../../support/keys.ts';
import { licenseAnswer, loadTestTrust, receiptAnswer, refusalAnswer } from '../../support/portal-files.ts';
import { idOf } from './samples.ts';

/** What a server could send that is no refresh file for the device. */
const bad: Readonly<Record<string, (number: number) => Promise<Bytes>>> = {
  'of another issuer': number => refresh(number, testIssuer(9)),
  'of another activation': number => refresh(number + 1),
  'a receipt': number => receiptAnswer(number),
  'a refusal': number => refusalAnswer(number, 'NO_SEATS_LEFT'),
  'cut short': async number => (await refresh(number)).slice(0, -1),
  'a web page': async () => new TextEncoder().encode('<!doctype html>'),
};

describe('checkRefresh()', () => {
  for (const ed25519 of ['webcrypto', 'wasm-fma', 'wasm-simd', 'noble', 'auto'] as const) {
    it(`verifies many as one list, whatever place the one has that is bad: ${ed25519}`, async () => {
      const answers = readerWith(ed25519);
      const good = await Promise.all(Array.from({ length: 5 }, (_, number) => refresh(number)));
      for (const [name, make] of Object.entries(bad)) {
        for (const place of good.keys()) {
          const spoiled = await make(place);
          const files = good.map((file, number) => (number === place ? spoiled : file));
          const codes = await Promise.all(
            files.map((file, number) => codeOfAsync(() => checkRefresh(file, idOf(number), answers))),
          );
          const expected = good.map((_, number) => (number === place ? 'REFRESH_NOT_VERIFIED' : null));
          expect(codes, name).to.deep.equal(expected);
        }
      }
      if (ed25519 !== 'auto') expect(answers.engine).to.equal(ed25519);
    });
  }

  it('says how the license stands, and that the server is away when it does not say whom to believe', async () => {
    const file = await licenseAnswer(1, { activationId: fromHex(idOf(1)), licenseState: 'blocked' });
    expect(await checkRefresh(file, idOf(1), readerWith('auto'))).to.include({ licenseState: 'blocked' });
    const answers = new AnswerReader({
      crypto: webCrypto(),
      loadTrust: async () => Promise.reject(new TypeError('no network')),
      unreachable: 'SERVER_UNREACHABLE',
    });
    expect(await codeOfAsync(() => checkRefresh(file, idOf(1), answers))).to.equal('SERVER_UNREACHABLE');
  });
});

function refresh(number: number, by = testIssuer(2)): Promise<Bytes> {
  return licenseAnswer(number, { activationId: fromHex(idOf(number)) }, { by });
}

function readerWith(ed25519: Ed25519Backend): AnswerReader {
  const crypto = webCrypto({ ed25519 });
  return new AnswerReader({ crypto, loadTrust: loadTestTrust, unreachable: 'SERVER_UNREACHABLE' });
}
