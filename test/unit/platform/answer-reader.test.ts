import { expect } from '@open-wc/testing';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { AnswerReader, type LoadTrust } from '../../../src/platform/answer-reader.ts';
import { readAnswer } from '../../../src/verify/decision.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { testIssuer } from '../../support/keys.ts';
import {
  deviceIdOf,
  licenseAnswer,
  loadTestTrust,
  receiptAnswer,
  refusalAnswer,
} from '../../support/portal-files.ts';
import { filled } from '../../support/vendor.ts';

const trust = await loadTestTrust();
const verifying = { trust, crypto: webCrypto() };

/** Trust in a vendor whose issuer key is another. */
const otherTrust = { ...trust, bundle: { ...trust.bundle, issuerKeys: [] } };

describe('readAnswer()', () => {
  it('says what was decided and for which device', async () => {
    const license = await readAnswer(await licenseAnswer(1), verifying);
    expect(license).to.deep.include({ kind: 'license', licenseState: null });
    expect(license.deviceNumber).to.match(/^\d{4} \d{4} \d{4}$/);
    expect(await readAnswer(await licenseAnswer(1, { licenseState: 'disabled' }), verifying)).to.include({
      licenseState: 'disabled',
    });
    expect(await readAnswer(await receiptAnswer(1), verifying)).to.deep.equal({
      kind: 'receipt',
      deviceNumber: license.deviceNumber,
    });
    const refusal = await refusalAnswer(null, 'NO_SEATS_LEFT', { maxActivations: 10 });
    expect(await readAnswer(refusal, verifying)).to.deep.equal({
      kind: 'refusal',
      deviceNumber: null,
      code: 'NO_SEATS_LEFT',
      data: { maxActivations: 10 },
      asked: null,
    });
    const ofRequest = await readAnswer(await refusalAnswer(1, 'CREDENTIALS_MISSING'), verifying);
    expect(ofRequest).to.deep.include({
      asked: { deviceId: deviceIdOf(1), requestId: new Uint8Array(16) },
    });
  });

  it('refuses an answer that is cut or changed at any byte, with one code', async () => {
    const answer = await licenseAnswer(1, { holder: 'Acme Bottling' });
    const refused = (bytes: Bytes) => codeOfAsync(() => readAnswer(bytes, verifying));
    for (let place = 0; place < answer.length; place += 1) {
      expect(await refused(answer.slice(0, place)), `cut at ${place}`).to.equal('PORTAL_ANSWER_REFUSED');
      const changed = answer.slice();
      changed[place] = (changed[place] ?? 0) ^ 4;
      expect(await refused(changed), `changed at ${place}`).to.equal('PORTAL_ANSWER_REFUSED');
    }
  });

  it('refuses a web page in place of an answer', async () => {
    const page = new TextEncoder().encode('<!doctype html><title>Sign in to the hotel network</title>');
    expect(await codeOfAsync(() => readAnswer(page, verifying))).to.equal('PORTAL_ANSWER_REFUSED');
  });
});

/** Answers that no device would take. */
const bad: Readonly<Record<string, () => Promise<Bytes>>> = {
  'of another issuer': () => licenseAnswer(1, {}, { by: testIssuer(9) }),
  'for another domain': () => licenseAnswer(1, {}, { domainId: filled(32, 9) }),
  'cut short': async () => (await licenseAnswer(1)).slice(0, -9),
};

describe('AnswerReader', () => {
  for (const backend of ['webcrypto', 'wasm-fma', 'wasm-simd', 'noble', 'auto'] as const) {
    it(`verifies many together, whatever place the one has that is bad: ${backend}`, async () => {
      const reader = readerWith(loadTestTrust, webCrypto({ ed25519: backend }));
      const good = await Promise.all(
        Array.from({ length: 6 }, (_, device) =>
          device % 2 ? receiptAnswer(device) : licenseAnswer(device),
        ),
      );
      for (const [name, make] of Object.entries(bad)) {
        const spoiled = await make();
        for (const place of good.keys()) {
          const answers = good.map((answer, index) => (index === place ? spoiled : answer));
          const codes = await Promise.all(answers.map(answer => codeOfAsync(() => reader.read(answer))));
          const expected = good.map((_, index) => (index === place ? 'PORTAL_ANSWER_REFUSED' : null));
          expect(codes, name).to.deep.equal(expected);
        }
      }
    });
  }

  it('asks whom to believe once, and once more when the keys have changed meanwhile', async () => {
    let loads = 0;
    const reader = readerWith(async () => {
      loads += 1;
      return loads === 1 ? otherTrust : trust;
    });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, device) => licenseAnswer(device)));
    const decisions = await Promise.all(answers.map(answer => reader.read(answer)));
    expect(decisions.every(({ kind }) => kind === 'license')).to.equal(true);
    expect(loads).to.equal(2);
    await reader.read(await licenseAnswer(30));
    expect(loads).to.equal(2);
  });

  it('says that the portal is away when it does not say whom to believe, and asks again', async () => {
    let isOnline = false;
    const reader = readerWith(async () => {
      if (isOnline) return trust;
      throw new LatchkeyError('PROFILE_MISSING', 'no profile');
    });
    const answer = await licenseAnswer(1);
    expect(await codeOfAsync(() => reader.read(answer))).to.equal('PORTAL_UNREACHABLE');
    isOnline = true;
    expect(await codeOfAsync(() => reader.read(answer))).to.equal(null);
  });
});

function readerWith(loadTrust: LoadTrust, crypto = webCrypto()): AnswerReader {
  return new AnswerReader({ crypto, loadTrust, unreachable: 'PORTAL_UNREACHABLE' });
}
