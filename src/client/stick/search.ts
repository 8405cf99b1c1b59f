import type { Bytes } from '../../bytes/bytes.ts';
import type { LatchkeyError } from '../../errors.ts';
import type { Stick } from '../../platform/stick/stick.ts';
import { stickError } from '../../platform/stick/stick-error.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import type { Session } from '../state/session.ts';
import { type Look, lookAt } from '../steps/look.ts';
import type { Reason } from '../views.ts';

/** Called with how many of how many files were looked at. */
export type OnProgress = (done: number, total: number) => void;

/** A file on a stick that was read. */
export interface FoundFile {
  readonly name: string;
  readonly bytes: Bytes;
}

/** A file on the stick that is none of Latchkey's, or not whole. */
export interface Stray extends Reason {
  readonly name: string;
}

/** What lies on a stick for devices, from this device's side. */
export interface Search extends Readonly<Record<Look, readonly FoundFile[]>> {
  readonly strays: readonly Stray[];
  /** Why not every file was looked at; null when all were. */
  readonly trouble: LatchkeyError | null;
}

/**
 * Looks at every file that a portal has put on the stick, by what is in it. Changes nothing. A stick that goes away
 * meanwhile has given what was read so far.
 *
 * @throws STICK_GONE, STICK_NOT_ALLOWED, STICK_FAILED, STICK_TOO_MANY_FILES - before the first file is read.
 */
export async function searchStick(session: Session, stick: Stick, onProgress: OnProgress): Promise<Search> {
  const listing = await stick.files('to-device');
  const found: Record<Look, FoundFile[]> = { take: [], known: [], kept: [], other: [] };
  const strays: Stray[] = [];
  let done = 0;
  try {
    for await (const file of listing) {
      if (file.bytes === null) strays.push(file);
      else await sort(session, file, { found, strays });
      done += 1;
      onProgress(done, listing.names.length);
    }
  } catch (error) {
    return { ...found, strays, trouble: stickError(error) };
  }
  return { ...found, strays, trouble: null };
}

interface Piles {
  readonly found: Record<Look, FoundFile[]>;
  readonly strays: Stray[];
}

async function sort(session: Session, { name, bytes }: FoundFile, { found, strays }: Piles): Promise<void> {
  try {
    const look = await lookAt(session, bytes);
    // What others need is not kept in memory: there may be a thousand of them.
    found[look].push({ name, bytes: look === 'other' ? new Uint8Array() : bytes });
  } catch (error) {
    const { code, data } = refusalOf(error);
    strays.push({ name, code, data });
  }
}
