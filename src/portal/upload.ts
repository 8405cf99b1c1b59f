import type { Bytes } from '../bytes/bytes.ts';
import type { ErrorCode, ErrorData } from '../errors.ts';
import type { DeviceKind } from '../format/kinds.ts';
import type { Decision } from '../verify/decision.ts';

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
