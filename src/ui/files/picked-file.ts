import type { ErrorCode, ErrorData } from '../../errors.ts';

/** A file that a person chose, read whole, or why it was not read. */
export type PickedFile =
  | { name: string; size: number; bytes: Uint8Array<ArrayBuffer> }
  | { name: string; size: number; bytes: null; code: ErrorCode; data: ErrorData };

/**
 * Reads a chosen file. One past the limit or empty is refused before it is read; a file that the browser cannot read,
 * as when the stick was pulled out, is told by its code.
 */
export async function readPickedFile(file: File, maxBytes: number): Promise<PickedFile> {
  const { name, size } = file;
  if (size > maxBytes) return { name, size, bytes: null, code: 'FILE_TOO_LARGE', data: { maxBytes } };
  if (size === 0) return { name, size, bytes: null, code: 'FILE_EMPTY', data: {} };
  try {
    return { name, size, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return { name, size, bytes: null, code: 'FILE_NOT_READ', data: {} };
  }
}
