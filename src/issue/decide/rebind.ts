import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import { sha256 } from '../../crypto/hash.ts';
import type { Replaces } from '../../format/claims.ts';
import { matchFingerprint } from '../../license/node-lock.ts';
import type { ActivationRecord, LicenseRecord, SeatRequestRecord } from '../records.ts';
import type { Refused } from './decision.ts';

const SECONDS_PER_DAY = 86_400;

/** Share of all signals, by weight, that both devices must have sent: a few alone are too easily right. */
const MIN_COMPARED_PERCENT = 50;

/** How long the word of a person holds; as long as a refused request is decided anew. */
const APPROVED_FOR_S = 90 * SECONDS_PER_DAY;

/** How long a seat that was rebound stays where it is, unless a person says otherwise. */
const RESTS_FOR_S = SECONDS_PER_DAY;

/** Refusals that a rebind can take away. */
const forWantOfSeat: ReadonlySet<string> = new Set<Refused['refused']>([
  'NO_SEATS_LEFT',
  'TRANSFERS_USED_UP',
  'REBIND_NEEDS_APPROVAL',
]);

/** An active activation, and what the vendor knows of its device. */
export interface SeatHolder {
  readonly activation: ActivationRecord;
  readonly isBlocked: boolean;
  /** A copy of the device was noticed, and nobody has dealt with it. */
  readonly isCopied: boolean;
}

/** Who asks for a seat. */
export interface SeatAsker {
  readonly fingerprint: Bytes | undefined;
  /** Of a license for users. */
  readonly userId: Bytes | null;
  /** It had an activation of this license under the key that it has now: it has not lost its storage. */
  readonly hadLicense: boolean;
  /** The activation that it says it takes the place of; null: it says nothing. */
  readonly namedId: Bytes | null;
}

/** Whether a request is refused for want of a seat, which a rebind would give it. */
export function wantsSeat(decision: object): decision is Refused {
  return 'refused' in decision && forWantOfSeat.has(String(decision.refused));
}

/**
 * How alike two fingerprints are, in percent of the weight of the signals that both have; null when they are too few
 * to compare. Machines of one model are alike, and a fingerprint is no more than the word of the device.
 */
export function likenessOf(fingerprint: Bytes | null, asked: Bytes | null | undefined): number | null {
  if (fingerprint === null || asked == null) return null;
  const { scorePercent, comparedPercent } = matchFingerprint(fingerprint, asked);
  return comparedPercent < MIN_COMPARED_PERCENT ? null : scorePercent;
}

/**
 * The seat that a device takes again by itself, having lost its storage and with it its key; null: none. It is the one
 * seat whose device is as alike as the terms of the license ask for: not one of a blocked device, nor one that is
 * copied, nor one that was rebound within a day.
 *
 * @see FORMAT.md#rebinding
 */
export function decideRebind(
  {
    maxRebinds,
    rebindsUsed,
    rebindLikeness,
  }: Pick<LicenseRecord, 'maxRebinds' | 'rebindsUsed' | 'rebindLikeness'>,
  asker: SeatAsker,
  holders: readonly SeatHolder[],
  nowS: number,
): ActivationRecord | null {
  if (asker.hadLicense || (maxRebinds !== null && rebindsUsed >= maxRebinds)) return null;
  const [found, another] = holders.filter(({ activation }) => {
    const likeness = likenessOf(activation.fingerprint, asker.fingerprint);
    return likeness !== null && likeness >= rebindLikeness && isMeant(activation, asker);
  });
  if (found === undefined || another !== undefined) return null;
  const { activation, isBlocked, isCopied } = found;
  const rests = activation.replaces !== null && nowS < activation.grantedAtS + RESTS_FOR_S;
  return isBlocked || isCopied || rests ? null : activation;
}

/**
 * The seat that a person gave to a device, if that still holds: the activation goes on, and its device is not blocked.
 *
 * @see FORMAT.md#rebinding
 */
export function decideApproval(
  { approvedAtS }: Pick<SeatRequestRecord, 'approvedAtS'>,
  holder: SeatHolder | null,
  nowS: number,
): ActivationRecord | null {
  if (holder === null || approvedAtS === null || nowS >= approvedAtS + APPROVED_FOR_S) return null;
  return holder.isBlocked || holder.activation.endReason !== null ? null : holder.activation;
}

/** Whether a request has the secret of the recovery file of an activation. */
export function provesRecovery(
  replaces: Replaces | undefined,
  { recoveryCommitment }: Pick<ActivationRecord, 'recoveryCommitment'>,
): boolean {
  const secret = replaces?.secret;
  return (
    secret !== undefined && recoveryCommitment !== null && equalBytes(sha256(secret), recoveryCommitment)
  );
}

/** Whether it is the machine that has the seat, so far as its signals tell: then nothing moves. */
export function isSameMachine(
  { rebindLikeness }: Pick<LicenseRecord, 'rebindLikeness'>,
  { fingerprint }: Pick<ActivationRecord, 'fingerprint'>,
  asked: Bytes | undefined,
): boolean {
  const likeness = likenessOf(fingerprint, asked);
  return likeness !== null && likeness >= rebindLikeness;
}

/** Users take the seats of their own devices alone; who names a seat means no other. */
function isMeant({ id, userId }: ActivationRecord, asker: SeatAsker): boolean {
  const isOwn = asker.userId === null || (userId !== null && equalBytes(userId, asker.userId));
  return isOwn && (asker.namedId === null || equalBytes(id, asker.namedId));
}
