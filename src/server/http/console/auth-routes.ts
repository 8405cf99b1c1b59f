import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { changePasswordSchema, signInSchema } from '../../../api/accounts.ts';
import { authPaths } from '../../../api/paths.ts';
import type { Accounts } from '../../accounts/accounts.ts';
import type { Throttle } from '../../accounts/throttle.ts';
import { callerKey } from '../request/address.ts';
import { readJson } from '../request/body.ts';
import type { SiteEnv } from '../request/site-env.ts';
import { addCookies } from './guard.ts';

export interface AuthRoutesOptions {
  accounts: Accounts;
  throttles: SignInThrottles;
  trustProxy: boolean;
}

/** Counted before a password is looked at, so that many calls at once gain nothing. */
export interface SignInThrottles {
  /** By address, whatever account is tried. */
  address: Throttle;
  /** By address and account, so that nobody can keep the owner out from elsewhere; forgotten on success. */
  account: Throttle;
}

/** Sign in, sign out and change the password; better-auth's own paths are not served. */
export function createAuthRoutes({ accounts, throttles, trustProxy }: AuthRoutesOptions): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.use('/api/auth/*', async (context, next) => {
    context.header('cache-control', 'no-store');
    await next();
  });
  app.post(authPaths.signIn, async context => {
    const fields = await readJson(context.req.raw, signInSchema);
    const address = callerKey(context, { trustProxy });
    const account = `${address} ${createHash('sha256').update(fields.email).digest('base64url')}`;
    // The address first: what it is refused for fills no memory with accounts that it made up.
    await throttles.address.take(address);
    await throttles.account.take(account);
    addCookies(context, await accounts.signIn(fields));
    await throttles.account.forget(account);
    return context.body(null, 204);
  });
  app.post(authPaths.signOut, async context => {
    addCookies(context, await accounts.signOut(context.req.raw.headers));
    return context.body(null, 204);
  });
  app.post(authPaths.changePassword, async context => {
    const fields = await readJson(context.req.raw, changePasswordSchema);
    await throttles.address.take(callerKey(context, { trustProxy }));
    addCookies(context, await accounts.changePassword(context.req.raw.headers, fields));
    return context.body(null, 204);
  });
  return app;
}
