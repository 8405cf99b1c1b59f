import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import type { ActivationRequest } from '../../format/activation-request.ts';
import type { ActivationRecord, DeviceRecord, LicenseRecord } from '../records.ts';
import type { Refused } from './decision.ts';
import { decideFork, type ForkPolicy, type ForkSign } from './fork.ts';
import { decideRebind, isSameMachine, provesRecovery, type SeatHolder, wantsSeat } from './rebind.ts';

const SECONDS_PER_HOUR = 3_600;

/** All that bears on an activation request. */
export interface ActivationFacts {
  readonly deviceId: Bytes;
  /** null: never seen before. */
  readonly device: DeviceRecord | null;
  /** What shows that a second copy of the device made it, and what the vendor wants done then. */
  readonly fork: { readonly sign: ForkSign; readonly policy: ForkPolicy } | null;
  /** The license that it has a right to, by key or user, or why there is none. */
  readonly license: LicenseRecord | Refused;
  /** Of a license for users: who asks, and how many devices of theirs have this license now. */
  readonly user: { readonly id: Bytes; readonly devices: number } | null;
  /** The activation of this license that the device holds. */
  readonly held: ActivationRecord | null;
  /** The activation of this license whose place it asks to take; it may have ended. */
  readonly named: ActivationRecord | null;
  /** The vendor blocked the device of that activation. */
  readonly isNamedBlocked: boolean;
  /** Whether the device gave this license up, and no other device was granted it since. */
  readonly isReturning: boolean;
  /** The activation whose seat a person gave to the device. */
  readonly approved: ActivationRecord | null;
  /** Read only for a request that is refused for want of a seat. */
  readonly lost: { readonly holders: readonly SeatHolder[]; readonly hadLicense: boolean } | null;
}

/** A yes: to which license, and what it costs. */
export interface Granted {
  readonly license: LicenseRecord;
  /** Present: the device keeps this activation and gets a new revision. */
  readonly held?: ActivationRecord;
  /** Present: this activation ends, and its seat is taken over; by the same device or by another. */
  readonly replaced?: ActivationRecord;
  readonly isTransfer: boolean;
  /** The device that had the seat lost its storage, as this one says, or as a person found; it costs nothing else. */
  readonly rebind?: 'by-itself' | 'approved' | 'recovered';
  /** The device takes the seat again that it gave up: none is granted anew. */
  readonly isReturning?: boolean;
}

/**
 * Decides an activation request: steps 2 to 14. A request that was decided before does not come here.
 *
 * @see FORMAT.md#deciding-an-activation-request
 */
export function decideActivation(
  facts: ActivationFacts,
  request: ActivationRequest,
  nowS: number,
): Granted | Refused {
  const { device, fork, license } = facts;
  // Step 2: the device.
  if (device?.blocked) return { refused: 'DEVICE_BLOCKED' };
  // Steps 3 and 4: what it has a right to; then whether a second copy of the device asks.
  if ('refused' in license) return license;
  if (fork !== null && !decideFork(fork.policy).isServed) return { refused: 'DEVICE_COPIED' };
  // Steps 5 to 8: the license by itself.
  const refused = checkTerms(license, request, nowS);
  if (refused !== null) return refused;
  // Steps 9 to 13: a seat; step 14: that of another device, when there is none else.
  const decision = decideSeat(facts, license, request);
  const lost = wantsSeat(decision) ? findLost(facts, license, request, nowS) : null;
  return lost === null ? decision : { license, replaced: lost, isTransfer: false, rebind: 'by-itself' };
}

function decideSeat(
  facts: ActivationFacts,
  license: LicenseRecord,
  request: ActivationRequest,
): Granted | Refused {
  const { held, approved } = facts;
  const named = activeNamed(facts);
  const isProven = named !== null && provesRecovery(request.replaces, named);
  // Step 9: the seat that the device has.
  if (held !== null) return decideHeld(license, held, named);
  // Step 10: what the user has already.
  const full = checkUser(facts, license, approved ?? named);
  if (full !== null) return full;
  // Step 11: a seat that is taken over; step 12: a free one. Step 13 comes after either.
  if (approved !== null) return { license, replaced: approved, isTransfer: false, rebind: 'approved' };
  if (isProven) return decideRecovery(facts, license, { named, request });
  return named === null ? decideFree(license, facts.isReturning) : decideBeside(facts, license);
}

/**
 * Who names a seat without its secret has no right to it and asks like all others: only what would be refused waits for
 * the vendor. The block of the seat's device goes with the name.
 */
