import { expect } from '@open-wc/testing';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import { AnswerReader } from '../../../src/platform/answer-reader.ts';
import { unpack } from '../../../src/portal/intake/unpack.ts';
import { Round, type RoundServices } from '../../../src/portal/round/round.ts';
import { roundWords } from '../../../src/portal/round/round-words.ts';
import { canAskAgain, standingOf } from '../../../src/portal/round/upload.ts';
import {
  deviceFile,
  inBatches,
  licenseAnswer,
  loadTestTrust,
  receiptAnswer,
  refusalAnswer,
} from '../../support/portal-files.ts';

const reader = new AnswerReader({
  crypto: webCrypto(),
  loadTrust: loadTestTrust,
  unreachable: 'PORTAL_UNREACHABLE',
});

const picked = (name: string, bytes: Bytes) => ({ name, size: bytes.length, bytes });
const request = (mark: number) => picked(`press-${mark}.req`, deviceFile('activation-request', mark));

/** A round whose server answers each file by a function; `waits` are the pauses it made. */
function roundOf(answerFile: (file: Bytes) => Promise<Bytes>) {
  return roundBy(inBatches(answerFile));
}

function roundBy(exchange: RoundServices['exchange'], batchFiles = 1000) {
  const waits: number[] = [];
  const services = {
    exchange,
    read: (answer: Bytes) => reader.read(answer),
    batchFiles,
    onChange: () => {},
    wait: async (ms: number) => {
      waits.push(ms);
    },
  };
  return { round: new Round(services), waits };
}

async function settled(round: Round): Promise<void> {
  while (round.uploads.some(upload => standingOf(upload) === 'underway')) {
    await new Promise(resolve => setTimeout(resolve, 1));
  }
}

function statesOf(round: Round): string[] {
  return round.uploads.map(({ progress }) => (progress.state === 'failed' ? progress.code : progress.state));
}

