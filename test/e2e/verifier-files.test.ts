import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import type { Page } from 'playwright-core';
import { activateDevice } from './support/browsers/loop.ts';
import { oldChromium } from './support/browsers/old-chromium.ts';
import { addressesOf, buildWithout, verifierAddresses } from './support/changed-build.ts';
import { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';

journey(
  'both builds of the verifier are kept for a machine without a network, and one is used',
  async world => {
    const site = await world.startSite();
    const device = await world.offlineDevice(site, 'Press 7');
    const portal = await world.visitPortal(site);
    const request = await device.request(site.key('perpetual'));
    await device.load(await portal.exchange(request, 'Licensed'));
    await site.stop();
    const addresses = verifierAddresses('device');
    assert.equal(addresses.length, 2);
    for (const address of addresses) {
      const size = await device.page.evaluate(async path => {
        const file = await (await fetch(path)).arrayBuffer();
        return (await WebAssembly.compile(file)) instanceof WebAssembly.Module ? file.byteLength : 0;
      }, address);
      assert.ok(size > 10_000, `${address}: ${size} bytes`);
    }
    await device.machine.restart('/about');
    await device.expectText(/WebAssembly with (fused multiply-adds|SIMD)/);
  },
);

journey('a verifier that is damaged is told nobody: the browser verifies', async world => {
  const site = await world.startSite({ distFolder: buildWithout('half', world.makeFolder('half')) });
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const request = await device.request(site.key('perpetual'));
  await device.load(await portal.exchange(request, 'Licensed'));
  await device.expectStatus('Licensed');
  await device.machine.restart('/about');
  await device.expectText(/^The browser$/);
});

journey('an app whose verifiers are missing is not kept, and is licensed all the same', async world => {
  const site = await world.startSite({ distFolder: buildWithout('all', world.makeFolder('none')) });
  // A file that is missing is for whoever runs the server to see: the browser writes it down, and so does the worker.
  world.guard.expect(/\.wasm/);
  const machine = world.machine(site, 'Press 7');
  await machine.open();
  const device = new DeviceApp(machine, world.stick);
  const portal = await world.visitPortal(site);
  const request = await device.request(site.key('perpetual'));
  await device.load(await portal.exchange(request, 'Licensed'));
  await device.expectStatus('Licensed');
  const isKept = await device.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return Boolean(registration?.active);
  });
  assert.equal(isKept, false);
  await device.machine.page.goto(`${site.origins.app}/about`);
  await device.expectText(/^The browser$/);
});

journey('WebAssembly verifies from the beginning in Chromium 109, which has no Ed25519', async world => {
  const visitor = await activateDevice(world, oldChromium(109));
  await visitor.follow('About this device');
  await visitor.expectText('WebAssembly with SIMD');
});

journey('JavaScript verifies in Chromium 109 where the verifier is damaged', async world => {
  const distFolder = buildWithout('half', world.makeFolder('half'));
  const visitor = await activateDevice(world, oldChromium(109), { distFolder });
  await visitor.follow('About this device');
  await visitor.expectText('JavaScript');
  assert.deepEqual(visitor.window.complaints(), []);
});

journey('long lists are verified in a worker, under the policy of each page', async world => {
  const site = await world.startSite();
  const portal = await world.visitPortal(site);
  const device = await world.offlineDevice(site, 'Press 7');
  assert.deepEqual(await answersOfWorker(portal.page, 'portal'), [true, false, true]);
  assert.deepEqual(await answersOfWorker(device.page, 'device'), [true, false, true]);
  const staff = await world.openConsole(site);
  await staff.page.goto(site.origins.console);
  assert.deepEqual(await answersOfWorker(staff.page, 'console'), [true, false, true]);
});

/** Gives the worker of a built app three signatures, the second of another message. */
async function answersOfWorker(page: Page, app: 'device' | 'portal' | 'console'): Promise<unknown> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const list = ['one', 'two', 'three'].map(text => {
    const message = Buffer.from(text === 'two' ? 'another' : text);
    return { message: [...message], signature: [...sign(null, Buffer.from(text), privateKey)] };
  });
  const [worker] = addressesOf(app, 'assets/list-worker-*.js');
  const [verifier] = addressesOf(app, 'assets/simd-*.wasm');
  assert.ok(worker && verifier);
  const order = { worker, verifier, key: [...key], list };
  return page.evaluate(async ({ worker, verifier, key, list }) => {
    const module = await WebAssembly.compile(await (await fetch(verifier)).arrayBuffer());
    const started = new Worker(worker, { type: 'module' });
    const answer = new Promise(resolve => {
      started.addEventListener('message', ({ data }) => resolve(data));
      started.addEventListener('error', () => resolve('no worker'));
    });
    const signed = list.map(({ message, signature }) => ({
      message: Uint8Array.from(message),
      signature: Uint8Array.from(signature),
    }));
    started.postMessage({ module, publicKey: Uint8Array.from(key), list: signed });
    return answer;
  }, order);
}
