import { expect } from '@open-wc/testing';
import { type Bytes, concatBytes } from '../../../src/bytes/bytes.ts';
import { encodeCbor } from '../../../src/bytes/cbor.ts';
import { toFile } from '../../../src/cose/file.ts';
import { BatchAnswerReader, encodeBatchAnswer } from '../../../src/format/batch/batch-answers.ts';
import { batchOrder, decodeBatch, encodeBatch } from '../../../src/format/batch/batch-files.ts';
import {
  decodeNamedCredentials,
  encodeNamedCredentials,
  isNamedCredentials,
} from '../../../src/format/batch/named-credentials.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import { isRecoveryFile } from '../../../src/format/recovery-file.ts';
import { codeOf } from '../../support/code-of.ts';
import { deviceFile, licenseAnswer, recoveryFile } from '../../support/portal-files.ts';

const byKey = { keyLookup: new Uint8Array(8).fill(1), keyProof: new Uint8Array(16).fill(2) };
const byUser = { userLookup: new Uint8Array(8).fill(3), userProof: new Uint8Array(16).fill(4) };

describe('named credentials', () => {
  it('hold key or user, come back as they were, and take 61 bytes at most', () => {
    for (const credentials of [byKey, byUser]) {
      const item = encodeNamedCredentials(credentials);
      expect(isNamedCredentials(item)).to.equal(true);
      expect(decodeNamedCredentials(item)).to.deep.equal(credentials);
      expect(item.length).to.be.at.most(61);
    }
  });

  it('are refused with both, with neither, with half a pair, and with a length of their own', () => {
    const codeOfMap = (...entries: [number, Bytes][]) =>
      codeOf(() => decodeNamedCredentials(toFile(encodeCbor(new Map(entries)))));
    const bytes = (length: number) => new Uint8Array(length);
    expect(codeOfMap()).to.equal('CLAIM_MISSING');
    expect(codeOfMap([19, bytes(8)])).to.equal('CLAIM_MISSING');
    expect(codeOfMap([19, bytes(8)], [20, bytes(16)], [21, bytes(8)], [22, bytes(16)])).to.equal(
      'CLAIM_MISSING',
    );
    expect(codeOfMap([19, bytes(9)], [20, bytes(16)])).to.equal('CLAIM_RANGE');
  });

  it('are told from files by two bytes', () => {
    expect(isNamedCredentials(deviceFile('activation-request'))).to.equal(false);
    expect(isNamedCredentials(encodeContainer([deviceFile('usage-report')]))).to.equal(false);
    expect(isNamedCredentials(new Uint8Array())).to.equal(false);
    expect(isNamedCredentials(recoveryFile())).to.equal(false);
    expect(isRecoveryFile(recoveryFile())).to.equal(true);
    for (const credentials of [byKey, byUser]) {
      expect(isRecoveryFile(encodeNamedCredentials(credentials))).to.equal(false);
    }
  });
});

describe('decodeBatch()', () => {
  it('gives each file its place, its kind and what was named for it', () => {
    const [request, deactivation] = [deviceFile('activation-request'), deviceFile('deactivation')];
    const credentials = encodeNamedCredentials(byKey);
    const batch = encodeBatch([
      { bytes: request, credentials },
      { bytes: deactivation, credentials: null },
    ]);
    expect(decodeBatch(batch)).to.deep.equal([
      { index: 0, bytes: request, credentials, kind: 'activation-request' },
      { index: 1, bytes: deactivation, credentials: null, kind: 'deactivation' },
    ]);
  });

  it('takes what is no device file for one that will not open', async () => {
    const [answer] = [toFile(Uint8Array.of(0xd2, 0x80))];
    expect(decodeBatch(encodeContainer([answer])).map(({ kind }) => kind)).to.deep.equal([null]);
  });

  it('takes a recovery file for a file of its own, not for what was named for the one before', () => {
    const batch = encodeContainer([deviceFile('activation-request'), recoveryFile()]);
    expect(decodeBatch(batch)).to.deep.equal([
      { index: 0, bytes: deviceFile('activation-request'), credentials: null, kind: 'activation-request' },
      { index: 1, bytes: recoveryFile(), credentials: null, kind: null },
    ]);
  });

  it('puts deactivations before reports, and reports before requests', () => {
    const kinds = ['activation-request', 'usage-report', 'deactivation'] as const;
    const sorted = [...kinds].sort((a, b) => batchOrder(a) - batchOrder(b));
    expect(sorted).to.deep.equal(['deactivation', 'usage-report', 'activation-request']);
  });
});

describe('BatchAnswerReader', () => {
  it('gives each answer once it is whole, however the pieces are cut', async () => {
    const answers = [
      { index: 2, answer: await licenseAnswer(1) },
      { index: 0, answer: 'SERVER_BUSY' },
      { index: 1, answer: await licenseAnswer(2) },
    ];
    const row = concatBytes(...answers.map(encodeBatchAnswer));
    for (const size of [1, 7, 100, row.length]) {
      const reader = new BatchAnswerReader(3);
      const got = [];
      for (let at = 0; at < row.length; at += size) got.push(...reader.add(row.subarray(at, at + size)));
      expect(got, `pieces of ${size}`).to.deep.equal(answers);
    }
  });

  it('refuses what is no row of answers', () => {
    const codeOfRow = (bytes: Bytes) => codeOf(() => new BatchAnswerReader(1).add(bytes));
    expect(codeOfRow(new TextEncoder().encode('<html>'))).to.equal('PORTAL_ANSWER_REFUSED');
    expect(codeOfRow(encodeCbor([1, 'SERVER_BUSY']))).to.equal('PORTAL_ANSWER_REFUSED');
    expect(codeOfRow(encodeCbor([0, 7]))).to.equal('PORTAL_ANSWER_REFUSED');
    expect(codeOfRow(encodeCbor([0, 'SERVER_BUSY', 1]))).to.equal('PORTAL_ANSWER_REFUSED');
  });
});
