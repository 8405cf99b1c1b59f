import * as v from 'valibot';

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
  /** Files of the last 24 hours. */
  exchanges: v.object({ total: v.number(), refused: v.number() }),
});

export type Overview = v.InferOutput<typeof overviewSchema>;
