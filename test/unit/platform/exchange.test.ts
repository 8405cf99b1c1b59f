import { expect } from '@open-wc/testing';
import { LatchkeyError } from '../../../src/errors.ts';
import { exchangeFile, greetPortal } from '../../../src/platform/exchange.ts';
import { withFetch, withoutNetwork } from '../../support/network.ts';

const file = new Uint8Array([1, 2, 3]);
const answer = new Uint8Array([0xd9, 0xd9, 0xf7, 0x80]);
const first = 'https://one.example';
const second = 'https://two.example';
const page = new Response('<!doctype html><title>Sign in</title>').blob();

/** Code and data of what a step throws. */
async function failureOf(steps: () => Promise<unknown>): Promise<{ code: string; data: object }> {
  try {
    await steps();
  } catch (error) {
    if (error instanceof LatchkeyError) return { code: error.code, data: error.data };
    throw error;
  }
  throw new Error('expected a failure');
}

/** A network in which an address never answers, until it is given up. */
function silence(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}

describe('exchangeFile()', () => {
  const wait = { headers: { 'retry-after': '17' } };
  const cases: [string, string, object, () => Promise<Response>][] = [
    ['connection refused', 'PORTAL_UNREACHABLE', { reason: 'failed' }, () => Promise.reject(new TypeError())],
    ['429', 'RATE_LIMITED', {}, async () => new Response('', { status: 429 })],
    [
      '429 that says how long',
      'RATE_LIMITED',
      { retryAfterSeconds: 17 },
      async () => new Response('', { status: 429, ...wait }),
    ],
    [
      '503 that says how long',
      'SERVER_BUSY',
      { retryAfterSeconds: 17 },
      async () => new Response('', { status: 503, ...wait }),
    ],
    ['403 of a proxy', 'PORTAL_ANSWER_REFUSED', {}, async () => new Response(await page, { status: 403 })],
    ['502 of a proxy', 'PORTAL_ANSWER_REFUSED', {}, async () => new Response(await page, { status: 502 })],
    ['a sign-in page', 'PORTAL_ANSWER_REFUSED', {}, async () => new Response(await page)],
    ['an answer of nothing', 'PORTAL_UNREACHABLE', { reason: 'failed' }, async () => new Response('')],
    [
      'too much',
      'FILE_TOO_LARGE',
      { bytes: 300_000, maxBytes: 262_144 },
      async () => new Response(new Uint8Array(300_000)),
    ],
  ];
  for (const [name, code, data, respond] of cases) {
    it(`says ${code} of ${name}`, async () => {
      const failure = await withFetch(respond, () => failureOf(() => exchangeFile([first], file, 1000)));
      expect(failure).to.deep.equal({ code, data });
    });
  }

  it('gives the bytes of the answer', async () => {
    const got = await withFetch(
      async () => new Response(answer),
      () => exchangeFile([first], file, 1000),
    );
    expect(got).to.deep.equal(answer);
  });

  it('says that a portal did not answer in time, also when its answer stops half way', async () => {
    for (const respond of [
      (_url: string, { signal }: RequestInit) => silence(signal),
      async (_url: string, { signal }: RequestInit) => {
        const body = new ReadableStream({
          start: stream => {
            stream.enqueue(answer);
            signal?.addEventListener('abort', () => stream.error(signal.reason));
          },
        });
        return new Response(body);
      },
    ]) {
      const failure = await withFetch(respond, () => failureOf(() => exchangeFile([first], file, 50)));
      expect(failure).to.deep.equal({ code: 'PORTAL_UNREACHABLE', data: { reason: 'timeout' } });
    }
  });

  it('says that there is no network before it asks, but asks a server on this machine', async () => {
    const asked: string[] = [];
    const respond = async (url: string) => {
      asked.push(url);
      return new Response(answer);
    };
    await withoutNetwork(() =>
      withFetch(respond, async () => {
        const failure = await failureOf(() => exchangeFile([first, 'portal, ask Jim'], file, 1000));
        expect(failure).to.deep.equal({ code: 'PORTAL_UNREACHABLE', data: { reason: 'offline' } });
        await exchangeFile([first, 'http://portal.latchkey.localhost:8787'], file, 1000);
      }),
    );
    expect(asked).to.deep.equal(['http://portal.latchkey.localhost:8787/api/v1/exchange']);
  });

  it('asks the best portal alone when it answers', async () => {
    const asked: string[] = [];
    const respond = async (url: string) => {
      asked.push(new URL(url).origin);
      return new Response(answer);
    };
    await withFetch(respond, () => exchangeFile([first, second], file, 1000));
    expect(asked).to.deep.equal([first]);
  });

  const bad: [string, (url: string, init: RequestInit) => Promise<Response>][] = [
    ['cannot be reached', () => Promise.reject(new TypeError())],
    ['is a sign-in page', async () => new Response(await page)],
    ['is silent', (_url, { signal }) => silence(signal)],
  ];
  for (const [name, respond] of bad) {
    it(`goes on to the next portal when the best one ${name}`, async () => {
      const network = (url: string, init: RequestInit) =>
        url.startsWith(first) ? respond(url, init) : Promise.resolve(new Response(answer));
      const got = await withFetch(network, () => exchangeFile([first, second], file, 600));
      expect(got).to.deep.equal(answer);
    });
  }

  it('does not go round a portal that asks to wait', async () => {
    const asked: string[] = [];
    const network = async (url: string) => {
      asked.push(new URL(url).origin);
      return new Response('', { status: 503, ...wait });
    };
    const failure = await withFetch(network, () =>
      failureOf(() => exchangeFile([first, second], file, 1000)),
    );
    expect(failure.code).to.equal('SERVER_BUSY');
    expect(asked).to.deep.equal([first]);
  });

  it('greetPortal() takes the greeting of a portal, and no page for one', async () => {
    await withFetch(
      async () => Response.json({ status: 'ok' }),
      () => greetPortal([first], 1000),
    );
    const failure = await withFetch(
      async () => new Response(await page),
      () => failureOf(() => greetPortal([first], 1000)),
    );
    expect(failure.code).to.equal('PORTAL_ANSWER_REFUSED');
  });
});
