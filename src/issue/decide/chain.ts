import { equalBytes } from '../../bytes/bytes.ts';
import type { Consumption, Head, Total } from '../../format/claims.ts';
import { firstHead } from '../../license/consumption/chain.ts';
import type { ActivationRecord } from '../records.ts';
import type { UsageDelta } from '../repository.ts';
import type { ForkSign } from './fork.ts';

/** Heads that one file can state. With fewer, none was left out. */
const MAX_STATED_HEADS = 9;

/** What the portal knows of the consumption of one activation. */
export interface KnownChain {
  readonly activation: ActivationRecord;
  /** Those of the sequences that the file states, as far as there are any. */
  readonly heads: readonly Head[];
  readonly totals: readonly Total[];
}

/** What a device file states of it. */
export interface StatedChain {
  readonly deviceSequence: number;
  readonly consumption: Consumption;
  readonly heads: readonly Head[];
}

/** The same chain and further than what was counted; on the same chain but not further; or the sign of a second one. */
export type ChainRelation = 'further' | 'counted' | ForkSign;

/** Whether the file comes from a second copy. */
export function isFork(relation: ChainRelation): relation is ForkSign {
  return relation !== 'further' && relation !== 'counted';
}

/**
 * Compares the chain that a device states with the one that was counted.
 *
 * @see FORMAT.md#forks
 */
export function compareChain(known: KnownChain, stated: StatedChain): ChainRelation {
  const { reportedSequence, finalSequence, reportedDeviceSequence } = known.activation;
  const { sequence } = stated.consumption;
  if (isAnotherChain(known, stated)) return 'two-heads';
  if (sequence > reportedSequence) {
    if (finalSequence !== null && sequence > finalSequence) return 'after-end';
    return fallsBehind(known.totals, stated.consumption.totals) ? 'fewer-entries' : 'further';
  }
  // Later in the device's own order, and yet fewer entries: an older copy of the profile goes on.
  const isOlderCopy = sequence < reportedSequence && stated.deviceSequence > reportedDeviceSequence;
  return isOlderCopy ? 'fewer-entries' : 'counted';
}

/** What to add to the totals of license and features, so that nothing is counted twice. */
export function deltasOf(known: readonly Total[], stated: readonly Total[]): UsageDelta[] {
  const before = new Map(known.map(total => [total.counter, total]));
  return stated
    .map(({ counter, used, givenBack }) => ({
      counter,
      used: used - (before.get(counter)?.used ?? 0),
      givenBack: givenBack - (before.get(counter)?.givenBack ?? 0),
    }))
    .filter(({ used, givenBack }) => used > 0 || givenBack > 0);
}

/** The heads that a file states, that of its own consumption included. */
export function statedHeads({ consumption, heads }: StatedChain): Head[] {
  const { sequence, head } = consumption;
  return [...heads.filter(stated => stated.sequence !== sequence), { sequence, head }];
}

function isAnotherChain(known: KnownChain, stated: StatedChain): boolean {
  const { activation } = known;
  const knownHeads = [
    firstHead(activation.id),
    ...known.heads,
    { sequence: activation.reportedSequence, head: activation.reportedHead },
  ];
  const heads = new Map(statedHeads(stated).map(({ sequence, head }) => [sequence, head]));
  const differs = knownHeads.some(({ sequence, head }) => {
    const other = heads.get(sequence);
    return other !== undefined && !equalBytes(head, other);
  });
  return differs || contradictsItself(stated) || skipsCounted(activation, stated, heads);
}

function contradictsItself({ consumption, heads }: StatedChain): boolean {
  return heads.some(
    ({ sequence, head }) => sequence === consumption.sequence && !equalBytes(head, consumption.head),
  );
}

/** A device states the head at each of its reports that it has no answer to: this one never made the counted one. */
function skipsCounted(
  { reportedSequence }: ActivationRecord,
  { consumption, heads: list }: StatedChain,
  heads: ReadonlyMap<number, unknown>,
): boolean {
  const first = Math.min(...heads.keys());
  const isBetween = first < reportedSequence && reportedSequence < consumption.sequence;
  return isBetween && !heads.has(reportedSequence) && list.length < MAX_STATED_HEADS;
}

/** Sums only rise; one that is left out counts as 0. */
function fallsBehind(known: readonly Total[], stated: readonly Total[]): boolean {
  const after = new Map(stated.map(total => [total.counter, total]));
  return known.some(({ counter, used, givenBack }) => {
    const total = after.get(counter);
    return (total?.used ?? 0) < used || (total?.givenBack ?? 0) < givenBack;
  });
}
