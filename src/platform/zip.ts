import type { Bytes } from '../bytes/bytes.ts';
import type { NamedFile } from './stick/write-whole.ts';

/** One zip of files, stored as they are: what a portal signs is compressed already. */
export async function zipOf(files: readonly NamedFile[]): Promise<Bytes> {
  const { zipSync } = await import('fflate');
  const entries = Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]));
  return new Uint8Array(zipSync(entries, { level: 0 }));
}
