import type { HttpBindings } from '@hono/node-server';
import type { Account } from '../../../api/accounts.ts';
import type { ErrorCode } from '../../../errors.ts';
import type { Logger } from '../../log.ts';
import type { SiteName } from '../origins.ts';

/** What handlers find in the context of a request. */
export interface SiteEnv {
  Bindings: HttpBindings;
  Variables: {
    site: SiteName | 'bare';
    log: Logger;
    requestId: string;
    /** What the answer says went wrong. */
    code: ErrorCode;
    /** Who is signed in to the console; set before its handlers run. */
    account: Account;
  };
}
