import * as v from 'valibot';
import { publicPaths } from '../api/paths.ts';
import { problemSchema } from '../api/problem.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { type ErrorCode, LatchkeyError } from '../errors.ts';
import { retryAfter } from '../platform/retry-after.ts';
import { isErrorCode } from '../ui/texts/error-texts.ts';

const timeoutMs = 60_000;

/**
 * Gives one device file to the portal's server and returns its answer, a container not yet decoded. The same file
 * may be sent again at any time.
 *
 * @throws {@link LatchkeyError} PORTAL_UNREACHABLE - without a network, or after a minute.
 * @throws {@link LatchkeyError} RATE_LIMITED - with `retryAfterSeconds` where the server says so.
 * @throws {@link LatchkeyError} SERVER_BUSY, SERVER_FAILED, PORTAL_ANSWER_REFUSED or what else the server names.
 */
export async function exchangeFile(file: Bytes): Promise<Bytes> {
  try {
    const response = await fetch(publicPaths.exchange, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw await problemOf(response);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    if (cause instanceof LatchkeyError) throw cause;
    throw new LatchkeyError('PORTAL_UNREACHABLE', 'no answer', { cause });
  }
}

async function problemOf(response: Response): Promise<LatchkeyError> {
  const body: unknown = await response.json().catch(() => null);
  const parsed = v.safeParse(problemSchema, body);
  const told = parsed.success ? parsed.output : null;
  const code = told && isErrorCode(told.code) ? told.code : codeOfStatus(response.status);
  const data = { ...retryAfter(response.headers.get('retry-after'), Date.now()), ...told?.data };
  return new LatchkeyError(code, `status ${response.status}`, { data });
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 413) return 'FILE_TOO_LARGE';
  if (status === 429) return 'RATE_LIMITED';
  if (status === 503) return 'SERVER_BUSY';
  return status >= 500 ? 'SERVER_FAILED' : 'PORTAL_ANSWER_REFUSED';
}
