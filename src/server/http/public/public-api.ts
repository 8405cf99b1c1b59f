import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { publicPaths } from '../../../api/paths.ts';
import type { Bytes } from '../../../bytes/bytes.ts';
import { MAX_FILE_BYTES } from '../../../bytes/carrier.ts';
import { LatchkeyError } from '../../../errors.ts';
import type { Throttle } from '../../accounts/throttle.ts';
import type { RunningPortal } from '../../portal.ts';
import { openHeaders } from '../open-headers.ts';
import { callerKey } from '../request/address.ts';
import { readBody } from '../request/body.ts';
import type { SiteEnv } from '../request/site-env.ts';
import { createBatchRoute } from './batch-route.ts';

/** What the public may ask of a portal. */
export type PublicPortal = Pick<RunningPortal, 'exchange' | 'trustContainer'>;

export interface PublicApiOptions {
  portal: PublicPortal;
  throttle: Throttle;
  /** Counts the files of batches: a batch is one call, and as many files as it holds. */
  batchFiles: Throttle;
  /** Counts credentials that were refused: by address, so that nobody can keep a user out from elsewhere. */
  guesses: Throttle;
  trustProxy: boolean;
}

const preflight = cors({
  origin: '*',
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['content-type'],
  exposeHeaders: [openHeaders['access-control-expose-headers']],
  maxAge: 86_400,
});

/**
 * Open to every origin, and therefore without credentials. Headers of an answer are set ahead of it: Hono's `cors` makes
 * an empty answer to put them on, and the real one then goes out through a web stream.
 */
const openToAll: MiddlewareHandler<SiteEnv> = (context, next) => {
  if (context.req.method === 'OPTIONS') return preflight(context, next);
  for (const [name, value] of Object.entries(openHeaders)) context.header(name, value);
  return next();
};

/** Exchange and trust. The rate is looked at before a byte of the file is. */
export function createPublicApi(options: PublicApiOptions): Hono<SiteEnv> {
  const { portal, throttle, guesses, trustProxy } = options;
  const app = new Hono<SiteEnv>();
  for (const path of [publicPaths.exchange, publicPaths.exchangeBatch, publicPaths.trust]) {
    app.use(path, openToAll);
    app.use(path, async (context, next) => {
      context.header('cross-origin-resource-policy', 'cross-origin');
      await throttle.take(callerKey(context, { trustProxy }));
      await next();
    });
  }
  app.post(publicPaths.exchange, async context => {
    const caller = callerKey(context, { trustProxy });
    await guesses.demandRoom(caller);
    const file = await readBody(context.req.raw, MAX_FILE_BYTES);
    const { container, kind, code, isRepeated } = await portal.exchange(file);
    // The one that fills the measure is answered: what was refused is no secret, and a right one is no guess.
    if (code === 'CREDENTIALS_REFUSED') await guesses.take(caller);
    context.get('log').info({ requestId: context.get('requestId'), kind, code, isRepeated }, 'exchange');
    return answerFile(context, container);
  });
  app.post(publicPaths.exchangeBatch, createBatchRoute(options));
  app.get(publicPaths.trust, context => answerFile(context, portal.trustContainer()));
  return app;
}

/** Says whether the server and its databases answer. */
export function createHealth(ping: () => Promise<void>): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.use(publicPaths.health, openToAll);
  app.get(publicPaths.health, async context => {
    context.header('cross-origin-resource-policy', 'cross-origin');
    try {
      await ping();
    } catch (cause) {
      context.get('log').error({ err: cause }, 'the database does not answer');
      throw new LatchkeyError('SERVER_BUSY', 'the database does not answer', { cause });
    }
    return context.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' });
  });
  return app;
}

function answerFile(context: Context<SiteEnv>, file: Bytes): Response {
  const headers = { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' };
  return context.body(file, 200, headers);
}
