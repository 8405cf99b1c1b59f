import { expect } from '@open-wc/testing';
import { concatBytes } from '../../../src/bytes/bytes.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { type BatchAnswer, encodeBatchAnswer } from '../../../src/format/batch/batch-answers.ts';
import { decodeBatch } from '../../../src/format/batch/batch-files.ts';
import { exchangeBatch } from '../../../src/portal/round/batch-client.ts';
import { deviceFile } from '../../support/portal-files.ts';

const files = [1, 2].map(mark => ({ bytes: deviceFile('activation-request', mark), credentials: null }));
const answers: BatchAnswer[] = [
  { index: 1, answer: new Uint8Array([5, 6]) },
  { index: 0, answer: 'SERVER_BUSY' },
];

/** What was told of a batch. */
async function exchange(): Promise<BatchAnswer[]> {
  const told: BatchAnswer[] = [];
  await exchangeBatch(files, answer => told.push(answer));
  return told;
}

/** The network's answers stand in for a server, which no browser test can make fail in all these ways. */
const realFetch = window.fetch;

function answerWith(respond: () => Response | Promise<Response>): void {
  window.fetch = async () => respond();
}

async function failure(): Promise<LatchkeyError> {
  try {
    await exchange();
  } catch (error) {
    if (error instanceof LatchkeyError) return error;
    throw error;
  }
  throw new Error('expected a failure');
}

describe('exchangeBatch()', () => {
  afterEach(() => {
    window.fetch = realFetch;
  });

  const row = concatBytes(...answers.map(encodeBatchAnswer));

  it('tells each answer', async () => {
    answerWith(() => new Response(row));
    expect(await exchange()).to.deep.equal(answers);
  });

  it('posts the files without credentials of the browser', async () => {
    const sent: Request[] = [];
    window.fetch = async (input, init) => {
      sent.push(new Request(input, init));
      return new Response(row);
    };
    await exchange();
    const [request] = sent;
    if (!request) throw new Error('expected a request');
    expect(request).to.include({ method: 'POST', credentials: 'omit' });
    expect(request.url).to.match(/\/api\/v1\/exchange\/batch$/);
    const batch = decodeBatch(new Uint8Array(await request.arrayBuffer()));
    expect(batch.map(({ bytes }) => bytes)).to.deep.equal(files.map(({ bytes }) => bytes));
  });

  it('tells an answer once, and that others were cut off', async () => {
    const [first = { index: 0, answer: '' }] = answers;
    const twice = concatBytes(encodeBatchAnswer(first), encodeBatchAnswer(first));
    answerWith(() => new Response(twice));
    const told: BatchAnswer[] = [];
    const cut = await exchangeBatch(files, answer => told.push(answer)).catch((error: unknown) => error);
    expect(cut).to.have.property('code', 'PORTAL_UNREACHABLE');
    expect(told).to.deep.equal([first]);
  });

  it('takes a page of the network between for no answer', async () => {
    for (const body of ['', '<html>Sign in</html>']) {
      answerWith(() => new Response(body));
      expect((await failure()).code).to.equal('PORTAL_ANSWER_REFUSED');
    }
  });

  it('tells a lost network', async () => {
    answerWith(() => Promise.reject(new TypeError('Failed to fetch')));
    expect((await failure()).code).to.equal('PORTAL_UNREACHABLE');
  });

  it('tells what the server says, with its numbers', async () => {
    const body = { code: 'RATE_LIMITED', data: { retryAfterSeconds: 12 } };
    answerWith(() => Response.json(body, { status: 429 }));
    const error = await failure();
    expect(error.code).to.equal('RATE_LIMITED');
    expect(error.data).to.deep.equal({ retryAfterSeconds: 12 });
  });

  it('makes do with status and headers where a proxy answers', async () => {
    for (const [status, code] of [
      [413, 'FILE_TOO_LARGE'],
      [429, 'RATE_LIMITED'],
      [500, 'SERVER_FAILED'],
      [502, 'SERVER_FAILED'],
      [503, 'SERVER_BUSY'],
      [404, 'PORTAL_ANSWER_REFUSED'],
    ] as const) {
      answerWith(() => new Response('<html>', { status, headers: { 'retry-after': '3' } }));
      const error = await failure();
      expect(error.code, String(status)).to.equal(code);
      expect(error.data).to.deep.equal({ retryAfterSeconds: 3 });
    }
  });

  it('does not take over a code that it does not know', async () => {
    answerWith(() => Response.json({ code: 'MOON_IN_THE_WAY' }, { status: 418 }));
    expect((await failure()).code).to.equal('PORTAL_ANSWER_REFUSED');
  });
});
