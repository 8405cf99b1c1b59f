import { type Bytes, equalBytes, utf8 } from '../../bytes/bytes.ts';
import { encodeCbor } from '../../bytes/cbor.ts';
import { sha256 } from '../../crypto/hash.ts';
import type { Head } from '../../format/claims.ts';

const chainContext = utf8('latchkey-1 chain');

/** Heads kept besides the acknowledged one: one for each report that no answer came to yet. */
export const MAX_REPORTED_HEADS = 8;

/** One act of consumption, a link of the chain. */
export interface ConsumptionEntry {
  /** Number of the entry in its activation, from 1. */
  readonly sequence: number;
  /** A feature's code, or '' for the license's own counter. */
  readonly counter: string;
  readonly direction: Direction;
  /** A positive safe integer. */
  readonly amount: number;
  /** 8 random bytes, so that two copies of a device never make the same entry. */
  readonly nonce: Bytes;
}

/** What an entry does to its counter. */
export type Direction = 'used' | 'given-back';

const directionNumbers: Readonly<Record<Direction, number>> = { used: 0, 'given-back': 1 };

/** The head of an activation without entries. */
export function firstHead(activationId: Bytes): Head {
  return { sequence: 0, head: sha256(chainContext, activationId) };
}

/**
 * The head after one more entry: SHA-256 over the head before and the entry's CBOR.
 *
 * @see FORMAT.md#consumption-chain
 */
export function nextHead(before: Head, entry: ConsumptionEntry): Head {
  if (entry.sequence !== before.sequence + 1) {
    throw new RangeError(`expected entry ${before.sequence + 1}, got ${entry.sequence}`);
  }
  const { sequence, counter, direction, amount, nonce } = entry;
  const encoded = encodeCbor([sequence, counter, directionNumbers[direction], amount, nonce]);
  return { sequence, head: sha256(before.head, encoded) };
}

/** Whether two heads are the same place of the same chain. */
export function equalHeads(left: Head, right: Head): boolean {
  return left.sequence === right.sequence && equalBytes(left.head, right.head);
}

/**
 * The heads to keep once a report states `reported`: the acknowledged one, which comes first, and the last
 * {@link MAX_REPORTED_HEADS} reported ones. The portal compares the one it knows.
 */
export function headsAfterReport(heads: readonly Head[], reported: Head): readonly Head[] {
  if (heads.some(head => head.sequence === reported.sequence)) return heads;
  return [...heads.slice(0, 1), ...heads.slice(1).slice(1 - MAX_REPORTED_HEADS), reported];
}

/**
 * The heads to keep once the portal has acknowledged one of them: that one and the later ones.
 *
 * @returns null when the portal names a place that this chain never had: the profile was copied or restored.
 */
export function headsAfterAcknowledgement(
  heads: readonly Head[],
  acknowledged: Head,
): readonly Head[] | null {
  const place = heads.findIndex(head => head.sequence === acknowledged.sequence);
  const known = heads[place];
  if (known !== undefined) return equalHeads(known, acknowledged) ? heads.slice(place) : null;
  return isPast(heads, acknowledged) ? heads : null;
}

/** An older answer, loaded late: its place lies before the heads that are kept, or between them. */
function isPast(heads: readonly Head[], { sequence }: Head): boolean {
  return heads.some(head => head.sequence > sequence);
}
