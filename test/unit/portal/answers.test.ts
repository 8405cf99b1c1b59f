import { expect } from '@open-wc/testing';
import { webCrypto } from '../../../src/crypto/web.ts';
import { answerFiles } from '../../../src/portal/round/answer-files.ts';
import type { Upload } from '../../../src/portal/round/upload.ts';
import { readAnswer } from '../../../src/verify/decision.ts';
import {
  deviceFile,
  licenseAnswer,
  loadTestTrust,
  receiptAnswer,
  refusalAnswer,
} from '../../support/portal-files.ts';

async function answered(id: number, answer: Promise<Uint8Array<ArrayBuffer>>): Promise<Upload> {
  const bytes = await answer;
  return {
    id,
    fileName: `press-${id}.req`,
    file: { kind: 'activation-request', bytes: deviceFile('activation-request', id) },
    credentials: null,
    progress: {
      state: 'answered',
      answer: bytes,
      decision: await readAnswer(bytes, { trust: await loadTestTrust(), crypto: webCrypto() }),
    },
  };
}

describe('answerFiles()', () => {
  it('names each answer by kind and device, no two alike', async () => {
    const uploads = [
      await answered(0, licenseAnswer(1)),
      await answered(1, licenseAnswer(1)),
      await answered(2, receiptAnswer(2)),
      await answered(3, refusalAnswer(null, 'NO_SEATS_LEFT')),
    ];
    const names = [...answerFiles(uploads).values()].map(({ name }) => name);
    expect(names[0]).to.match(/^license-\d{4}-\d{4}-\d{4}\.lic$/);
    expect(names[1]).to.equal(names[0]?.replace('.lic', '-2.lic'));
    expect(names[2]).to.match(/^receipt-/);
    expect(names[3]).to.equal('refusal.lic');
  });
});
