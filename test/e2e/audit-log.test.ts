import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { ConsoleApi, chosenPassword } from './support/console-api.ts';
import { journey } from './support/journey.ts';
import { bytesOf } from './support/stick.ts';

journey('staff read who did what, note a link, and are told when the log was tampered with', async world => {
  const site = await world.startSite();
  const api = await ConsoleApi.open(site);
  const { id } = await api.issue('perpetual', { customer: 'Acme Bottling' });
  await api.disable(id);
  const staff = await world.openConsole(site);
  await staff.signIn(chosenPassword);
  await staff.heading('Overview').waitFor();

  await staff.openPage('Audit log');
  const entries = staff.page.getByRole('region', { name: 'Entries' });
  await entries.getByText('Disabled the license').waitFor();
  await staff.page.getByLabel('What', { exact: true }).selectOption('Issued the license');
  await entries.getByText('Disabled the license').waitFor({ state: 'detached' });
  await staff.page.getByLabel('What', { exact: true }).selectOption('All actions');
  await entries.getByText('Disabled the license').waitFor();

  const link = await staff.page.getByText(/^\d+:[0-9a-f]{64}$/).innerText();
  const exported = bytesOf(
    await staff.download(staff.page.getByRole('link', { name: 'Export as JSON lines' })),
  );
  const last = JSON.parse(exported.toString().trim().split('\n').at(-1) ?? '');
  assert.equal(`${last.sequence}:${last.hash}`, link);
  await staff.button('Verify the whole log').click();
  await staff.expectText(`The log is as it was written: ${last.sequence} entries.`);

  // Whoever has the file of the database can take the guard off; the hashes still tell.
  const database = new DatabaseSync(site.databaseFile, { timeout: 5000 });
  assert.throws(() => database.exec('delete from audit'), /only appended to/);
  database.exec('drop trigger audit_no_delete');
  database.exec(`delete from audit where sequence = ${last.sequence}`);
  database.close();
  await staff.page.getByLabel('A link that you noted earlier').fill(link);
  await staff.button('Verify the whole log').click();
  await staff.expectText(`The log is not as it was written, from entry ${last.sequence} on.`);
});
