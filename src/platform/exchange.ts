import type { Bytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import { checkAnswerLength, readFile } from './files.ts';

/** How long a person waits before the file is offered instead of the network. */
export const EXCHANGE_TIMEOUT_MS = 5000;

/** Whether a portal answers from here now, and is a portal. Never throws. */
export async function isPortalReachable(portal: string, timeoutMs = EXCHANGE_TIMEOUT_MS): Promise<boolean> {
  try {
    if (!navigator.onLine && !isLoopback(portal)) return false;
    const response = await fetch(`${portal}/healthz`, {
      signal: AbortSignal.timeout(timeoutMs),
      credentials: 'omit',
      cache: 'no-store',
    });
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Sends the bytes of a file to the portal and returns the bytes of its answer, neither of them looked at.
 *
 * @throws PORTAL_UNREACHABLE - when nothing answers in time.
 * @throws PORTAL_ANSWER_REFUSED - when the answer is not one of a portal.
 * @throws FILE_TOO_LARGE - before more than its length is read.
 * @throws RATE_LIMITED, SERVER_BUSY - when the portal asks to wait.
 */
export async function exchangeFile(portal: string, file: Bytes, timeoutMs = 20_000): Promise<Bytes> {
  const response = await post(`${portal}/api/v1/exchange`, file, timeoutMs);
  if (response.status === 429) throw new LatchkeyError('RATE_LIMITED', 'the portal asks to wait');
  if (response.status === 503) throw new LatchkeyError('SERVER_BUSY', 'the portal is busy');
  if (!response.ok) {
    throw new LatchkeyError('PORTAL_ANSWER_REFUSED', `the portal answered with status ${response.status}`);
  }
  checkAnswerLength(Number(response.headers.get('content-length') ?? 0));
  return readFile(await wholeBody(response));
}

async function wholeBody(response: Response): Promise<Blob> {
  try {
    return await response.blob();
  } catch (cause) {
    throw new LatchkeyError('PORTAL_UNREACHABLE', 'the answer broke off', { cause });
  }
}

async function post(url: string, file: Bytes, timeoutMs: number): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
      credentials: 'omit',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    throw new LatchkeyError('PORTAL_UNREACHABLE', `no answer from ${url}`, { cause });
  }
}

/** A server on this machine answers without a network. */
function isLoopback(portal: string): boolean {
  const { hostname } = new URL(portal);
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname.endsWith('.localhost');
}