describe('Round', () => {
  it('gives every file its answer, however many', async () => {
    const { round } = roundOf(() => licenseAnswer(7));
    round.add(unpack(Array.from({ length: 40 }, (_, mark) => request(mark))));
    await settled(round);
    expect(statesOf(round)).to.deep.equal(Array.from({ length: 40 }, () => 'answered'));
    expect(roundWords(round.uploads)).to.equal('40 files: 40\u00a0licensed');
  });

  it('sends no more together than it may, one batch after the other', async () => {
    const sent: number[] = [];
    let underway = 0;
    const { round } = roundBy(async (files, onAnswer) => {
      sent.push(files.length);
      underway += 1;
      expect(underway).to.equal(1);
      await inBatches(() => licenseAnswer(1))(files, onAnswer);
      underway -= 1;
    }, 5);
    round.add(unpack(Array.from({ length: 12 }, (_, mark) => request(mark))));
    await settled(round);
    expect(sent).to.deep.equal([5, 5, 2]);
  });

  it('frees seats before it asks for them, whatever order the files came in', async () => {
    const sent: string[] = [];
    const { round } = roundBy(async (files, onAnswer) => {
      for (const [index, { bytes }] of files.entries()) {
        const kind = round.uploads.find(upload => upload.file?.bytes === bytes)?.file?.kind ?? '';
        sent.push(kind);
        onAnswer({ index, answer: await (kind === 'deactivation' ? receiptAnswer(1) : licenseAnswer(1)) });
      }
    }, 1);
    round.add(
      unpack([
        request(1),
        picked('report.req', deviceFile('usage-report', 2)),
        picked('deactivation.req', deviceFile('deactivation', 3)),
      ]),
    );
    await settled(round);
    expect(sent).to.deep.equal(['deactivation', 'usage-report', 'activation-request']);
    expect(roundWords(round.uploads)).to.equal(
      '3 files: 1\u00a0licensed, 1\u00a0refreshed, 1\u00a0deactivated',
    );
  });

  it('goes on with the rest when one is refused, damaged or lost', async () => {
    const { round } = roundOf(async file => {
      const mark = file.at(-1) ?? 0;
      if (mark === 1) return refusalAnswer(1, 'NO_SEATS_LEFT', { maxActivations: 10 });
      if (mark === 2) throw new LatchkeyError('PORTAL_UNREACHABLE', 'no answer');
      if (mark === 3) return new Uint8Array([1, 2, 3]);
      return licenseAnswer(mark);
    });
    round.add(
      unpack([
        ...[1, 2, 3, 4].map(request),
        picked('cut.req', deviceFile('activation-request').slice(0, 100)),
        picked('photo.jpg', new Uint8Array([0xff, 0xd8, 1, 2])),
        { name: 'big.iso', size: 1e7, bytes: null, code: 'FILE_TOO_LARGE', data: { maxBytes: 65536 } },
      ]),
    );
    await settled(round);
    expect(statesOf(round)).to.deep.equal([
      'answered',
      'PORTAL_UNREACHABLE',
      'PORTAL_ANSWER_REFUSED',
      'answered',
      'FILE_CUT_SHORT',
      'FILE_NOT_LATCHKEY',
      'FILE_TOO_LARGE',
    ]);
    expect(round.uploads.map(canAskAgain)).to.deep.equal([true, true, true, false, false, false, false]);
    expect(roundWords(round.uploads)).to.equal('7 files: 1\u00a0licensed, 6\u00a0need\u00a0you');
  });

  it('says of a file for a device that it does not belong here', async () => {
    const { round } = roundOf(() => licenseAnswer(1));
    round.add(unpack([picked('license.lic', await licenseAnswer(1))]));
    expect(statesOf(round)).to.deep.equal(['KIND_UNEXPECTED']);
  });

  it('takes the files out of a container', async () => {
    const { round } = roundOf(() => licenseAnswer(1));
    const files = [1, 2, 3].map(mark => deviceFile('activation-request', mark));
    round.add(unpack([picked('round.req', encodeContainer(files))]));
    await settled(round);
    expect(statesOf(round)).to.deep.equal(['answered', 'answered', 'answered']);
  });

  it('sends a file that comes again, in the row where it was', async () => {
    let asked = 0;
    const { round } = roundOf(() => {
      asked += 1;
      return asked === 1 ? refusalAnswer(1, 'NO_SEATS_LEFT') : licenseAnswer(1);
    });
    round.add(unpack([request(1)]));
    await settled(round);
    expect(round.uploads.map(standingOf)).to.deep.equal(['trouble']);
    round.add(unpack([request(1)]));
    await settled(round);
    expect(round.uploads.map(standingOf)).to.deep.equal(['good']);
    expect(asked).to.equal(2);
  });

  it('asks again for what was lost, and for nothing else', async () => {
    let isOnline = false;
    let asked = 0;
    const { round } = roundOf(async file => {
      asked += 1;
      if (file.at(-1) === 2) return licenseAnswer(2);
      if (!isOnline) throw new LatchkeyError('PORTAL_UNREACHABLE', 'no answer');
      return licenseAnswer(1);
    });
    round.add(unpack([request(1), request(2)]));
    await settled(round);
    isOnline = true;
    round.askAgain('all');
    await settled(round);
    expect(round.uploads.map(standingOf)).to.deep.equal(['good', 'good']);
    expect(asked).to.equal(3);
  });

  it('waits as long as a busy server asks for, and gives up in the end', async () => {
    let asked = 0;
    const patient = roundBy(async (files, onAnswer) => {
      asked += 1;
      if (asked <= 2) throw new LatchkeyError('RATE_LIMITED', 'too many', { data: { retryAfterSeconds: 7 } });
      await inBatches(() => licenseAnswer(1))(files, onAnswer);
    });
    patient.round.add(unpack([request(1)]));
    await settled(patient.round);
    expect(patient.waits).to.deep.equal([7000, 7000]);
    expect(statesOf(patient.round)).to.deep.equal(['answered']);

    const hopeless = roundBy(() => Promise.reject(new LatchkeyError('SERVER_BUSY', 'busy')));
    hopeless.round.add(unpack([request(1)]));
    await settled(hopeless.round);
    expect(hopeless.waits).to.deep.equal([1000, 2000, 4000, 8000, 16000]);
    expect(statesOf(hopeless.round)).to.deep.equal(['SERVER_BUSY']);
  });

  it('goes on where it was cut, and never asks again for what is answered', async () => {
    const sent: number[] = [];
    const { round } = roundBy(async (files, onAnswer) => {
      sent.push(files.length);
      await inBatches(() => licenseAnswer(1))(files.slice(0, 3), onAnswer);
      if (files.length > 3) throw new LatchkeyError('PORTAL_UNREACHABLE', 'cut');
    });
    round.add(unpack(Array.from({ length: 8 }, (_, mark) => request(mark))));
    await settled(round);
    expect(sent).to.deep.equal([8, 5, 2]);
    expect(round.uploads.map(standingOf)).to.deep.equal(Array.from({ length: 8 }, () => 'good'));
  });

  it('sends what was named for a file with it, and keeps it for the next time', async () => {
    const sent: (Bytes | null)[] = [];
    const { round } = roundBy(async (files, onAnswer) => {
      for (const [index, { credentials }] of files.entries()) {
        sent.push(credentials);
        onAnswer({ index, answer: await refusalAnswer(1, 'NO_SEATS_LEFT') });
      }
    });
    round.add(unpack([request(1)]));
    await settled(round);
    const credentials = new Uint8Array([1, 2, 3]);
    round.name(new Map([[0, credentials]]));
    await settled(round);
    round.askAgain('all');
    await settled(round);
    expect(sent).to.deep.equal([null, credentials, credentials]);
  });
});
