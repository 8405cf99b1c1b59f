import type { Download, Locator, Page } from 'playwright-core';
import { dropFiles } from './drop.ts';
import type { Stick } from './stick.ts';

/** What a courier does at the portal, and what stands there. */
export class PortalPage {
  readonly page: Page;
  readonly #stick: Stick;
  readonly #address: string;

  constructor(page: Page, address: string, stick: Stick) {
    this.page = page;
    this.#address = address;
    this.#stick = stick;
  }

  /** A new visit: nothing of the last one is on the page. */
  async visit(): Promise<void> {
    await this.page.goto(this.#address);
  }

  /** Uploads by the picker, without waiting for the answer. */
  async choose(...files: string[]): Promise<void> {
    await this.#picker.setInputFiles(files);
  }

  /** Uploads by dropping on the page, without waiting for the answer. */
  async drop(...files: string[]): Promise<void> {
    await this.#picker.waitFor({ state: 'attached' });
    await dropFiles(this.page, files);
  }

  /** Waits for a text anywhere on the page. */
  async expectText(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** The row of an uploaded file, by words in it. */
  row(words: string | RegExp): Locator {
    return this.page.getByRole('listitem').filter({ hasText: words });
  }

  /** Visits, uploads one file, waits for what is decided and saves the answer. */
  async exchange(file: string, decision: string): Promise<string> {
    await this.visit();
    await this.choose(file);
    return this.saveAnswer(this.row(decision));
  }

  /** Scans the code before the camera and waits for what is decided. */
  async scan(decision: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Scan a QR code' }).click();
    await this.row(decision).waitFor();
  }

  /** Shows the answer of a row as a code. */
  async showCode(decision: string): Promise<void> {
    await this.row(decision).getByRole('button', { name: 'Show QR code' }).click();
  }

  /** Saves the answer of a row. */
  async saveAnswer(row: Locator): Promise<string> {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      row.getByRole('button', { name: /^Save (license|receipt|refusal)/ }).click(),
    ]);
    return this.#stick.keep(download);
  }

  /** Saves all answers at once; waits for so many. */
  async saveAll(count: number): Promise<string[]> {
    const downloads: Download[] = [];
    const all = new Promise<void>(resolve => {
      this.page.on('download', download => {
        downloads.push(download);
        if (downloads.length === count) resolve();
      });
    });
    await this.page.getByRole('button', { name: 'Download all answers' }).click();
    await all;
    await this.expectText(`Saved: ${count}.`);
    return Promise.all(downloads.map(download => this.#stick.keep(download)));
  }

  get #picker(): Locator {
    return this.page.getByLabel(/Drop (the files from your stick|more files) here/);
  }
}