function decideBeside(facts: ActivationFacts, license: LicenseRecord): Granted | Refused {
  const decision = checkUser(facts, license, null) ?? decideFree(license, facts.isReturning);
  const waits = facts.isNamedBlocked || 'refused' in decision;
  return waits ? { refused: 'REBIND_NEEDS_APPROVAL' } : decision;
}

function activeNamed({ named }: ActivationFacts): ActivationRecord | null {
  return named?.endReason === null ? named : null;
}

function findLost(
  facts: ActivationFacts,
  license: LicenseRecord,
  { fingerprint }: ActivationRequest,
  nowS: number,
): ActivationRecord | null {
  if (facts.lost === null) return null;
  const { holders, hadLicense } = facts.lost;
  const namedId = facts.named?.id ?? null;
  const asker = { fingerprint, userId: facts.user?.id ?? null, hadLicense, namedId };
  return decideRebind(license, asker, holders, nowS);
}

function checkTerms(license: LicenseRecord, request: ActivationRequest, nowS: number): Refused | null {
  const { product, online = false, virtualMachine = false } = request;
  const { expiresAtS, graceHours } = license;
  if (product !== undefined && product !== license.product) return { refused: 'PRODUCT_MISMATCH' };
  if (!license.enabled) return { refused: 'LICENSE_DISABLED' };
  if (expiresAtS !== null && nowS >= expiresAtS + graceHours * SECONDS_PER_HOUR) {
    return { refused: 'LICENSE_EXPIRED', data: { expiresAt: expiresAtS } };
  }
  if (!license.allowOffline && !online) return { refused: 'OFFLINE_NOT_ALLOWED' };
  if (license.preventVm && virtualMachine) return { refused: 'VIRTUAL_MACHINE_REFUSED' };
  return null;
}

/** The device keeps its activation, unless it says that it gave this very one up: it would refuse it forever. */
function decideHeld(
  license: LicenseRecord,
  held: ActivationRecord,
  replaced: ActivationRecord | null,
): Granted {
  const isGivenUp = replaced !== null && equalBytes(replaced.id, held.id);
  return isGivenUp ? { license, replaced, isTransfer: false } : { license, held, isTransfer: false };
}

/** A user may have the license on so many devices at one time; one that is replaced makes room. */
function checkUser(
  { user }: ActivationFacts,
  { devicesPerUser }: LicenseRecord,
  replaced: ActivationRecord | null,
): Refused | null {
  if (user === null || devicesPerUser === null) return null;
  const isOwn = replaced?.userId != null && equalBytes(replaced.userId, user.id);
  const others = user.devices - (isOwn ? 1 : 0);
  return others >= devicesPerUser ? { refused: 'NO_SEATS_LEFT', data: { devicesPerUser } } : null;
}

/** Whoever has the recovery secret may move by themselves. The machine that had the seat gets it again, another one moves it. */
function decideRecovery(
  { isNamedBlocked }: ActivationFacts,
  license: LicenseRecord,
  { named: replaced, request }: { readonly named: ActivationRecord; readonly request: ActivationRequest },
): Granted | Refused {
  if (isNamedBlocked) return { refused: 'DEVICE_BLOCKED' };
  if (isSameMachine(license, replaced, request.fingerprint)) {
    return { license, replaced, isTransfer: false, rebind: 'recovered' };
  }
  return decideTransfer(license, { license, replaced });
}

function decideFree(license: LicenseRecord, isReturning: boolean): Granted | Refused {
  const { maxActivations, seatsTaken } = license;
  if (maxActivations !== null && seatsTaken >= maxActivations) {
    return { refused: 'NO_SEATS_LEFT', data: { maxActivations } };
  }
  if (isReturning) return { license, isTransfer: false, isReturning };
  return decideTransfer(license, { license });
}

/** Step 13: as many activations were granted as there are seats, so this one moves a seat to another device. */
function decideTransfer(license: LicenseRecord, granted: Omit<Granted, 'isTransfer'>): Granted | Refused {
  const { maxActivations, seatsGranted, maxTransfers, transfersUsed } = license;
  const isTransfer = maxActivations !== null && seatsGranted >= maxActivations;
  if (isTransfer && maxTransfers !== null && transfersUsed >= maxTransfers) {
    return { refused: 'TRANSFERS_USED_UP', data: { maxTransfers } };
  }
  return { ...granted, isTransfer };
}
