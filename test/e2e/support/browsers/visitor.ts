import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Stick } from '../stick.ts';
import { findPicker, findShown, isReadyOffline } from './in-page.ts';
import { type BrowserKind, type BrowserWindow, until } from './window.ts';

/** Endings of files that a browser is still writing. */
const UNFINISHED = /\.(part|crdownload|wkdownload)$/;

/** What can be typed into; a choice may have the same name as its field. */
const FIELDS = 'input:not([type=radio], [type=checkbox]), textarea';

/** What a person brings along. */
export interface Belongings {
  /** Folder of the browser's profile. */
  profile: string;
  /** Folder into which the browser saves. */
  downloads: string;
  stick: Stick;
}

/** A person at a browser: the same steps in each of them. */
export class Visitor {
  /** Starts a browser on a profile. */
  static async start(kind: BrowserKind, belongings: Belongings): Promise<Visitor> {
    return new Visitor(kind, belongings, await kind.start(belongings));
  }

  window: BrowserWindow;
  readonly #kind: BrowserKind;
  readonly #belongings: Belongings;

  private constructor(kind: BrowserKind, belongings: Belongings, window: BrowserWindow) {
    this.#kind = kind;
    this.#belongings = belongings;
    this.window = window;
  }

  /** Closes the browser and starts it again on the same profile. */
  async restart(): Promise<void> {
    await this.window.close();
    this.window = await this.#kind.start(this.#belongings);
  }

  /** Visits an app for the first time and waits until all of it is here. */
  async install(origin: string): Promise<void> {
    await this.window.open(origin);
    await until('the service worker', () => this.window.evaluate(isReadyOffline));
  }

  /** Presses a button, as soon as it can be pressed. */
  async press(name: string): Promise<void> {
    await this.#click({ selector: 'button', name });
  }

  async follow(name: string): Promise<void> {
    await this.#click({ selector: 'a', name });
  }

  /** Picks one of several, by its label. */
  async pick(name: string): Promise<void> {
    await this.#click({ selector: 'input[type=radio]', name });
  }

  async enter(label: string, text: string): Promise<void> {
    const field = await until(`the field ${label}`, () =>
      this.window.find(findShown, { selector: FIELDS, name: label }),
    );
    await field.type(text);
  }

  /** Waits for a text anywhere on the page. */
  async expectText(text: string): Promise<void> {
    const sought = { selector: '*', name: text, anywhere: true };
    await until(`“${text}”`, () => this.window.find(findShown, sought));
  }

  /** Waits until the status card says so. */
  async expectStatus(name: string): Promise<void> {
    await until(`the status ${name}`, () => this.window.find(findShown, { selector: 'h1, h2', name }));
  }

  /** Chooses files in the page's picker. */
  async choose(...files: string[]): Promise<void> {
    const picker = await until('the picker', () => this.window.find(findPicker));
    await picker.choose(files);
  }

  /** Presses a button that saves a file, puts the file on the stick and returns where it lies. */
  async save(name: string): Promise<string> {
    await this.press(name);
    const { downloads, stick } = this.#belongings;
    return stick.take(await until('a download', async () => savedFile(downloads)));
  }

  async takePicture(path: string): Promise<void> {
    await this.window.takePicture(path);
  }

  async close(): Promise<void> {
    await this.window.close();
  }

  async #click(sought: { selector: string; name: string }): Promise<void> {
    await until(`${sought.selector} ${sought.name}`, async () => {
      const found = await this.window.find(findShown, sought);
      await found?.click();
      return found;
    });
  }
}

/** The file in a folder that a browser has saved and written whole. */
function savedFile(folder: string): string | null {
  const entries = readdirSync(folder, { withFileTypes: true });
  const names = entries.filter(entry => entry.isFile()).map(({ name }) => name);
  if (names.some(name => UNFINISHED.test(name))) return null;
  const path = names.map(name => join(folder, name)).find(file => statSync(file).size > 0);
  return path ?? null;
}
