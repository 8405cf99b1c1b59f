import assert from 'node:assert/strict';
import type { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';
import { openToAll, pageOf, type Weather } from './support/line.ts';

/** By when the file is offered. */
const limitMs = 5000;

const silent = 'The portal did not answer in time.';
const none = 'The portal did not answer.';
const page = 'What came back is not an answer of the portal.';

/** What stands between device and portal, and what a person is told. A page may look only where it is let. */
const obstacles: [string, Weather, string][] = [
  ['nothing at the address', 'refused', none],
  ['a firewall that drops everything', 'black hole', silent],
  ['the sign-in page of a network', pageOf('200 OK'), none],
  ['a sign-in page that lets pages look', pageOf('200 OK', openToAll), page],
  ['a network that sends to its sign-in', pageOf('302 Found', [...openToAll, 'location: /sign-in']), none],
  ['a proxy that forbids', pageOf('403 Forbidden', openToAll), none],
  ['a proxy that wants a name', pageOf('407 Proxy Authentication Required', openToAll), none],
  ['a proxy without a way on', pageOf('502 Bad Gateway', openToAll), none],
  ['a proxy that closes at once', { answers: '' }, none],
];

journey('whatever blocks the portal, the file is offered in time, with the reason', async world => {
  world.guard.expect(/Failed to load resource|blocked by CORS policy/);
  const line = await world.layLine();
  const site = await world.startSiteBehind(line);
  const device = await world.onlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  await device.switchSync(false);
  await device.goHome();
  const times: string[] = [];
  for (const [name, weather, reason] of obstacles) {
    await line.change(weather);
    const ms = await activate(device, site.key('perpetual'), reason);
    times.push(`${name}: ${ms} ms`);
    assert.ok(ms < limitMs, `${name}: the file after ${ms} ms`);
    await device.expectOpenRequests(1);
    await device.forget();
  }
  world.note(`file offered after: ${times.join(', ')}`);

  await line.change('black hole');
  await activate(device, site.key('perpetual'), silent);
  await device.press('Send over the network');
  await device.expectText('Reason: PORTAL_UNREACHABLE');
  await line.change('open');
  await device.load(await portal.exchange(await device.saveFile(), 'Licensed'));
  await device.expectStatus('Licensed');
});

journey('a portal whose certificate is not to be had is one that does not answer', async world => {
  world.guard.expect(/Failed to load resource/);
  const line = await world.layLine();
  const site = await world.startSite({ portal: line.origin('portal', 'https') });
  line.leadTo(site.port);
  const device = await world.onlineDevice(site, 'Press 7', site.origins.app);
  await device.switchSync(false);
  await device.goHome();
  const ms = await activate(device, site.key('perpetual'), none);
  assert.ok(ms < limitMs, `the file after ${ms} ms`);
});

journey('of two portals the second is asked in time when the best one is silent', async world => {
  world.guard.expect(/Failed to load resource/);
  const [best, second] = [await world.layLine(), await world.layLine()];
  const site = await world.startSite({
    portal: best.origin('portal'),
    morePortals: [second.origin('portal-2')],
  });
  best.leadTo(site.port);
  second.leadTo(site.port);
  const device = await world.onlineDevice(site, 'Press 7');
  for (const weather of ['black hole', 'refused'] as const) {
    await best.change(weather);
    await device.enterKey(site.key('perpetual'));
    const begun = performance.now();
    await device.press('Activate over the network');
    await device.expectStatus('Licensed');
    const ms = Math.round(performance.now() - begun);
    world.note(`licensed by the second portal after ${ms} ms, the first is a ${weather} one`);
    assert.ok(ms < limitMs);
    await device.confirmGivingUp();
    await device.press('Send over the network');
    await device.expectText('Confirmed by the portal on');
    await device.goHome();
  }
});

/** Activates over a network that does not do; how long it took until the file was there with the reason. */
async function activate(device: DeviceApp, key: string, reason: string): Promise<number> {
  await device.enterKey(key);
  const begun = performance.now();
  await device.press('Activate over the network');
  await device.expectText(`${reason} Save this file and take it to the portal.`);
  return Math.round(performance.now() - begun);
}
