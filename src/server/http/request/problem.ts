import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { Problem } from '../../../api/problem.ts';
import { type ErrorCode, LatchkeyError } from '../../../errors.ts';
import type { SiteEnv } from './site-env.ts';

const statuses = {
  FILE_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  EDIT_CONFLICT: 409,
  SIGN_IN_NEEDED: 401,
  SIGN_IN_REFUSED: 401,
  PASSWORD_CHANGE_NEEDED: 403,
  ORIGIN_REFUSED: 403,
  SERVER_BUSY: 503,
  SERVER_FAILED: 500,
} as const satisfies Partial<Record<ErrorCode, number>>;

type Status = (typeof statuses)[keyof typeof statuses] | 400;

/** Answers with what went wrong. A fault of ours is logged whole and told by its request id alone. */
export function answerProblem(error: Error, context: Context<SiteEnv>): Response {
  if (!(error instanceof LatchkeyError) || error.code === 'SERVER_FAILED') return answerFault(error, context);
  const { retryAfterSeconds } = error.data;
  if (retryAfterSeconds !== undefined) context.header('retry-after', String(retryAfterSeconds));
  if (error.cause instanceof Error && error.code === 'SERVER_BUSY') logBusy(error.cause, context);
  const problem: Problem = { code: error.code, text: error.message.slice(`${error.code}: `.length) };
  if (Object.keys(error.data).length > 0) problem.data = { ...error.data };
  context.set('code', error.code);
  return answer(context, problem, statusOf(error.code));
}

/** Answers that there is nothing at this path. */
export function answerNotFound(context: Context<SiteEnv>): Response {
  return answer(context, { code: 'NOT_FOUND', text: 'nothing is here' }, 404);
}

/** The reason alone: what a database says beside it may hold what is in its rows. */
function logBusy({ message }: Error, context: Context<SiteEnv>): void {
  context.get('log')?.warn({ requestId: context.get('requestId'), reason: message }, 'busy');
}

function answerFault(error: Error, context: Context<SiteEnv>): Response {
  const requestId = context.get('requestId') ?? randomUUID();
  context.get('log')?.error({ requestId, err: error }, 'fault');
  context.set('code', 'SERVER_FAILED');
  return answer(context, { code: 'SERVER_FAILED', data: { requestId } }, 500);
}

function answer(context: Context<SiteEnv>, problem: Problem, status: Status): Response {
  context.header('cache-control', 'no-store');
  return context.json(problem, status);
}

function statusOf(code: ErrorCode): Status {
  return code in statuses ? statuses[code as keyof typeof statuses] : 400;
}
