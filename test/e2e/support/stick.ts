import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Download } from 'playwright-core';

/** The folder in which files are carried by hand. */
export class Stick {
  readonly #folder: string;
  #count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps what a page saved and returns where it lies; two files of one name do not meet. */
  async keep(download: Download): Promise<string> {
    const path = join(this.#nextFolder(), download.suggestedFilename());
    await download.saveAs(path);
    return path;
  }

  /** Takes a file that a browser saved along, and returns where it lies then. */
  take(file: string): string {
    const path = join(this.#nextFolder(), basename(file));
    renameSync(file, path);
    return path;
  }

  /** Puts bytes on the stick. */
  write(name: string, bytes: Uint8Array): string {
    const path = join(this.#nextFolder(), name);
    writeFileSync(path, bytes);
    return path;
  }

  #nextFolder(): string {
    this.#count += 1;
    const folder = join(this.#folder, String(this.#count));
    mkdirSync(folder, { recursive: true });
    return folder;
  }
}

/** The bytes of a file on a stick. */
export function bytesOf(path: string): Buffer {
  return readFileSync(path);
}
