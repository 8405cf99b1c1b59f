import type { Bytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import { MAX_ANSWER_BYTES } from './doors/answer-length.ts';

export { MAX_ANSWER_BYTES };

/**
 * Reads a file whose size is looked at first.
 *
 * @throws FILE_TOO_LARGE - before a byte is read.
 */
export async function readFile(file: Blob): Promise<Bytes> {
  checkAnswerLength(file.size);
  return new Uint8Array(await file.arrayBuffer());
}

/** Copies text for people; false when the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Refuses what is too long for an answer to one device. @throws FILE_TOO_LARGE */
export function checkAnswerLength(length: number): void {
  if (length <= MAX_ANSWER_BYTES) return;
  const data = { bytes: length, maxBytes: MAX_ANSWER_BYTES };
  throw new LatchkeyError('FILE_TOO_LARGE', `expected at most ${MAX_ANSWER_BYTES} bytes, got ${length}`, {
    data,
  });
}
