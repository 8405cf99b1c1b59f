import { expect } from '@open-wc/testing';
import { exchangeFile, isPortalReachable } from '../../../src/platform/exchange.ts';
import { codeOfAsync } from '../../support/code-of.ts';

const file = new Uint8Array([1, 2, 3]);

/** Lets fetch answer as a portal, a captive page or a dead network does. */
async function withFetch<T>(answer: () => Promise<Response>, steps: () => Promise<T>): Promise<T> {
  const real = globalThis.fetch;
  globalThis.fetch = answer;
  try {
    return await steps();
  } finally {
    globalThis.fetch = real;
  }
}

describe('exchangeFile()', () => {
  const cases: [string, () => Promise<Response>][] = [
    ['PORTAL_UNREACHABLE', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['RATE_LIMITED', async () => new Response('', { status: 429 })],
    ['SERVER_BUSY', async () => new Response('', { status: 503 })],
    ['PORTAL_ANSWER_REFUSED', async () => new Response('<html>', { status: 502 })],
    ['FILE_TOO_LARGE', async () => new Response(new Uint8Array(300_000))],
  ];
  for (const [code, answer] of cases) {
    it(`says ${code} in its case`, async () => {
      const got = await withFetch(answer, () =>
        codeOfAsync(() => exchangeFile('http://portal.example', file)),
      );
      expect(got).to.equal(code);
    });
  }

  it('gives the bytes of the answer', async () => {
    const answer = await withFetch(
      async () => new Response(file),
      () => exchangeFile('http://portal.example', file),
    );
    expect(answer).to.deep.equal(file);
  });

  it('isPortalReachable() is false for a network that does not answer, and never throws', async () => {
    const dead = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await withFetch(dead, () => isPortalReachable('http://portal.example'))).to.equal(false);
    const alive = async () => new Response('{}');
    expect(await withFetch(alive, () => isPortalReachable('http://portal.example'))).to.equal(true);
  });

  it('isPortalReachable() is false for an address that is none, also without a network', async () => {
    Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
    try {
      expect(await isPortalReachable('portal, ask Jim')).to.equal(false);
    } finally {
      Reflect.deleteProperty(navigator, 'onLine');
    }
  });
});
