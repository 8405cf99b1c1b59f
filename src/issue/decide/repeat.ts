import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import type { ErrorCode } from '../../errors.ts';
import type { ExchangeRecord } from '../records.ts';

const SECONDS_PER_DAY = 86_400;

/** How long a refusal that could change is decided anew. */
const ANEW_FOR_S = 90 * SECONDS_PER_DAY;

/** Refusals whose reason the vendor, or another device, can take away. */
const changeable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'NO_SEATS_LEFT',
  'LICENSE_DISABLED',
  'TRANSFERS_USED_UP',
  'DEVICE_BLOCKED',
  'LICENSE_EXPIRED',
  'OFFLINE_NOT_ALLOWED',
  'VIRTUAL_MACHINE_REFUSED',
  'REBIND_NEEDS_APPROVAL',
]);

/** What a file is to the portal: seen for the first time, to be decided again, answered before, or an impostor. */
export type Repeat = 'new' | 'anew' | 'again' | 'reused';

/** What an earlier exchange says of one license. */
type Known = Pick<ExchangeRecord, 'digest' | 'code' | 'receivedAtS' | 'answer'>;

/**
 * Tells a file that came before by device id, request id and digest. A grant is never decided twice.
 *
 * @param known - What it was answered about each license; empty: it did not come before.
 * @see FORMAT.md#idempotence
 */
export function decideRepeat(known: readonly Known[], digest: Bytes, nowS: number): Repeat {
  const [first] = known;
  if (first === undefined) return 'new';
  if (first.digest === null || !equalBytes(first.digest, digest)) return 'reused';
  const code = refusedWith(known);
  if (code === null || !changeable.has(code)) return 'again';
  return nowS < first.receivedAtS + ANEW_FOR_S ? 'anew' : 'again';
}

/**
 * The same for a file whose carrier names key or user: whatever it was refused for, others may be named now. What was
 * granted stays so, and so does the account of a report or a deactivation.
 */
export function decideNamedRepeat(known: readonly Known[], digest: Bytes, nowS: number): Repeat {
  const repeat = decideRepeat(known, digest, nowS);
  return repeat === 'again' && refusedWith(known) !== null ? 'anew' : repeat;
}

/** The code of the refusal that the file was answered with; null: something was granted. */
export function refusedWith(known: readonly Pick<Known, 'code' | 'answer'>[]): ErrorCode | null {
  if (known.some(({ code }) => code === null)) return null;
  return known.find(({ answer }) => answer.length > 0)?.code ?? null;
}
