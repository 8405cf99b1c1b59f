import { MAX_CONTAINER_BYTES, MAX_FILE_BYTES } from '../../bytes/carrier.ts';
import { MAX_BATCH_FILES } from '../../format/batch/batch-files.ts';
import { chooseFolder, saveToFolder } from '../../platform/stick/folder.ts';
import { listFiles, type StickListing } from '../../platform/stick/listing.ts';
import type { Outcome } from '../../platform/stick/outcome.ts';
import { findStick, type Stick } from '../../platform/stick/stick.ts';
import type { NamedFile } from '../../platform/stick/write-whole.ts';
import type { FilesDetail } from '../../ui/files/lk-file-drop.ts';

/** The folder that a person chose at the portal: the vendor's folder on a stick, or any other one. */
export interface StickFolder {
  /** What goes to the portal. */
  read(): Promise<FilesDetail>;
  /** Writes answers for the devices, each whole or not at all; how many are there. */
  save(answers: readonly NamedFile[]): Promise<number>;
  /** What devices have said of themselves; none in a folder of another sort. */
  outcomes(): Promise<readonly Outcome[]>;
}

/**
 * Lets the person choose the stick's folder; null when they choose none. Call it in the event of a button.
 *
 * @throws LatchkeyError STICK_NOT_ALLOWED, STICK_GONE and others of the stick
 */
export async function chooseStickFolder(
  findDomainId: () => Promise<Uint8Array<ArrayBuffer>>,
): Promise<StickFolder | null> {
  const folder = await chooseFolder('answers');
  if (!folder) return null;
  const stick = await findStick(folder, { domainId: await findDomainId() });
  return stick ? ofStick(stick) : ofFolder(folder);
}

function ofStick(stick: Stick): StickFolder {
  return {
    read: async () => filesOf(await stick.files('to-portal')),
    async save(answers) {
      let saved = 0;
      for (const answer of answers) {
        await stick.write('to-device', answer);
        saved += 1;
      }
      return saved;
    },
    outcomes: () => stick.outcomes(),
  };
}

/** Files that were copied together by hand, say: answers go beside them. */
function ofFolder(folder: FileSystemDirectoryHandle): StickFolder {
  return {
    read: async () => filesOf(await listFiles(folder, maxBytesOf, isWanted)),
    save: answers => saveToFolder(folder, answers),
    outcomes: async () => [],
  };
}

function isWanted(name: string): boolean {
  return /\.(req|zip|txt)$/i.test(name);
}

function maxBytesOf(name: string): number {
  return /\.zip$/i.test(name) ? MAX_CONTAINER_BYTES : MAX_FILE_BYTES;
}

async function filesOf(listing: StickListing): Promise<FilesDetail> {
  const files: FilesDetail['files'] = [];
  for await (const file of listing) {
    if (files.length === MAX_BATCH_FILES) break;
    files.push(file);
  }
  return { files, leftOut: listing.names.length - files.length };
}
