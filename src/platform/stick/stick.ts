import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import { type Direction, OUTCOMES_FOLDER, START_PAGE } from './layout.ts';
import { fileIn, listFiles, type StickListing, textOf } from './listing.ts';
import { decodeOutcome, encodeOutcome, MAX_OUTCOME_BYTES, type Outcome, outcomeFileName } from './outcome.ts';
import { onStick } from './stick-error.ts';
import { findVendorFolder, makeVendorFolder, type StickOwner, type VendorFolder } from './vendor-folder.ts';
import { type NamedFile, writeBeside, writeOver } from './write-whole.ts';

/** Longer than any file that goes one of the two ways by itself, as text too. */
const MAX_CARRIED_BYTES = 256 * 1024;
const MAX_PAGE_BYTES = 64 * 1024;

/**
 * A vendor's folder on a stick, or in any other folder that a person chose. It knows names and bytes, and nothing of
 * what is in a file.
 *
 * Everything throws STICK_GONE, STICK_FULL, STICK_NOT_ALLOWED or STICK_FAILED, and a stick that was pulled out at any
 * moment holds no part of a file that passes for a whole one.
 *
 * @see FORMAT.md#stick
 */
export class Stick {
  /** 16 random bytes, hex: the same stick wherever it is plugged in, under whatever name. */
  readonly id: string;
  /** The vendor's folder, for people. */
  readonly folderName: string;
  readonly #folder: FileSystemDirectoryHandle;

  constructor({ folder, id }: VendorFolder) {
    this.id = id.stick;
    this.folderName = folder.name;
    this.#folder = folder;
  }

  /**
   * The files that go one way, each of at most 256 KiB. Foreign files are among them: what is not of Latchkey is left
   * alone, and named by who reads it.
   *
   * @throws STICK_TOO_MANY_FILES - before anything is read.
   */
  files(direction: Direction): Promise<StickListing> {
    return onStick(async () => {
      const folder = await this.#found(direction);
      return folder === null ? nothingThere : guarded(await listFiles(folder, () => MAX_CARRIED_BYTES));
    });
  }

  /**
   * Writes a file whole or not at all, and reads it back. Another file of the same name is left alone; the same file
   * is not written twice.
   *
   * @returns The name under which it lies: with a number where the name was taken.
   */
  write(direction: Direction, file: NamedFile): Promise<string> {
    return onStick(async () => writeBeside(await this.#made(direction), file));
  }

  /** The bytes of one file; null where there is none of this name. Its size is looked at first. */
  read(direction: Direction, name: string): Promise<Bytes | null> {
    return onStick(async () => {
      const folder = await this.#found(direction);
      const file = folder && (await fileIn(folder, name));
      return file && file.size <= MAX_CARRIED_BYTES ? new Uint8Array(await file.arrayBuffer()) : null;
    });
  }

  /** Removes a file that is still the one of these bytes; anything else is left alone. */
  remove(direction: Direction, { name, bytes }: NamedFile): Promise<void> {
    return onStick(async () => {
      const present = await this.read(direction, name);
      if (present && equalBytes(present, bytes)) await (await this.#found(direction))?.removeEntry(name);
    });
  }

  /** What devices say of themselves, each once. What is no outcome is passed over. */
  outcomes(): Promise<Outcome[]> {
    return onStick(async () => {
      const decoder = new TextDecoder();
      const found = new Map<string, Outcome>();
      const folder = await this.#found(OUTCOMES_FOLDER);
      if (folder === null) return [];
      for await (const { bytes } of await listFiles(folder, () => MAX_OUTCOME_BYTES)) {
        const outcome = bytes && decodeOutcome(decoder.decode(bytes));
        const other = outcome && found.get(outcome.device);
        if (outcome && (!other || other.at <= outcome.at)) found.set(outcome.device, outcome);
      }
      return [...found.values()];
    });
  }

  /** What one device has said of itself; null when it has said nothing. */
  outcomeOf(device: string): Promise<Outcome | null> {
    return onStick(async () => {
      const folder = await this.#found(OUTCOMES_FOLDER);
      const text = folder && (await textOf(folder, outcomeFileName(device), MAX_OUTCOME_BYTES));
      const outcome = text === null ? null : decodeOutcome(text);
      return outcome?.device === device ? outcome : null;
    });
  }

  /** Tells what has become of a device, in the place of what it told before. */
  tellOutcome(outcome: Outcome): Promise<void> {
    const bytes = new TextEncoder().encode(encodeOutcome(outcome));
    const file = { name: outcomeFileName(outcome.device), bytes };
    return onStick(async () => writeOver(await this.#made(OUTCOMES_FOLDER), file));
  }

  /** For reading, which a stick that may not be written is good for too; null where there is none. */
  async #found(name: Direction | typeof OUTCOMES_FOLDER): Promise<FileSystemDirectoryHandle | null> {
    try {
      return await this.#folder.getDirectoryHandle(name);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
      // Of a stick that was pulled out nothing is found either: this throws then.
      await this.#folder.values().next();
      return null;
    }
  }

  #made(name: Direction | typeof OUTCOMES_FOLDER): Promise<FileSystemDirectoryHandle> {
    return this.#folder.getDirectoryHandle(name, { create: true });
  }
}

/** The vendor's folder in a chosen folder, for reading; null when there is none yet. Writes nothing. @throws as {@link Stick} */
export function findStick(
  chosen: FileSystemDirectoryHandle,
  { domainId }: Pick<StickOwner, 'domainId'>,
): Promise<Stick | null> {
  return onStick(async () => {
    const found = await findVendorFolder(chosen, domainId);
    return found && new Stick(found);
  });
}

/**
 * The vendor's folder in a chosen folder, made where there is none yet, with a page that names the portals of now.
 *
 * @throws as {@link Stick}
 */
export function openStick(chosen: FileSystemDirectoryHandle, owner: StickOwner): Promise<Stick> {
  return onStick(async () => {
    const found = (await findVendorFolder(chosen, owner.domainId)) ?? (await makeVendorFolder(chosen, owner));
    await keepStartPage(found.folder, owner);
    return new Stick(found);
  });
}

/** Whoever wrote the page that is there may have had another language: it stays while it names the portals. */
async function keepStartPage(
  folder: FileSystemDirectoryHandle,
  { portals, startPage }: StickOwner,
): Promise<void> {
  const present = await textOf(folder, START_PAGE, MAX_PAGE_BYTES);
  if (present?.trimEnd().endsWith('</html>') && portals.every(portal => present.includes(portal))) return;
  await writeOver(folder, { name: START_PAGE, bytes: new TextEncoder().encode(startPage) });
}

const nothingThere: StickListing = { names: [], async *[Symbol.asyncIterator]() {} };

/** The same listing, telling by codes what fails while it is read. */
function guarded(listing: StickListing): StickListing {
  return {
    names: listing.names,
    async *[Symbol.asyncIterator]() {
      const files = listing[Symbol.asyncIterator]();
      for (;;) {
        const next = await onStick(() => files.next());
        if (next.done) return;
        yield next.value;
      }
    },
  };
}
