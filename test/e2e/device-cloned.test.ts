import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { DeviceApp } from './support/device-app.ts';
import { journey, type World } from './support/journey.ts';
import { SampleApp } from './support/sample-app.ts';

const copied = 'Two devices are using the same identity. One of them is a copy.';

async function copyOf(world: World, device: DeviceApp, name: string): Promise<DeviceApp> {
  return new DeviceApp(await world.copyMachine(device.machine, name), world.stick);
}

journey('machines of one disk image that made no request yet are devices of their own', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const portal = await world.visitPortal(site);
  const first = await world.offlineDevice(site, 'Press 7');
  const second = await copyOf(world, first, 'Press 8');
  const key = site.key('perpetual');

  for (const device of [first, second]) {
    await device.load(await portal.exchange(await device.request(key), 'Licensed'));
    await device.expectStatus('Licensed');
  }
  assert.notEqual(await first.number(), await second.number());
  const devices = await staff.devices((await staff.find(key)).id);
  assert.deepEqual(
    devices.map(({ copiedAt, state }) => [copiedAt, state]),
    [
      [null, 'active'],
      [null, 'active'],
    ],
  );
});

journey('a machine that is prepared for cloning leaves no number to its copies', async world => {
  const site = await world.startSite();
  const portal = await world.visitPortal(site);
  const key = site.key('perpetual');
  const first = await world.offlineDevice(site, 'Press 7');
  await first.load(await portal.exchange(await first.request(key), 'Licensed'));
  const number = await first.number();

  const about = () => first.page.getByRole('link', { name: 'About this device' }).click();
  await about();
  await first.expectText('A license is on this device.');
  await first.goHome();
  const receipt = await portal.exchange(await first.giveUp(), 'Deactivated, the seat is free');
  await first.goHome();
  await about();
  await first.expectText('its receipt is missing');
  await first.page.getByRole('link', { name: 'Load the receipt first' }).click();
  await first.load(receipt);
  await first.expectText('Confirmed by the portal on');
  await first.goHome();
  await about();
  await first.press('Erase the number of this device…');
  await first.press('Erase it');
  await first.expectText('Erased. Close the app now and take the image.');

  const second = await copyOf(world, first, 'Press 8');
  for (const device of [first, second]) {
    await device.load(await portal.exchange(await device.request(key), 'Licensed'));
    await device.expectStatus('Licensed');
  }
  assert.equal(new Set([number, await first.number(), await second.number()]).size, 3);
});

journey('a machine copied after its first request is told so, and gets a license of its own', async world => {
  const site = await world.startSite();
  const portal = await world.visitPortal(site);
  const key = site.key('perpetual');
  const first = await world.offlineDevice(site, 'Press 7');
  await first.request(key);
  const second = await copyOf(world, first, 'Press 8');
  assert.equal(await first.number(), await second.number());

  const license = await portal.exchange(await first.request(key), 'Licensed');
  await second.load(await portal.exchange(await second.request(key), copied));
  await first.load(license);
  await first.expectStatus('Licensed');
  await second.expectStatus('The portal said no');
  await second.expectText('Reason: DEVICE_COPIED');

  await second.becomeNewDevice();
  assert.notEqual(await first.number(), await second.number());
  await second.load(await portal.exchange(await second.request(key), 'Licensed'));
  await second.expectStatus('Licensed');
  await second.machine.restart();
  await second.expectStatus('Licensed');
});

journey(
  'a licensed machine that was copied is noticed by its report, and shown to the vendor',
  async world => {
    const site = await world.startSite();
    const vendor = await world.visitConsole(site);
    const key = await vendor.issue({ type: 'Consumption', holder: 'Acme Bottling' });
    const portal = await world.visitPortal(site);
    const first = await world.offlineSample(site, 'Press 7');
    await first.load(await portal.exchange(await first.request(key), 'Licensed'));
    await first.useTimes('Print a page', 2);
    await first.expectText(/^2 of/);
    const second = new SampleApp(await world.copyMachine(first.machine, 'Press 8'), world.stick);
    await first.use('Print a page', 'The page was printed.');
    await second.useTimes('Print a page', 5);
    await first.expectText(/^3 of/);
    await second.expectText(/^7 of/);

    await portal.exchange(await first.report(), 'Usage taken, license refreshed');
    await second.load(await portal.exchange(await second.report(), copied));
    await second.expectText('Reason: DEVICE_COPIED');

    await vendor.page.getByRole('link', { name: 'Overview' }).first().click();
    await vendor.expectText('A copy of one device is in use.');
    await vendor.openLicense(key);
    await vendor.openTab('Devices');
    await vendor.expectText('Copy noticed');
    await vendor.openTab('History');
    await vendor.expectText('Noticed a copy of a device');
    await vendor.expectText('two files with one number');
    await vendor.expectText(copied);

    // What only the copy counted is named, and lost; the seat is the license's only one.
    await second.page.getByRole('button', { name: 'Make this a device of its own…' }).first().click();
    await second.expectText('7 entries. They are not carried over.');
    await second.press('Make it a device of its own');
    await second.expectText('This is a device of its own now.');
    const refusal = await portal.exchange(await second.request(key), 'The only seat is in use.');
    await second.load(refusal);
    await second.expectText('Reason: NO_SEATS_LEFT');

    await first.use('Print a page', 'The page was printed.');
    await first.load(await portal.exchange(await first.report(), 'Usage taken, license refreshed'));
    await vendor.openTab('Devices');
    await vendor.expectText('Refused so far');
    await vendor.confirm('Copy dealt with…', 'Mark as dealt with', 'The copy is marked as dealt with.');
    await vendor.button('Copy dealt with…').waitFor({ state: 'detached' });
    await vendor.openTab('History');
    await vendor.expectText('Marked the copy of a device as dealt with');
  },
);

journey('a vendor may have a copied device blocked until a person has looked', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  await staff.setForkPolicy('block-device');
  const { id, key } = await staff.issue('consumption', { limits: { maximum: 100, overageMaximum: 0 } });
  const portal = await world.visitPortal(site);
  const first = await world.offlineSample(site, 'Press 7');
  await first.load(await portal.exchange(await first.request(key), 'Licensed'));
  await first.expectText('0 of 100 used');
  const second = new SampleApp(await world.copyMachine(first.machine, 'Press 8'), world.stick);
  await first.useTimes('Print a page', 2);
  await second.useTimes('Print a page', 3);
  await first.expectText(/^2 of/);
  await second.expectText(/^3 of/);
  await portal.exchange(await first.report(), 'Usage taken, license refreshed');
  await portal.exchange(await second.report(), copied);

  const blocked = 'Usage taken; the vendor has blocked this device';
  await first.load(await portal.exchange(await first.report(), blocked));
  // The gate of a feature, which is not shown, says it as well.
  const told = first.page.getByText('The vendor has blocked this device.').filter({ visible: true });
  await told.waitFor();
  const [device] = await staff.devices(id);
  assert.ok(device?.blocked && device.copiedAt !== null);
  await staff.unblock(device.deviceId);
  await first.load(await portal.exchange(await first.report(), 'Usage taken, license refreshed'));
  await first.use('Print a page', 'The page was printed.');
  assert.deepEqual(
    (await staff.license(id)).totals.map(({ total }) => total),
    [2],
  );
});
