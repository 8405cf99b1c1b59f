import * as v from 'valibot';
import { unixSeconds } from './fields.ts';

/** Answer of GET `consolePaths.overview`. */
export const overviewSchema = v.object({
  products: v.number(),
  licenses: v.object({
    total: v.number(),
    active: v.number(),
    disabled: v.number(),
    expired: v.number(),
    /** Of the active ones, those that expire within 30 days. */
    expiringSoon: v.number(),
  }),
  devices: v.object({
    /** Activations that hold a seat. */
    active: v.number(),
    blocked: v.number(),
    /** Activations on which a copied profile was noticed. */
    forked: v.number(),
  }),
  needs: v.object({
    /** Licenses of which a counter that never begins anew is over its maximum. */
    overMaximum: v.number(),
    /** Devices whose report is overdue, its grace included; counted up to 1000. */
    overdueReports: v.number(),
    /** Devices that wait for a refresh file which nobody has made; counted up to 1000. */
    dueRefreshes: v.number(),
  }),
  /** Files of the last 24 hours. */
  exchanges: v.object({ total: v.number(), refused: v.number() }),
});

/** Answer of GET `consolePaths.activity`. */
export const activitySchema = v.object({
  /** The last twelve weeks, the oldest first, today last. */
  days: v.array(
    v.object({
      /** Midnight in UTC. */
      startsAt: unixSeconds,
      /** Activation requests that got a license. */
      granted: v.number(),
      /** Files that were refused. */
      refused: v.number(),
      /** Over all licenses: what devices reported as used, less what they gave back. */
      used: v.number(),
    }),
  ),
  /** Enabled licenses that end within each of the next twelve months, this one from now on first. */
  ends: v.array(v.object({ startsAt: unixSeconds, licenses: v.number() })),
});

export type Activity = v.InferOutput<typeof activitySchema>;
export type Overview = v.InferOutput<typeof overviewSchema>;
