import * as v from 'valibot';
import { publicPaths } from '../../api/paths.ts';
import { problemSchema } from '../../api/problem.ts';
import { type ErrorCode, LatchkeyError } from '../../errors.ts';
import { type BatchAnswer, BatchAnswerReader } from '../../format/batch/batch-answers.ts';
import { type BatchFile, encodeBatch } from '../../format/batch/batch-files.ts';
import { retryAfter } from '../../platform/retry-after.ts';
import { isErrorCode } from '../../ui/texts/error-texts.ts';

/** As long as nothing comes, the network is taken for lost. */
const silenceMs = 60_000;

/**
 * Gives device files to the portal's server and tells each answer as it comes, verified by nobody. The same files may be
 * sent again at any time: also those that are answered.
 *
 * @param onAnswer - Told of each file at most once, by its place in the list.
 * @throws {@link LatchkeyError} PORTAL_UNREACHABLE - without a network, or when it is lost before the last answer.
 * @throws {@link LatchkeyError} RATE_LIMITED - with `retryAfterSeconds` where the server says so.
 * @throws {@link LatchkeyError} SERVER_BUSY, SERVER_FAILED, PORTAL_ANSWER_REFUSED or what else the server names.
 */
export async function exchangeBatch(
  files: readonly BatchFile[],
  onAnswer: (answer: BatchAnswer) => void,
): Promise<void> {
  const silence = new Silence();
  try {
    const response = await fetch(publicPaths.exchangeBatch, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: encodeBatch(files),
      credentials: 'omit',
      cache: 'no-store',
      signal: silence.signal,
    });
    if (!response.ok) throw await problemOf(response);
    await readAnswers(response, { files: files.length, onAnswer, silence });
  } catch (cause) {
    if (cause instanceof LatchkeyError) throw cause;
    throw new LatchkeyError('PORTAL_UNREACHABLE', 'no answer', { cause });
  } finally {
    silence.end();
  }
}

async function readAnswers(
  { body }: Response,
  { files, onAnswer, silence }: { files: number; onAnswer: (answer: BatchAnswer) => void; silence: Silence },
): Promise<void> {
  const answers = new BatchAnswerReader(files);
  const missing = new Set(Array.from({ length: files }, (_, index) => index));
  const pieces = body?.getReader();
  for (let piece = await pieces?.read(); piece && !piece.done; piece = await pieces?.read()) {
    silence.break();
    for (const answer of answers.add(piece.value)) if (missing.delete(answer.index)) onAnswer(answer);
  }
  if (missing.size === files) throw new LatchkeyError('PORTAL_ANSWER_REFUSED', 'no row of answers');
  if (missing.size > 0) throw new LatchkeyError('PORTAL_UNREACHABLE', `${missing.size} answers are missing`);
}

/** Gives up when nothing has come for a while. */
class Silence {
  readonly #controller = new AbortController();
  #timer = 0;

  constructor() {
    this.break();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something came. */
  break(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#controller.abort(), silenceMs);
  }

  end(): void {
    clearTimeout(this.#timer);
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
