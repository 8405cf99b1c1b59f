import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import type { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';

journey(
  'a browser killed while it loads a refresh has the old or the new license, never neither',
  async world => {
    const site = await world.startSite();
    const staff = await ConsoleApi.open(site);
    const device = await world.offlineDevice(site, 'Press 7');
    const portal = await world.visitPortal(site);
    const { id, key } = await staff.issue('perpetual', { holder: 'Edition 0' });
    const nextEdition = async (edition: number) => {
      await staff.edit(id, { holder: `Edition ${edition}` });
      return world.stick.write('license_refresh.lic', await staff.refreshFile(id));
    };
    await device.load(await portal.exchange(await device.request(key), 'Licensed'));
    await device.expectText('Licensed to Edition 0');
    const file = await nextEdition(1);
    const loadMs = await timeOf(() =>
      device.load(file).then(() => device.expectText('Licensed to Edition 1')),
    );

    const kills = 15;
    const outcomes: string[] = [];
    let before = 1;
    for (let edition = 2; edition < 2 + kills; edition += 1) {
      await killWhileLoading(device, await nextEdition(edition), ((edition - 2) / kills) * 1.4 * loadMs);
      await device.expectStatus('Licensed');
      const found = Number((await device.page.getByText(/Licensed to Edition \d+/).innerText()).match(/\d+/));
      assert.ok(found === before || found === edition, `edition ${found} after ${before} and ${edition}`);
      outcomes.push(found === edition ? 'new' : 'old');
      before = found;
    }
    world.note(`killed within ${Math.round(1.4 * loadMs)} ms: ${outcomes.join(' ')}`);
  },
);

journey('a browser killed while it loads a first license waits for it still, or has it', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const portal = await world.visitPortal(site);
  const device = await world.offlineDevice(site, 'Press 7');
  const { key } = await staff.issue('perpetual', { maxActivations: null });
  for (const delayMs of [10, 30, 50, 70]) {
    const license = await portal.exchange(await device.request(key), 'Licensed');
    await killWhileLoading(device, license, delayMs);
    await device.status('Licensed').or(device.status('Waiting for the portal')).waitFor();
    if (await device.status('Licensed').isVisible()) await device.expectOpenRequests(0);
    else await device.load(license);
    await device.expectStatus('Licensed');
    await device.load(await portal.exchange(await device.giveUp(), 'Deactivated, the seat is free'));
    await device.expectText('Confirmed by the portal on');
    await device.goHome();
    await device.expectStatus('Not licensed');
  }
});

journey('what the app has told of outlives a browser that is killed in the same moment', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const license = await portal.exchange(await device.request(site.key('perpetual')), 'Licensed');
  const kill = await device.machine.prepareToKill();
  await device.load(license);
  await device.expectText('The license is on this device now.');
  await kill();
  await device.machine.open();
  await device.expectStatus('Licensed');
});

async function killWhileLoading(device: DeviceApp, file: string, delayMs: number): Promise<void> {
  const kill = await device.machine.prepareToKill();
  const loading = device.load(file).catch(() => 'the browser is gone');
  await new Promise(resolve => setTimeout(resolve, delayMs));
  await kill();
  await loading;
  await device.machine.open();
}

async function timeOf(steps: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await steps();
  return performance.now() - start;
}
