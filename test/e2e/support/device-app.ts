import type { Locator, Page } from 'playwright-core';
import { dropFiles } from './drop.ts';
import type { Machine } from './machine.ts';
import type { Stick } from './stick.ts';

/** What a person does at the device app, and what stands there. */
export class DeviceApp<M extends { readonly page: Page } = Machine> {
  readonly machine: M;
  readonly #stick: Stick;

  constructor(machine: M, stick: Stick) {
    this.machine = machine;
    this.#stick = stick;
  }

  get page(): Page {
    return this.machine.page;
  }

  /** The status card's heading, such as `Licensed`. */
  status(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name, exact: true });
  }

  /** Waits until the status card says so. */
  async expectStatus(name: string): Promise<void> {
    await this.status(name).waitFor();
  }

  /** Waits for a text anywhere on the page. */
  async expectText(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** Waits until a text is nowhere on the page. */
  async expectNoText(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor({ state: 'hidden' });
  }

  /** Waits until so many requests wait for an answer. */
  async expectOpenRequests(count: number): Promise<void> {
    const buttons = this.page.getByRole('button', { name: 'Forget' });
    if (count > 0) await buttons.nth(count - 1).waitFor();
    await buttons.nth(count).waitFor({ state: 'hidden' });
  }

  /** Presses a button. */
  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Enters a license key and saves the request file; returns the file. */
  async request(key: string, { name = '' } = {}): Promise<string> {
    await this.enterKey(key, { name });
    await this.press('Make the request file');
    return this.saveFile();
  }

  /** Enters user name and password and saves the request file; returns the file. */
  async requestAsUser(user: string, password: string): Promise<string> {
    const choice = this.page.getByRole('radio', { name: 'User name and password' });
    const another = this.page.getByRole('button', { name: 'Enter another license key' });
    await choice.or(another).first().waitFor();
    if (await another.isVisible()) await another.click();
    await choice.check();
    await this.page.getByRole('textbox', { name: 'User name' }).fill(user);
    await this.page.getByRole('textbox', { name: 'Password', exact: true }).fill(password);
    await this.press('Make the request file');
    return this.saveFile();
  }

  /** Types a key, without going on. */
  async enterKey(key: string, { name = '' } = {}): Promise<void> {
    const another = this.page.getByRole('button', { name: 'Enter another license key' });
    const field = this.page.getByRole('textbox', { name: 'License key' });
    await field.or(another).first().waitFor();
    if (await another.isVisible()) await another.click();
    await field.pressSequentially(key);
    if (name) await this.page.getByRole('textbox', { name: 'Name of this device' }).fill(name);
  }

  /** Saves the file that was not saved yet, and waits until the app has noted it. */
  async saveFile(): Promise<string> {
    const button = this.page.getByRole('button', { name: 'Save file' });
    const [download] = await Promise.all([this.page.waitForEvent('download'), button.click()]);
    await button.waitFor({ state: 'hidden' });
    return this.#stick.keep(download);
  }

  /** Opens the scanner; what is before the camera is loaded by itself. */
  async scan(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Scan a QR code' });
    const early = this.page.getByText('I have a file already');
    await button.or(early).first().waitFor();
    if (!(await button.isVisible())) await early.click();
    await button.click();
  }

  /** Saves the first of several files that were not saved yet. */
  async saveFirstFile(): Promise<string> {
    const buttons = this.page.getByRole('button', { name: 'Save file' });
    const [download] = await Promise.all([this.page.waitForEvent('download'), buttons.first().click()]);
    await buttons.nth(1).waitFor({ state: 'hidden' });
    return this.#stick.keep(download);
  }

  /** Saves a recovery file, and waits until the app has noted it. */
  async saveRecoveryFile(passphrase = ''): Promise<string> {
    if (passphrase) await this.page.getByLabel('Passphrase (you may leave it empty)').fill(passphrase);
    const button = this.page.getByRole('button', { name: 'Save the recovery file' });
    const [download] = await Promise.all([this.page.waitForEvent('download'), button.click()]);
    await this.page.getByText(/^Saved on/).waitFor();
    return this.#stick.keep(download);
  }

  /** Chooses a recovery file. */
  async chooseRecovery(file: string): Promise<void> {
    await this.page.getByLabel(/Choose (the|another) recovery file/).setInputFiles(file);
  }

  /** Enters the passphrase of the recovery file that was chosen. */
  async openRecovery(passphrase: string): Promise<void> {
    await this.page.getByLabel('Passphrase of the recovery file').fill(passphrase);
    await this.press('Open the file');
  }

  /** Copies the file that waits as text, and returns what is on the clipboard. */
  async copyText(): Promise<string> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.press('Copy text');
    await this.page.getByRole('button', { name: 'Copied' }).waitFor();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Saves the file that waits as text. */
  async saveAsText(): Promise<string> {
    const button = this.page.getByRole('button', { name: 'Save as text' });
    const [download] = await Promise.all([this.page.waitForEvent('download'), button.click()]);
    return this.#stick.keep(download);
  }

  /** Loads an answer as text. */
  async paste(text: string): Promise<void> {
    const field = this.page.getByRole('textbox', { name: 'Text of the answer' });
    if (!(await field.isVisible())) await this.page.getByText('Paste text instead').click();
    await field.fill(text);
    await this.press('Load the text');
  }

  /** Names the device on the page about it. */
  async rename(name: string): Promise<void> {
    await this.page.getByRole('link', { name: 'About this device' }).click();
    await this.page.getByRole('textbox', { name: 'Name of this device' }).fill(name);
    await this.press('Save the name');
    await this.expectText('Saved.');
    await this.goHome();
  }

  /** Turns syncing on or off, on the page about the device, and stays there. */
  async switchSync(isOn: boolean): Promise<void> {
    await this.page.getByRole('link', { name: 'About this device' }).click();
    await this.page.getByRole('checkbox', { name: 'Sync with the portal' }).setChecked(isOn);
  }

  /** Makes a usage report and saves it. */
  async report(): Promise<string> {
    await this.press('Make a usage report');
    return this.saveFile();
  }

  /** Gives the only license up and saves the deactivation file. */
  async giveUp(): Promise<string> {
    await this.confirmGivingUp();
    return this.saveFile();
  }

  /** Gives the only license up without saving its file. */
  async confirmGivingUp(): Promise<void> {
    await this.askToGiveUp();
    await this.press('Give it up');
    await this.expectText('The license was given up');
  }

  /** Makes this copy a device of its own, after the portal has said that it is one. */
  async becomeNewDevice(): Promise<void> {
    await this.page.getByRole('button', { name: 'Make this a device of its own…' }).first().click();
    await this.page.getByRole('dialog').waitFor();
    await this.press('Make it a device of its own');
    await this.expectText('This is a device of its own now.');
  }

  /** Goes as far as the question before the only license is given up. */
  async askToGiveUp(): Promise<void> {
    await this.goToGivingUp();
    await this.press('Give the license up…');
    await this.page.getByRole('dialog').waitFor();
  }

  /** Forgets the only file that waits. */
  async forget(): Promise<void> {
    await this.press('Forget');
    await this.press('Forget it');
    await this.expectOpenRequests(0);
  }

  /** Goes to where a license is given up. */
  async goToGivingUp(): Promise<void> {
    await this.page.getByRole('link', { name: 'Give the license up' }).click();
  }

  /** Goes back to the first page. */
  async goHome(): Promise<void> {
    await this.page.getByRole('link', { name: 'Back to the license' }).click();
  }

  /** Loads files by the picker. */
  async load(...files: string[]): Promise<void> {
    await this.#picker.setInputFiles(files);
  }

  /** Loads files by dropping them on the page. */
  async drop(...files: string[]): Promise<void> {
    await this.#picker.waitFor({ state: 'attached' });
    await dropFiles(this.page, files);
  }

  /** The number that people read aloud. */
  async number(): Promise<string> {
    const text = await this.page.getByText(/Calling support\? Read/).innerText();
    return /\d{4} \d{4} \d{4}/.exec(text)?.[0] ?? '';
  }

  get #picker(): Locator {
    return this.page.getByLabel(/Choose files/);
  }
}
