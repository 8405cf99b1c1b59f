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

/**
 * Tells a file that came before by device id, request id and digest. A grant is never decided twice.
 *
 * @see FORMAT.md#idempotence
 */
export function decideRepeat(
  known: Pick<ExchangeRecord, 'digest' | 'code' | 'receivedAtS'> | null,
  digest: Bytes,
  nowS: number,
): Repeat {
  if (known === null) return 'new';
  if (known.digest === null || !equalBytes(known.digest, digest)) return 'reused';
  if (known.code === null || !changeable.has(known.code)) return 'again';
  return nowS < known.receivedAtS + ANEW_FOR_S ? 'anew' : 'again';
}
