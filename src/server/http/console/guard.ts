import type { Context, MiddlewareHandler } from 'hono';
import { LatchkeyError } from '../../../errors.ts';
import type { Accounts } from '../../accounts/accounts.ts';
import type { SiteEnv } from '../request/site-env.ts';

/**
 * Lets only pages of the console's own origin through. Cookies with SameSite=Strict do not do this alone: the other
 * hosts of this server are the same site. Whatever is not GET or HEAD must name the origin exactly; a browser says
 * with Sec-Fetch-Site where a reading call comes from.
 */
export function demandOwnOrigin(origin: string): MiddlewareHandler<SiteEnv> {
  return async (context, next) => {
    const { method } = context.req;
    const isReading = method === 'GET' || method === 'HEAD';
    if (isReading ? isFromElsewhere(context) : context.req.header('origin') !== origin) {
      throw new LatchkeyError('ORIGIN_REFUSED', `expected a call from ${origin}`);
    }
    await next();
  };
}

/** Lets only people through who are signed in and have a password of their own. */
export function demandAccount(accounts: Accounts): MiddlewareHandler<SiteEnv> {
  return async (context, next) => {
    const signedIn = await accounts.signedIn(context.req.raw.headers);
    if (!signedIn) throw new LatchkeyError('SIGN_IN_NEEDED', 'expected a session');
    addCookies(context, signedIn.cookies);
    if (signedIn.account.passwordChangeNeeded) {
      throw new LatchkeyError('PASSWORD_CHANGE_NEEDED', 'the one-time password has to be changed first');
    }
    context.set('account', signedIn.account);
    context.header('cache-control', 'no-store');
    await next();
  };
}

/** Passes on the cookies that the accounts made. */
export function addCookies(context: Context<SiteEnv>, cookies: string[]): void {
  for (const cookie of cookies) context.header('set-cookie', cookie, { append: true });
}

function isFromElsewhere(context: Context<SiteEnv>): boolean {
  const site = context.req.header('sec-fetch-site');
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
