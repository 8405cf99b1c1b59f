import type { Bytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { LatchkeyError } from '../../errors.ts';
import { decodeStickId, encodeStickId, folderName, ID_FILE, newStickId, type StickId } from './layout.ts';
import { textOf } from './listing.ts';
import { writeOver } from './write-whole.ts';

/** Whose folder it is. */
export interface StickOwner {
  /** 32 bytes. */
  readonly domainId: Bytes;
  /** What people call the vendor: the folder is named after it. */
  readonly vendor: string;
  /** Addresses of the portal, the best first. */
  readonly portals: readonly string[];
  /** The page for whoever finds the stick, as HTML: it names the portals. */
  readonly startPage: string;
}

/** A vendor's folder on a stick. */
export interface VendorFolder {
  readonly folder: FileSystemDirectoryHandle;
  readonly id: StickId;
}

/** Folders of a chosen folder that are looked into: a stick's root has some, a home folder may have many. */
const MAX_FOLDERS = 500;
/** Longer than any id file. */
const MAX_ID_BYTES = 4096;

/**
 * The vendor's folder in a chosen one, or that itself; null when there is none. Known by its id file alone. Of several,
 * as where somebody has copied one, the first by name.
 */
export async function findVendorFolder(
  chosen: FileSystemDirectoryHandle,
  domainId: Bytes,
): Promise<VendorFolder | null> {
  const domain = toHex(domainId);
  const own = await idOf(chosen);
  if (own?.domain === domain) return { folder: chosen, id: own };
  for (const folder of await foldersIn(chosen)) {
    const id = await idOf(folder);
    if (id?.domain === domain) return { folder, id };
  }
  return null;
}

/**
 * Makes the vendor's folder in a chosen one. A folder of its name without a readable id file is taken: so a stick that
 * was pulled out while this was made is mended. Another vendor's is left alone.
 */
export async function makeVendorFolder(
  chosen: FileSystemDirectoryHandle,
  { domainId, vendor }: Pick<StickOwner, 'domainId' | 'vendor'>,
): Promise<VendorFolder> {
  const id = newStickId(domainId);
  for (let number = 1; number <= MAX_FOLDERS; number += 1) {
    const name = folderName(vendor) + (number === 1 ? '' : ` ${number}`);
    const folder = await chosen.getDirectoryHandle(name, { create: true });
    if (await idOf(folder)) continue;
    await writeOver(folder, { name: ID_FILE, bytes: new TextEncoder().encode(encodeStickId(id)) });
    return { folder, id };
  }
  throw new LatchkeyError('STICK_TOO_MANY_FILES', 'too many folders of one name');
}

/** What the id file in a folder says; null without one. */
export async function idOf(folder: FileSystemDirectoryHandle): Promise<StickId | null> {
  const text = await textOf(folder, ID_FILE, MAX_ID_BYTES);
  return text === null ? null : decodeStickId(text);
}

async function foldersIn(chosen: FileSystemDirectoryHandle): Promise<FileSystemDirectoryHandle[]> {
  const found: FileSystemDirectoryHandle[] = [];
  let seen = 0;
  for await (const entry of chosen.values()) {
    seen += 1;
    if (seen > 40 * MAX_FOLDERS) break;
    if (entry instanceof FileSystemDirectoryHandle && !entry.name.startsWith('.')) found.push(entry);
    if (found.length === MAX_FOLDERS) break;
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
