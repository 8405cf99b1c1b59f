import assert from 'node:assert/strict';
import { journey } from './support/journey.ts';

journey(
  'what a device reported is plotted for its license and on the overview, and told as a table',
  async world => {
    const site = await world.startSite();
    const staff = await world.visitConsole(site);
    const portal = await world.visitPortal(site);
    const key = await staff.issue({ type: 'Consumption', holder: 'Acme Bottling' });
    const device = await world.offlineSample(site, 'Press 7');
    await device.load(await portal.exchange(await device.request(key), 'Licensed'));
    await device.useTimes('Print a page', 3);
    await device.expectText(/^3 of/);
    await portal.exchange(await device.report(), 'Usage taken, license refreshed');

    await staff.openLicense(key);
    await staff.page
      .getByRole('navigation', { name: 'License' })
      .getByRole('link', { name: 'Usage' })
      .click();
    const plot = staff.page.getByRole('figure', { name: 'Used as reported over time: License' });
    await plot.locator('canvas').waitFor();
    await plot.getByText('Numbers as a table').focus();
    await staff.page.keyboard.press('Enter');
    const newest = plot.getByRole('row').nth(1);
    assert.match(await newest.innerText(), /\s3$/);

    await staff.openPage('Overview');
    const activations = staff.page.getByRole('figure', { name: 'Activations, the last 12 weeks' });
    await activations.locator('canvas').waitFor();
    await activations.getByText('Numbers as a table').click();
    assert.match(await activations.getByRole('row').nth(1).innerText(), /\s1\s+0$/);
  },
);
