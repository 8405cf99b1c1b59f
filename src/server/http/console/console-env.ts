import type { Bytes } from '../../../bytes/bytes.ts';
import { fromHex } from '../../../bytes/hex.ts';
import { LatchkeyError } from '../../../errors.ts';
import type { RunningPortal } from '../../portal.ts';

/** What the handlers of the console's API work on. */
export type ConsolePortal = Pick<RunningPortal, 'administer' | 'tryOut' | 'database' | 'portal'>;

/**
 * An id out of a path.
 *
 * @throws LatchkeyError NOT_FOUND - when it cannot be one.
 */
export function idParam(text: string | undefined, byteLength: 16 | 32): Bytes {
  const id = findId(text ?? '', byteLength);
  if (!id) throw new LatchkeyError('NOT_FOUND', `expected an id of ${byteLength} bytes`);
  return id;
}

/** A text as an id, or null when it is none. */
export function findId(text: string, byteLength: 16 | 32): Bytes | null {
  return text.length === byteLength * 2 && /^[0-9a-f]+$/.test(text) ? fromHex(text) : null;
}

/** Now in whole seconds, as the portal sees it. */
export function nowOf({ portal }: ConsolePortal): number {
  return Math.floor(portal.nowMs() / 1000);
}
