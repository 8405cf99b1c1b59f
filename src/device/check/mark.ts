import { type DBSchema, openDB } from 'idb';
import { createDeviceKey, deviceSigner } from '../../crypto/device-key.ts';

/** A sign that the storage of this machine was written to, and when. */
export interface Mark {
  /** Milliseconds since the Unix epoch, by the machine's clock. */
  readonly writtenAtMs: number;
  /** The start of the app that wrote it. */
  readonly start: string;
}

interface MarkRecord extends Mark {
  readonly keys: CryptoKeyPair;
}

interface MarkSchema extends DBSchema {
  marks: { key: 'mark'; value: MarkRecord };
}

const DATABASE = 'latchkey-check';
const START = 'latchkey-check-start';

/** The start of the app that this window belongs to; the same while it is loaded anew, another once it was closed. */
export function thisStart(): string {
  const known = sessionStorage.getItem(START);
  if (known !== null) return known;
  sessionStorage.setItem(START, String(performance.timeOrigin));
  return thisStart();
}

/**
 * Gives the mark that is here, or writes one and gives that, with a key as the device's own would be, which is read back
 * and used. What it costs when storage loses keys is found out before a request is made.
 *
 * @throws DOMException, TypeError - as the browser says it, where it keeps nothing, or not the key.
 */
export async function findOrWriteMark(start = thisStart(), nowMs = Date.now()): Promise<Mark> {
  const keys = await createDeviceKey();
  const database = await openMarks();
  try {
    const known = await database.get('marks', 'mark');
    if (known) return await withKey(known);
    await database.put('marks', { writtenAtMs: nowMs, start, keys }, 'mark');
    const written = await database.get('marks', 'mark');
    if (!written) throw new TypeError('the mark was not kept');
    return await withKey(written);
  } finally {
    database.close();
  }
}

/** Whether this machine was checked before. */
export async function hasMark(): Promise<boolean> {
  const database = await openMarks();
  const count = await database.count('marks');
  database.close();
  return count > 0;
}

/** Takes the mark away: an image of this machine is to be made, whose copies have not been checked. */
export async function forgetMark(): Promise<void> {
  const database = await openMarks();
  await database.delete('marks', 'mark');
  database.close();
}

function openMarks() {
  return openDB<MarkSchema>(DATABASE, 1, { upgrade: database => void database.createObjectStore('marks') });
}

/** @throws TypeError - for a key that came back as something else, as some browsers give it. */
async function withKey(mark: MarkRecord): Promise<MarkRecord> {
  await deviceSigner(mark.keys.privateKey).sign(new Uint8Array(1));
  return mark;
}
