import { type Bytes, equalBytes } from '../../bytes/bytes.ts';

/** The share of a maximum that a device may take with it, as a ceiling on what it uses itself. */
export interface Share {
  /** In the newest license file. */
  readonly ceiling: number;
  /** The highest that may be in effect: a device need not have loaded the newest file. */
  readonly held: number;
}

/** What an active activation has used of a counter, and what it may use. */
export interface Holding {
  readonly activationId: Bytes;
  /** used - given back, as reported; in its period if the counter has one. */
  readonly net: number;
  /** null: it has no share yet. */
  readonly share: Share | null;
}

/** What shares are taken of. */
export interface Pool {
  /** Maximum and overage; null: unlimited. */
  readonly size: number | null;
  /** What all devices have used, ended ones too, with the vendor's correction. */
  readonly total: number;
  /** Of all active activations of the license. */
  readonly holdings: readonly Holding[];
  /** Most that one device may have unused with it. */
  readonly most: number;
  /** Whether the counter begins anew: then ceilings hold for later periods too, in which nothing of this total counts. */
  readonly isTurning: boolean;
}

/**
 * The share that the next license file of a device states: so much past what it has used, as nobody else may use.
 * What others hold counts as used, reported or not, so that devices that know nothing of each other never use more than
 * the pool together. A smaller share frees nothing before the device has said that it has the file. Of a counter that
 * begins anew, all ceilings also fit under the pool as it is in the next period: without this one's correction, and
 * without what was given back by devices that ended.
 *
 * @param isNewest - Whether the device says that it has the newest license file.
 * @see FORMAT.md#shares
 */
export function decideShare(pool: Pool, activationId: Bytes, isNewest: boolean): Share {
  const isOwn = (holding: Holding) => equalBytes(holding.activationId, activationId);
  const own = pool.holdings.find(isOwn) ?? { activationId, net: 0, share: null };
  const others = pool.holdings.filter(holding => !isOwn(holding));
  const ended = pool.total - sum([own, ...others].map(({ net }) => net));
  const size = pool.size ?? Number.POSITIVE_INFINITY;
  const free = size - ended - sum(others.map(takenBy));
  const freeLater = pool.isTurning ? size - sum(others.map(ceilingOf)) : free;
  const ceiling = Math.max(0, Math.min(own.net + pool.most, free, freeLater));
  const inEffect = isNewest ? own.share?.ceiling : own.share?.held;
  return { ceiling, held: Math.max(ceiling, inEffect ?? 0) };
}

/** What devices may use yet without the portal hearing of it. */
export function outstanding(holdings: readonly Holding[]): number {
  return sum(holdings.map(holding => takenBy(holding) - holding.net));
}

function takenBy(holding: Holding): number {
  return Math.max(holding.net, ceilingOf(holding));
}

/** The highest that may be in effect, in any period. */
function ceilingOf({ share }: Holding): number {
  return share?.held ?? 0;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}
