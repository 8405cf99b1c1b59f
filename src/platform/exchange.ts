import { type Bytes, startsWith } from '../bytes/bytes.ts';
import { FILE_PREFIX } from '../bytes/carrier.ts';
import { LatchkeyError } from '../errors.ts';
import { checkAnswerLength, readFile } from './files.ts';
import { firstAnswer } from './first-answer.ts';
import { isOnline } from './network.ts';
import { retryAfter } from './retry-after.ts';

/**
 * How long a person waits for the network. What comes before and after it has its part of the five seconds in which
 * the file is offered instead.
 */
export const INTERACTIVE_TIMEOUT_MS = 3000;

/** How long nobody waits: a slow line has its time. */
export const BACKGROUND_TIMEOUT_MS = 20_000;

/** A server on this machine, which answers without a network. */
const LOOPBACK = /^https?:\/\/(?:[\w.-]+\.)?(?:localhost|127\.0\.0\.1)(?::\d+)?$/;

/**
 * Sends the bytes of a file to the first portal that answers, and returns the bytes of its answer. Checks that they
 * are the beginning of an answer and no page of the network between, not what the answer says.
 *
 * @param portals - Addresses, the best first.
 * @throws PORTAL_UNREACHABLE - when nothing answers in time; `reason` is `offline`, `timeout` or `failed`.
 * @throws PORTAL_ANSWER_REFUSED - when what answers is no portal.
 * @throws FILE_TOO_LARGE - before more than its length is read.
 * @throws RATE_LIMITED, SERVER_BUSY - when the portal asks to wait; `retryAfterSeconds` where it says how long.
 */
export async function exchangeFile(
  portals: readonly string[],
  file: Bytes,
  timeoutMs: number,
): Promise<Bytes> {
  return firstAnswer(inReach(portals), (portal, signal) => exchangeWith(portal, file, signal), timeoutMs);
}

/**
 * Makes sure that a portal answers from here, for less than a file.
 *
 * @throws as {@link exchangeFile}
 */
export async function greetPortal(portals: readonly string[], timeoutMs: number): Promise<void> {
  await firstAnswer(inReach(portals), greet, timeoutMs);
}

async function exchangeWith(portal: string, file: Bytes, signal: AbortSignal): Promise<Bytes> {
  const headers = { 'content-type': 'application/octet-stream' };
  const response = await call(`${portal}/api/v1/exchange`, { method: 'POST', headers, body: file, signal });
  checkAnswerLength(Number(response.headers.get('content-length') ?? 0));
  const answer = await readFile(await whole(() => response.blob(), signal));
  // A line that breaks in the middle of the headers looks like an answer of nothing.
  if (answer.length === 0) throw unreachable('failed');
  if (!startsWith(answer, FILE_PREFIX)) throw noPortal('what came back is no answer');
  return answer;
}

async function greet(portal: string, signal: AbortSignal): Promise<void> {
  const response = await call(`${portal}/healthz`, { signal });
  const text = await whole(() => response.text(), signal);
  if (!/^\{\s*"status"\s*:\s*"ok"/.test(text)) throw noPortal('what came back is no greeting');
}

/** A portal sends nobody elsewhere: what redirects is a network that wants a sign-in. */
async function call(url: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
  const response = await whole(
    () => fetch(url, { ...init, credentials: 'omit', cache: 'no-store', redirect: 'manual' }),
    init.signal,
  );
  if (response.ok) return response;
  const data = retryAfter(response.headers.get('retry-after'), Date.now());
  if (response.status === 429) throw new LatchkeyError('RATE_LIMITED', 'the portal asks to wait', { data });
  if (response.status === 503) throw new LatchkeyError('SERVER_BUSY', 'the portal is busy', { data });
  throw noPortal(`status ${response.status}`);
}

/** Something of the network, wholly; that it failed or was too slow is all that a browser tells a page. */
async function whole<T>(load: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw unreachable(signal.aborted ? 'timeout' : 'failed', cause);
  }
}

/** Without a network only a server on this machine answers. @throws PORTAL_UNREACHABLE - when none is left */
function inReach(portals: readonly string[]): readonly string[] {
  const near = isOnline() ? portals : portals.filter(portal => LOOPBACK.test(portal));
  if (near.length > 0) return near;
  throw unreachable(portals.length > 0 ? 'offline' : 'failed');
}

function unreachable(reason: 'offline' | 'timeout' | 'failed', cause?: unknown): LatchkeyError {
  return new LatchkeyError('PORTAL_UNREACHABLE', `no answer: ${reason}`, { cause, data: { reason } });
}

function noPortal(message: string): LatchkeyError {
  return new LatchkeyError('PORTAL_ANSWER_REFUSED', message);
}
