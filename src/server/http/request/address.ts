import type { Context } from 'hono';
import { throttleKey } from '../../accounts/throttle.ts';
import type { SiteEnv } from './site-env.ts';

/** Whom to count a request for; the last address of X-Forwarded-For is the one that our own proxy wrote. */
export function callerKey(context: Context<SiteEnv>, { trustProxy }: { trustProxy: boolean }): string {
  const forwarded = trustProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return throttleKey(forwarded || (context.env.incoming.socket.remoteAddress ?? 'unknown'));
}
