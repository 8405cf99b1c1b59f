import * as v from 'valibot';
import { problemSchema } from '../../../api/problem.ts';
import { type ErrorCode, type ErrorData, LatchkeyError, SERVER_ERROR_CODES } from '../../../errors.ts';

/** One call of the console's API. */
export interface Call {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  /** Sent as JSON. */
  body?: unknown;
}

/** The part of the browser's fetch that the console needs. */
export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/**
 * Sends a call and returns the answer of a success.
 *
 * @throws LatchkeyError SERVER_UNREACHABLE - no answer.
 * @throws LatchkeyError with the code that the server gave; SERVER_FAILED when it gave none.
 */
export async function sendCall(fetch: Fetch, { method, path, body }: Call): Promise<Response> {
  const init: RequestInit = { method, headers: { accept: 'application/json' }, credentials: 'same-origin' };
  if (body !== undefined) {
    init.headers = { ...init.headers, 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  const response = await answerOf(fetch(path, init));
  if (!response.ok) throw await problemOf(response);
  return response;
}

/**
 * Reads the JSON of an answer.
 *
 * @throws LatchkeyError SERVER_FAILED - it is not what the schema says.
 */
export async function readAnswer<Schema extends v.GenericSchema>(
  response: Response,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const result = v.safeParse(schema, await jsonOf(response));
  if (result.success) return result.output;
  throw new LatchkeyError('SERVER_FAILED', `answer of another shape: ${result.issues[0].message}`);
}

/**
 * Reads the bytes of an answer.
 *
 * @throws LatchkeyError SERVER_UNREACHABLE - it broke off.
 */
export async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new LatchkeyError('SERVER_UNREACHABLE', 'expected the whole answer', { cause });
  }
}

async function answerOf(answer: Promise<Response>): Promise<Response> {
  try {
    return await answer;
  } catch (cause) {
    throw new LatchkeyError('SERVER_UNREACHABLE', 'expected an answer', { cause });
  }
}

async function problemOf(response: Response): Promise<LatchkeyError> {
  const result = v.safeParse(problemSchema, await jsonOf(response));
  if (!result.success) return new LatchkeyError('SERVER_FAILED', `status ${response.status} without a code`);
  const { code, text, data } = result.output;
  return new LatchkeyError(serverCode(code), text ?? 'refused', { data: { ...data } satisfies ErrorData });
}

function serverCode(code: string): ErrorCode {
  return SERVER_ERROR_CODES.find(each => each === code) ?? 'SERVER_FAILED';
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
