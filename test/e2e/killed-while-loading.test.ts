import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import type { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';

/** Milliseconds from the choice of the file to the end of the browser; null waits for the word that it was loaded. */
const moments = [0, 2, 5, 8, 11, 14, 17, 20, 25, 30, 35, 40, 50, 70, null];

journey(
  'a browser killed while it loads a license has the old or the new one, never neither',
  async world => {
    const site = await world.startSite();
    const staff = await ConsoleApi.open(site);
    const device = await world.offlineDevice(site, 'Press 7');
    const portal = await world.visitPortal(site);
    const { id, key } = await staff.issue('perpetual', { holder: 'Edition 0' });
    await device.load(await portal.exchange(await device.request(key), 'Licensed'));
    await device.expectText('Licensed to Edition 0');

    let before = 0;
    for (const [index, moment] of moments.entries()) {
      const edition = index + 1;
      await staff.edit(id, { holder: `Edition ${edition}` });
      const file = world.stick.write('license_refresh.lic', await staff.refreshFile(id));
      await device.load(file);
      if (moment === null) await device.expectText(`Licensed to Edition ${edition}`);
      else await new Promise(resolve => setTimeout(resolve, moment));
      await device.machine.kill();
      await device.machine.open();
      await device.expectStatus('Licensed');
      const found = await editionOf(device);
      assert.ok(found === before || found === edition, `edition ${found} after ${before} and ${edition}`);
      if (moment === null) assert.equal(found, edition);
      before = found;
    }
  },
);

async function editionOf(device: DeviceApp): Promise<number> {
  const text = await device.page.getByText(/Licensed to Edition \d+/).innerText();
  return Number(/\d+/.exec(text)?.[0]);
}
