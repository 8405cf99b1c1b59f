import assert from 'node:assert/strict';
import { journey } from './support/journey.ts';
import { takePicture } from './support/picture.ts';
import { bytesOf } from './support/stick.ts';

journey(
  'a device without a network is activated with a key, and stays so without the server',
  async world => {
    const site = await world.startSite();
    const press = await world.offlineDevice(site, 'Press 7');
    const portal = await world.visitPortal(site);

    await press.expectStatus('Not licensed');
    const request = await press.request(site.key('yearly'), { name: 'Press 7' });
    await press.expectStatus('Waiting for the portal');
    assert.ok(bytesOf(request).length <= 512, `a request of ${bytesOf(request).length} bytes`);

    const license = await portal.exchange(request, 'Licensed');
    await press.load(license);
    await press.expectText('The license is on this device now.');
    await press.expectStatus('Licensed');
    await press.expectText('The license is good until');
    await press.expectText('PDF export');
    await press.expectText('0 of 50 used');
    await takePicture(press.page, 'device');

    await site.stop();
    await press.page.reload();
    await press.expectStatus('Licensed');
    await press.machine.restart('/some/deep/link?from=mail');
    await press.expectStatus('Licensed');
    await press.machine.restart('/about');
    await press.expectText('About this device');
    await press.expectText(await press.number());
  },
);

journey('a start of the app opens its database once, licensed or not', async world => {
  const site = await world.startSite();
  const press = await world.offlineDevice(site, 'Press 7');
  await press.page.addInitScript(countOpenings);
  await press.page.reload();
  await press.expectStatus('Not licensed');
  assert.equal(await press.page.evaluate(() => Reflect.get(globalThis, 'openings')), 1);

  const portal = await world.visitPortal(site);
  const request = await press.request(site.key('yearly'), { name: 'Press 7' });
  await press.load(await portal.exchange(request, 'Licensed'));
  await press.expectStatus('Licensed');
  await press.page.reload();
  await press.expectStatus('Licensed');
  await press.expectText('0 of 50 used');
  assert.equal(await press.page.evaluate(() => Reflect.get(globalThis, 'openings')), 1);
});

journey('a mistyped key is told by its group before any trip', async world => {
  const site = await world.startSite();
  const press = await world.offlineDevice(site, 'Press 7');
  const key = site.key('perpetual');
  await press.enterKey(key.slice(0, 6) + mistyped(key.slice(6)));
  await press.expectText('There is a typing error in group 2. Compare it with your key.');
  const make = press.page.getByRole('button', { name: 'Make the request file' });
  assert.equal(await make.isDisabled(), true);
});

/** Runs in the page before its scripts: counts in `openings` how often a database is opened. */
function countOpenings(): void {
  const { open } = IDBFactory.prototype;
  Reflect.set(globalThis, 'openings', 0);
  IDBFactory.prototype.open = function (...args) {
    Reflect.set(globalThis, 'openings', Number(Reflect.get(globalThis, 'openings')) + 1);
    return open.apply(this, args);
  };
}

/** The same text with another first character. */
function mistyped(text: string): string {
  return (text.startsWith('7') ? '8' : '7') + text.slice(1);
}
