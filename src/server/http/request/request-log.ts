import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Logger } from '../../log.ts';
import type { SiteName } from '../origins.ts';
import type { SiteEnv } from './site-env.ts';

/** Gives each request an id and logs one line when it is answered; the query, which may hold a key, is left out. */
export function requestLog(site: SiteName | 'bare', log: Logger): MiddlewareHandler<SiteEnv> {
  return async (context, next) => {
    const requestId = randomUUID();
    const started = performance.now();
    context.set('requestId', requestId);
    context.set('log', log);
    context.set('site', site);
    await next();
    context.res.headers.set('x-request-id', requestId);
    const { method, path } = context.req;
    const { status } = context.res;
    const ms = Math.round(performance.now() - started);
    log[status >= 500 ? 'error' : 'info'](
      { requestId, site, method, path, status, code: context.get('code'), ms },
      'request',
    );
  };
}
