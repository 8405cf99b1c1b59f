import assert from 'node:assert/strict';
import { journey } from './support/journey.ts';

journey(
  'a license from a policy, edited with a preview, refreshed, and its usage comes back',
  async world => {
    const site = await world.startSite();
    const staff = await world.visitConsole(site);
    const portal = await world.visitPortal(site);
    const studio = await world.offlineSample(site, 'Press 7');
    const { page } = staff;

    await staff.openPage('Products');
    await page.getByRole('link', { name: 'Press Studio' }).first().click();
    await page.getByRole('link', { name: 'Create policy' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Three pages');
    await page.getByLabel('Type').selectOption('consumption');
    await page.getByLabel('Maximum', { exact: true }).fill('3');
    await staff.grant('PDF export');
    await staff.button('Create policy').click();
    await page.getByRole('link', { name: /Use for a new license.*Three pages/ }).click();
    await page.getByLabel('Holder').fill('Acme Bottling');
    await staff.button('Issue license').click();
    await staff.heading('License issued').waitFor();
    const key = await page.getByLabel('License key').innerText();

    await studio.load(await portal.exchange(await studio.request(key), 'Licensed'));
    await studio.expectText('0 of 3 used');
    await studio.useTimes('Print a page', 2);
    await studio.expectText('2 of 3 used');

    await staff.openLicense(key);
    await page.getByLabel('Maximum', { exact: true }).fill('8');
    const preview = page.getByRole('region', { name: 'What the device shows' });
    await preview.getByText('0 of 8 used').first().waitFor();
    await staff.save();
    await studio.load(await staff.downloadRefresh());
    await studio.expectText('2 of 8 used');

    await studio.load(await portal.exchange(await studio.report(), 'Usage taken, license refreshed'));
    await staff.openLicense(key);
    await staff.expectText('2 of 8 used');
    await page.getByRole('link', { name: 'Three pages' }).waitFor();
    assert.equal(await page.getByRole('dialog').isVisible(), false);
  },
);
