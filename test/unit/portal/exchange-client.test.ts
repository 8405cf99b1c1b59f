import { expect } from '@open-wc/testing';
import { LatchkeyError } from '../../../src/errors.ts';
import { exchangeFile } from '../../../src/portal/exchange-client.ts';

/** The network's answers stand in for a server, which no browser test can make fail in all these ways. */
const realFetch = window.fetch;

function answerWith(respond: () => Response | Promise<Response>): void {
  window.fetch = async () => respond();
}

async function failure(): Promise<LatchkeyError> {
  try {
    await exchangeFile(new Uint8Array([1]));
  } catch (error) {
    if (error instanceof LatchkeyError) return error;
    throw error;
  }
  throw new Error('expected a failure');
}

describe('exchangeFile()', () => {
  afterEach(() => {
    window.fetch = realFetch;
  });

  it('gives back the bytes of the answer', async () => {
    answerWith(() => new Response(new Uint8Array([5, 6])));
    expect(await exchangeFile(new Uint8Array([1]))).to.deep.equal(new Uint8Array([5, 6]));
  });

  it('posts the file without credentials', async () => {
    let request: Request | null = null;
    window.fetch = async (input, init) => {
      request = new Request(input, init);
      return new Response(new Uint8Array([1]));
    };
    await exchangeFile(new Uint8Array([9, 8]));
    expect(request).to.include({ method: 'POST', credentials: 'omit' });
    expect(request)
      .to.have.property('url')
      .that.matches(/\/api\/v1\/exchange$/);
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
