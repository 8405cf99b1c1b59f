import type { Bytes } from '../../bytes/bytes.ts';
import type { ErrorCode, ErrorData } from '../../errors.ts';
import type { DeviceKind } from '../../format/kinds.ts';
import type { Decision } from '../../verify/decision.ts';

/** Where a file stands on its way to the portal's server and back. */
export type Progress =
  | { state: 'waiting' }
  | { state: 'sending' }
  /** The server has answered; the answer is not verified yet. */
  | { state: 'checking' }
  | { state: 'answered'; decision: Decision; answer: Bytes }
  /** Nothing was decided: the file is no device file, or the server could not be asked. */
  | { state: 'failed'; code: ErrorCode; data: ErrorData };

/** One file of a person's round. */
export interface Upload {
  id: number;
  /** Name of the file that it came in. */
  fileName: string;
  /** Null for a file that could not be read. */
  file: { kind: DeviceKind; bytes: Bytes } | null;
  /** What somebody named for it at this page, as it travels; null: nothing. */
  credentials: Bytes | null;
  progress: Progress;
}

/** What an upload means to a person: trouble comes first on the page. */
export type Standing = 'trouble' | 'underway' | 'good';

/** Refusals that the portal decides anew when the same file comes again. */
const changeable: ReadonlySet<string> = new Set([
  'NO_SEATS_LEFT',
  'TRANSFERS_USED_UP',
  'LICENSE_DISABLED',
  'LICENSE_EXPIRED',
  'DEVICE_BLOCKED',
  'OFFLINE_NOT_ALLOWED',
  'VIRTUAL_MACHINE_REFUSED',
  'REBIND_NEEDS_APPROVAL',
]);

/** Failures of the way, not of the file. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'PORTAL_UNREACHABLE',
  'PORTAL_ANSWER_REFUSED',
  'RATE_LIMITED',
  'SERVER_BUSY',
  'SERVER_FAILED',
]);

/** Whether sending the same file again can end in something else. */
export function canAskAgain({ file, progress }: Upload): boolean {
  if (!file) return false;
  if (progress.state === 'failed') return passing.has(progress.code);
  return isRefused(progress) && changeable.has(progress.decision.code);
}

/** Refusals after which another key, or another user, may do better. */
const nameable: ReadonlySet<string> = new Set([
  'CREDENTIALS_MISSING',
  'CREDENTIALS_REFUSED',
  'USER_NOT_LICENSED',
  'PRODUCT_MISMATCH',
  'NO_SEATS_LEFT',
  'TRANSFERS_USED_UP',
  'LICENSE_DISABLED',
  'LICENSE_EXPIRED',
]);

/** What a request asks for and with what it was refused, where naming key or user for it can help; else null. */
export function completable({ file, progress }: Upload): Completable | null {
  if (file?.kind !== 'activation-request' || !isRefused(progress)) return null;
  const { code, asked, deviceNumber } = progress.decision;
  if (!asked || deviceNumber === null || !nameable.has(code)) return null;
  const isNeeded = code === 'CREDENTIALS_MISSING' || code === 'CREDENTIALS_REFUSED';
  return { ...asked, deviceNumber, isNeeded };
}

/** Other requests that were refused because nobody named key or user rightly. */
export function lackingBeside(except: Upload | null, uploads: readonly Upload[]): Upload[] {
  return uploads.filter(upload => upload.id !== except?.id && completable(upload)?.isNeeded);
}

/** A request for which key or user may be named. */
export interface Completable {
  deviceId: Bytes;
  requestId: Bytes;
  /** As people read it. */
  deviceNumber: string;
  /** Whether it was refused for that very lack. */
  isNeeded: boolean;
}

/** What an upload means to a person. */
export function standingOf({ progress }: Upload): Standing {
  if (progress.state === 'failed' || isRefused(progress)) return 'trouble';
  return progress.state === 'answered' ? 'good' : 'underway';
}

/** An upload's progress when it was answered with a refusal. */
type Refused = Extract<Progress, { state: 'answered' }> & { decision: { kind: 'refusal' } };

function isRefused(progress: Progress): progress is Refused {
  return progress.state === 'answered' && progress.decision.kind === 'refusal';
}
