import type { Locator, Page } from 'playwright-core';
import { chosenPassword, owner } from './console-api.ts';
import type { Site } from './site.ts';
import type { Stick } from './stick.ts';

/** A license as it is issued. */
export interface Issue {
  type: 'Perpetual' | 'Time-limited' | 'Consumption';
  holder: string;
  end?: string;
  features?: string[];
}

/** What the vendor's staff do at the console. */
export class ConsolePage {
  readonly page: Page;
  readonly #site: Site;
  readonly #stick: Stick;

  constructor(page: Page, site: Site, stick: Stick) {
    this.page = page;
    this.#site = site;
    this.#stick = stick;
  }

  /** Signs in for the first time: with the one-time password, which has to be changed. */
  async signInFirst(): Promise<void> {
    await this.signIn(this.#site.ownerPassword);
    await this.heading('Choose your password').waitFor();
    const oneTime = this.page.getByLabel('One-time password');
    if (await oneTime.isVisible()) await oneTime.fill(this.#site.ownerPassword);
    await this.page.getByLabel('New password').fill(chosenPassword);
    await this.button('Change password').click();
    await this.heading('Overview').waitFor();
  }

  async signIn(password: string): Promise<void> {
    await this.page.goto(this.#site.origins.console);
    await this.page.getByLabel('E-mail address').fill(owner);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.button('Sign in').click();
  }

  /** Issues a license of the demo's product and returns its key. */
  async issue({ type, holder, end, features = [] }: Issue): Promise<string> {
    await this.page.getByRole('link', { name: 'Issue license' }).click();
    await this.page.getByRole('radio', { name: type }).check();
    await this.page.getByLabel('Holder').fill(holder);
    if (end) await this.setEnd(end);
    for (const feature of features) await this.grant(feature);
    await this.button('Issue license').click();
    await this.heading('License issued').waitFor();
    return this.page.getByLabel('License key').innerText();
  }

  /** Creates a user and returns the password that the server made. */
  async createUser(name: string): Promise<string> {
    await this.page.getByRole('link', { name: 'Users', exact: true }).click();
    await this.page.getByRole('link', { name: 'Create user' }).first().click();
    await this.page.getByLabel('User name').fill(name);
    await this.button('Create user').click();
    await this.heading('User created').waitFor();
    return this.#shownPassword();
  }

  /** Issues a license to the user who was just created. */
  async issueToCreated({ holder, seats }: { holder: string; seats: number }): Promise<void> {
    await this.page.getByRole('link', { name: 'Issue license to this user' }).click();
    await this.page.getByRole('radio', { name: 'Perpetual' }).check();
    await this.page.getByLabel('Holder').fill(holder);
    await this.page.getByLabel('Max activations').fill(String(seats));
    await this.button('Issue license').click();
    await this.heading('License issued').waitFor();
  }

  async openUser(name: string): Promise<void> {
    await this.page.getByRole('link', { name: 'Users', exact: true }).click();
    await this.page.getByRole('table').getByRole('link', { name }).click();
    await this.heading(name).waitFor();
  }

  /** Has another password made for the user whose page is open, and returns it. */
  async resetPassword(): Promise<string> {
    await this.button('Reset password…').click();
    await this.button('Set the new password').click();
    return this.#shownPassword();
  }

  #shownPassword(): Promise<string> {
    return this.page.getByRole('status', { name: 'Password' }).innerText();
  }

  /** Finds a license by its key, as somebody reads it on the telephone, and opens it. */
  async openLicense(key: string): Promise<void> {
    await this.page.getByRole('link', { name: 'Licenses' }).first().click();
    await this.page.getByRole('searchbox', { name: 'Search licenses' }).fill(key.toLowerCase());
    await this.expectText('1 to 1 of 1');
    await this.page.getByRole('table').getByRole('link').click();
    await this.page.getByRole('navigation', { name: 'License' }).waitFor();
  }

  /** Opens a page by the navigation. */
  async openPage(name: string): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Console' })
      .getByRole('link', { name, exact: true })
      .click();
    await this.heading(name).waitFor();
  }

  /** Presses a button that downloads, and keeps the file. */
  async download(button: Locator): Promise<string> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), button.click()]);
    return this.#stick.keep(download);
  }

  /** Opens a tab of the license. */
  async openTab(name: 'Details' | 'Features' | 'Devices' | 'History'): Promise<void> {
    const tabs = this.page.getByRole('navigation', { name: 'License' });
    await tabs.getByRole('link', { name }).click();
  }

  /** Sets the last day, as `2027-06-30`. */
  async setEnd(day: string): Promise<void> {
    await this.page.getByLabel('End', { exact: true }).fill(day);
  }

  async grant(feature: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: feature }).check();
  }

  async save(): Promise<void> {
    await this.button('Save changes').click();
    await this.expectText('Saved. Devices see it with their next refresh file or report.');
    await this.button('Save changes').waitFor({ state: 'hidden' });
  }

  /** Downloads the refresh file of the only device. */
  async downloadRefresh(): Promise<string> {
    await this.openTab('Devices');
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.button('Download license refresh file').click(),
    ]);
    return this.#stick.keep(download);
  }

  /** Presses a button that asks back, and confirms. */
  async confirm(ask: string, confirmation: string, said: string): Promise<void> {
    await this.button(ask).click();
    await this.page.getByRole('dialog').getByRole('button', { name: confirmation, exact: true }).click();
    await this.expectText(said);
  }

  disable(): Promise<void> {
    return this.confirm('Disable…', 'Disable license', 'The license is disabled.');
  }

  enable(): Promise<void> {
    return this.confirm('Enable…', 'Enable license', 'The license is enabled.');
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { name, level: 1 });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async expectText(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }
}
