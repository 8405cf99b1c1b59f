import { MAX_FILE_BYTES } from '../../bytes/carrier.ts';
import { type ErrorCode, type ErrorData, LatchkeyError } from '../../errors.ts';
import type { PickedFile } from '../../ui/files/picked-file.ts';
import { type DeviceFile, readDeviceFiles } from './device-file.ts';
import { isZip, type ZipEntry, zipEntries } from './zip-entries.ts';

/** A device file out of what was brought, or why something of it is none. */
export type Unpacked =
  | { name: string; file: DeviceFile }
  | { name: string; file: null; code: ErrorCode; data: ErrorData };

/**
 * Takes the device files out of what a person brought: files, containers and zips. Opens nothing that is sealed. What is
 * no whole device file is told, and stops no other.
 */
export function unpack(picked: readonly PickedFile[]): Unpacked[] {
  return picked.flatMap(unpackOne);
}

function unpackOne(picked: PickedFile): Unpacked[] {
  const { name, bytes } = picked;
  if (!bytes) return [{ name, file: null, code: picked.code, data: picked.data }];
  try {
    if (isZip(bytes)) return zipEntries(bytes).flatMap(unpackEntry);
    return readDeviceFiles(bytes).map(file => ({ name, file }));
  } catch (error) {
    return [failed(name, error)];
  }
}

function unpackEntry({ name, bytes }: ZipEntry): Unpacked[] {
  if (!bytes) {
    return [{ name, file: null, code: 'FILE_TOO_LARGE', data: { maxBytes: MAX_FILE_BYTES } }];
  }
  try {
    return readDeviceFiles(bytes).map(file => ({ name, file }));
  } catch (error) {
    return [failed(name, error)];
  }
}

function failed(name: string, error: unknown): Unpacked {
  if (!(error instanceof LatchkeyError)) return { name, file: null, code: 'APP_FAILED', data: {} };
  return { name, file: null, code: error.code, data: error.data };
}
