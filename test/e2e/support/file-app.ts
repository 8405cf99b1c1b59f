import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.ts';
import { cameraFlags, patienceMs } from './machine.ts';

/** A browser that no name resolves for, with an app that it opens from a disk. */
export class FileApp {
  readonly #file: string;
  readonly #profileFolder: string;
  #context: BrowserContext | null = null;

  constructor(file: string, profileFolder: string) {
    this.#file = file;
    this.#profileFolder = profileFolder;
  }

  get context(): BrowserContext {
    assert.ok(this.#context, 'the browser is off');
    return this.#context;
  }

  get page(): Page {
    const [page] = this.context.pages();
    assert.ok(page);
    return page;
  }

  /** Starts the browser, again if it runs; a camera may see a film. */
  async start({
    film = null,
    file = this.#file,
  }: {
    film?: string | null;
    file?: string;
  } = {}): Promise<void> {
    await this.close();
    const executablePath = findChromium();
    assert.ok(executablePath, 'no Chromium');
    this.#context = await chromium.launchPersistentContext(this.#profileFolder, {
      executablePath,
      headless: true,
      args: [...chromiumFlags(), '--host-resolver-rules=MAP * ~NOTFOUND', ...cameraFlags(film)],
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
    });
    this.#context.setDefaultTimeout(patienceMs);
    await this.page.goto(pathToFileURL(file).href);
  }

  async takePicture(path: string): Promise<void> {
    await this.#context?.pages()[0]?.screenshot({ path, fullPage: true });
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
  }
}
