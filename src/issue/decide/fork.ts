import type { Total } from '../../format/claims.ts';

/**
 * What the vendor wants done about a copied profile: the first chain stays and the other is refused; so too, and the
 * device is blocked until a person has looked; or both are served.
 */
export type ForkPolicy = 'refuse-copy' | 'block-device' | 'note-only';

/** What applies where the vendor has said nothing. */
export const DEFAULT_FORK_POLICY: ForkPolicy = 'refuse-copy';

/** What shows that there are two: by which file of a device it is known. */
export type ForkSign = 'two-heads' | 'fewer-entries' | 'after-end' | 'same-number';

/** What follows from a fork besides that it is noted. */
export interface ForkAnswer {
  /** The file is answered as if there were one device; a deactivation always is. */
  readonly isServed: boolean;
  readonly blocksDevice: boolean;
}

/**
 * Decides about a file that shows a fork.
 *
 * @see FORMAT.md#forks
 */
export function decideFork(policy: ForkPolicy): ForkAnswer {
  return { isServed: policy === 'note-only', blocksDevice: policy === 'block-device' };
}

/**
 * What is counted of an activation whose forks are served: of each counter the highest sums that any copy stated. What
 * the copies have in common is never counted twice, and a profile put back to an older state counts again once it
 * is past what it had lost.
 */
export function raisedTotals(known: readonly Total[], stated: readonly Total[]): Total[] {
  const raised = new Map(known.map(total => [total.counter, total]));
  for (const { counter, used, givenBack } of stated) {
    const before = raised.get(counter);
    raised.set(counter, {
      counter,
      used: Math.max(used, before?.used ?? 0),
      givenBack: Math.max(givenBack, before?.givenBack ?? 0),
    });
  }
  return [...raised.values()];
}
