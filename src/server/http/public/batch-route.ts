import type { Context } from 'hono';
import type { Bytes } from '../../../bytes/bytes.ts';
import { MAX_CONTAINER_BYTES } from '../../../bytes/carrier.ts';
import { type ErrorCode, LatchkeyError } from '../../../errors.ts';
import { BATCH_ANSWERS_TYPE } from '../../../format/batch/batch-answers.ts';
import { decodeBatch, type ReceivedFile } from '../../../format/batch/batch-files.ts';
import { decodeNamedCredentials } from '../../../format/batch/named-credentials.ts';
import type { Throttle } from '../../accounts/throttle.ts';
import type { RunningPortal } from '../../portal.ts';
import { callerKey } from '../request/address.ts';
import { readBody } from '../request/body.ts';
import type { SiteEnv } from '../request/site-env.ts';
import { streamOf } from '../stream-of.ts';
import { type AnswerFile, answerBatch } from './answer-batch.ts';

/** Batches that run together: they lie in memory whole. A caller may be a site whose machines have one address. */
const MAX_BATCHES = 8;
const MAX_BATCHES_OF_CALLER = 4;

/** Some hundred files. Bodies that are longer, or do not say how long they are, come in as many together as batches run. */
const MAX_SHORT_BODY_BYTES = 256 * 1024;

/** How long an answer waits for its reader. */
const MAX_IDLE_MS = 30_000;

const BUSY_SECONDS = 5;

/** What answering batches takes. */
export interface BatchOptions {
  portal: Pick<RunningPortal, 'exchange'>;
  /** Counts the files of batches. */
  batchFiles: Throttle;
  /** Counts credentials that were refused. */
  guesses: Throttle;
  trustProxy: boolean;
  /** How long an answer waits for its reader; 30 s when not given. */
  maxIdleMs?: number;
}

/** Answers batches of device files. Rates are looked at before a byte is read, and the length before the rest of them. */
export function createBatchRoute(options: BatchOptions): (context: Context<SiteEnv>) => Promise<Response> {
  const { batchFiles, maxIdleMs = MAX_IDLE_MS } = options;
  const [places, uploads] = [createPlaces(), createPlaces()];
  return async context => {
    const caller = callerKey(context, options);
    await batchFiles.demandRoom(caller);
    places.demandRoom(caller);
    const body = await bodyOf(context.req.raw, () => uploads.enter(caller));
    const leave = places.enter(caller);
    try {
      const files = decodeBatch(body);
      await batchFiles.count(caller, files.length);
      const answers = finallyDo(answerBatch(files, answerWith(options, { caller, context })), leave);
      const headers = { 'content-type': BATCH_ANSWERS_TYPE, 'cache-control': 'no-store' };
      return context.body(streamOf(answers, maxIdleMs), 200, headers);
    } catch (error) {
      leave();
      throw error;
    }
  };
}

/** Whoever lets a body trickle keeps nobody else from the places of batches. */
async function bodyOf(request: Request, enter: () => () => void): Promise<Bytes> {
  const length = request.headers.get('content-length');
  const isShort = length !== null && Number(length) <= MAX_SHORT_BODY_BYTES;
  const leave = isShort ? () => {} : enter();
  try {
    return await readBody(request, MAX_CONTAINER_BYTES);
  } finally {
    leave();
  }
}

/** What is wrong with one file, or with the portal at that moment, harms no other. */
function answerWith(
  { portal, guesses }: BatchOptions,
  { caller, context }: { caller: string; context: Context<SiteEnv> },
): AnswerFile {
  const log = context.get('log');
  const requestId = context.get('requestId');
  return async file => {
    try {
      if (file.kind === 'activation-request') await guesses.demandRoom(caller);
      const { container, kind, code, isRepeated } = await portal.exchange(file.bytes, namedFor(file));
      if (code === 'CREDENTIALS_REFUSED') await guesses.count(caller, 1);
      log.info({ requestId, kind, code, isRepeated }, 'exchange');
      return container;
    } catch (error) {
      const code = codeOf(error);
      log.warn({ requestId, code, ...(code === 'SERVER_FAILED' && { err: error }) }, 'not exchanged');
      return code;
    }
  };
}

function namedFor({ credentials }: ReceivedFile) {
  return credentials && decodeNamedCredentials(credentials);
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof LatchkeyError ? error.code : 'SERVER_FAILED';
}

interface Places {
  /** @throws LatchkeyError SERVER_BUSY */
  demandRoom(caller: string): void;
  /** @returns What to call once at the end. @throws LatchkeyError SERVER_BUSY */
  enter(caller: string): () => void;
}

function createPlaces(): Places {
  const taken: string[] = [];
  const demandRoom = (caller: string) => {
    const own = taken.filter(each => each === caller).length;
    if (taken.length < MAX_BATCHES && own < MAX_BATCHES_OF_CALLER) return;
    const data = { retryAfterSeconds: BUSY_SECONDS };
    throw new LatchkeyError('SERVER_BUSY', 'enough batches are under way', { data });
  };
  return {
    demandRoom,
    enter(caller) {
      demandRoom(caller);
      taken.push(caller);
      return () => void taken.splice(taken.indexOf(caller), 1);
    },
  };
}

async function* finallyDo<T>(source: AsyncGenerator<T>, work: () => void): AsyncGenerator<T> {
  try {
    yield* source;
  } finally {
    work();
  }
}
