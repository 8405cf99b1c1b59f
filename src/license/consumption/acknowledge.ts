import type { Consumption, Head, Period } from '../../format/claims.ts';
import type { License } from '../../format/license.ts';
import { equalHeads, headsAfterAcknowledgement } from './chain.ts';
import { headOf } from './consumption.ts';
import { periodsAfterAcknowledgement } from './period.ts';
import { limitsOf } from './remaining.ts';

/** What a device keeps of what an activation has counted. */
export interface KeptCount {
  readonly consumption: Consumption;
  /** The chain's heads to state: the acknowledged one, then each reported one. */
  readonly heads: readonly Head[];
  readonly periods?: readonly Period[];
}

/** What to keep once a license of the activation is here: what the portal acknowledges need not be proven again. */
export function acknowledge(kept: KeptCount, license: License): KeptCount {
  const { acknowledged } = license;
  if (!acknowledged) return kept;
  const { consumption, periods } = kept;
  // null: the portal names another chain. The sums stay, and the next report shows it the fork.
  const heads = headsAfterAcknowledgement(kept.heads, acknowledged) ?? kept.heads;
  if (periods === undefined || !equalHeads(acknowledged, headOf(consumption))) return { ...kept, heads };
  const resetOfCounter = (counter: string) => limitsOf(license, counter)?.resetPeriod;
  return { ...kept, heads, periods: periodsAfterAcknowledgement(periods, license, resetOfCounter) };
}
