import { Hono } from 'hono';
import type { Session } from '../../../api/accounts.ts';
import { consolePaths } from '../../../api/paths.ts';
import type { Profile } from '../../../api/profile.ts';
import { LatchkeyError } from '../../../errors.ts';
import { answerNotFound } from '../request/problem.ts';
import type { SiteEnv } from '../request/site-env.ts';
import { createActivityRoutes } from './activity-routes.ts';
import { createAuditRoutes } from './audit-routes.ts';
import { type AuthRoutesOptions, createAuthRoutes } from './auth-routes.ts';
import type { ConsolePortal } from './console-env.ts';
import { createDeviceRoutes } from './devices/device-routes.ts';
import { createExchangeRoutes } from './devices/exchange-routes.ts';
import { createKnownDeviceRoutes } from './devices/known-device-routes.ts';
import { createRefreshRoutes } from './devices/refresh-routes.ts';
import { createSupportRoutes } from './devices/support-routes.ts';
import { addCookies, demandAccount, demandOwnOrigin } from './guard.ts';
import { createLicenseRoutes } from './licenses/license-routes.ts';
import { createPreviewRoutes } from './licenses/preview-routes.ts';
import { createCustomerRoutes } from './sales/customer-routes.ts';
import { createExportRoutes } from './sales/export-routes.ts';
import { createOrderRoutes } from './sales/order-routes.ts';
import { createPolicyRoutes } from './sales/policy-routes.ts';
import { createProductRoutes } from './sales/product-routes.ts';
import { createUserRoutes } from './sales/user-routes.ts';

export interface ConsoleApiOptions extends AuthRoutesOptions {
  /** The console's own. */
  origin: string;
  portal: ConsolePortal;
  /** The profile of a vendor's app; null for a product that there is not. */
  findProfile: (product: string | null) => Promise<Profile | null>;
}

/** Everything under /api/ of the console's host; nothing but who is signed in is told without an account. */
export function createConsoleApi(options: ConsoleApiOptions): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.use('/api/*', demandOwnOrigin(options.origin));
  app.route('/', createAuthRoutes(options));
  app.get(consolePaths.session, async context => {
    const signedIn = await options.accounts.signedIn(context.req.raw.headers);
    addCookies(context, signedIn?.cookies ?? []);
    context.header('cache-control', 'no-store');
    return context.json((signedIn?.account ?? null) satisfies Session);
  });
  app.use('/api/*', demandAccount(options.accounts));
  app.get(consolePaths.profile, async context => {
    const profile = await options.findProfile(context.req.query('product') ?? null);
    if (!profile) throw new LatchkeyError('NOT_FOUND', 'no such product');
    context.header('content-disposition', 'attachment; filename="profile.json"');
    return context.json(profile);
  });
  app.route('/', createActivityRoutes(options.portal));
  app.route('/', createProductRoutes(options.portal));
  app.route('/', createPolicyRoutes(options.portal));
  app.route('/', createLicenseRoutes(options.portal));
  app.route('/', createPreviewRoutes(options.portal));
  app.route('/', createDeviceRoutes(options.portal));
  app.route('/', createRefreshRoutes(options.portal));
  app.route('/', createKnownDeviceRoutes(options.portal));
  app.route('/', createExchangeRoutes(options.portal));
  app.route('/', createAuditRoutes(options.portal));
  app.route('/', createUserRoutes(options.portal));
  app.route('/', createCustomerRoutes(options.portal));
  app.route('/', createOrderRoutes(options.portal));
  app.route('/', createSupportRoutes(options));
  app.route('/', createExportRoutes(options.portal));
  app.all('/api/*', answerNotFound);
  return app;
}
