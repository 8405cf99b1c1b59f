import { LatchkeyError } from '../../errors.ts';
import { askForFolder, chooseFolder, permissionFor } from '../../platform/stick/folder.ts';
import { rememberedFolder, rememberFolder } from '../../platform/stick/remembered.ts';

/** The folder that a person has chosen once, for all tabs and visits. */
export class ChosenFolder {
  #folder: FileSystemDirectoryHandle | null = null;

  /** Its name; null while none is chosen. */
  get name(): string | null {
    return this.#folder?.name ?? null;
  }

  /** Reads what was chosen before; returns the folder if it may be used without a question. */
  async recall(): Promise<FileSystemDirectoryHandle | null> {
    this.#folder ??= await rememberedFolder();
    if (!this.#folder) return null;
    return (await permissionFor(this.#folder)) === 'granted' ? this.#folder : null;
  }

  /**
   * The folder, for a press of a button: asks for the one that was chosen, else lets the person choose one; null when
   * they choose none.
   *
   * @throws STICK_NOT_ALLOWED
   */
  async forPress(): Promise<FileSystemDirectoryHandle | null> {
    this.#folder ??= await rememberedFolder();
    return this.#folder ? this.#ask(this.#folder) : this.another();
  }

  /** Lets the person choose another folder. @throws STICK_NOT_ALLOWED */
  async another(): Promise<FileSystemDirectoryHandle | null> {
    const folder = await chooseFolder('latchkey-stick');
    return folder && this.take(folder);
  }

  /** Takes a folder that came another way, such as one that was dropped. @throws STICK_NOT_ALLOWED */
  async take(folder: FileSystemDirectoryHandle): Promise<FileSystemDirectoryHandle> {
    await this.#ask(folder);
    this.#folder = folder;
    await rememberFolder(folder);
    return folder;
  }

  async #ask(folder: FileSystemDirectoryHandle): Promise<FileSystemDirectoryHandle> {
    const state = await permissionFor(folder);
    if (state === 'granted' || (await askForFolder(folder)) === 'granted') return folder;
    throw new LatchkeyError('STICK_NOT_ALLOWED', 'a person or policy refuses the folder');
  }
}
