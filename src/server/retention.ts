import type { Database } from './db/database.ts';
import { eraseFingerprints, eraseReceived, eraseSeatRequests } from './db/retention.ts';
import type { Logger } from './log.ts';

const SECONDS_PER_DAY = 86_400;

/**
 * How long a fingerprint is kept after the end of its activation, or after its device was refused, and a device file, which
 * carries one, after it was decided, in days.
 */
export const FINGERPRINT_DAYS = 90;

/** Whose records, and by which clock. */
export interface RetentionOptions {
  readonly database: Database;
  readonly log: Pick<Logger, 'info' | 'error'>;
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: () => number;
}

/**
 * Erases what is past its retention period, now and then daily. Returns how to stop that, which waits for a run that
 * is under way.
 *
 * @see SECURITY.md#personal-data
 */
export function keepRetention(options: RetentionOptions): () => Promise<void> {
  let running = eraseDue(options);
  const timer = setInterval(() => {
    running = eraseDue(options);
  }, SECONDS_PER_DAY * 1000);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/** A run that fails leaves its work to that of the next day. */
async function eraseDue({ database, log, nowMs }: RetentionOptions): Promise<void> {
  try {
    const untilS = Math.floor(nowMs() / 1000) - FINGERPRINT_DAYS * SECONDS_PER_DAY;
    const activations = await eraseFingerprints(database, untilS);
    const seatRequests = await eraseSeatRequests(database, untilS);
    const files = await eraseReceived(database, untilS);
    if (activations + seatRequests + files > 0) {
      log.info({ activations, seatRequests, files }, 'fingerprints erased');
    }
  } catch (error) {
    log.error({ err: error }, 'fingerprints not erased');
  }
}
