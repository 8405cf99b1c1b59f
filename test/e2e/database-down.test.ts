import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';

const busy = 'The server has too much to do at the moment.';

journey(
  'a portal whose database is down says so, and licenses the device by itself once it is back',
  async world => {
    world.guard.expect(/Failed to load resource: the server responded with a status of 503 /);
    const cluster = await world.startPostgres();
    const site = await world.startSite({ databaseUrl: cluster.address('postgres') });
    const staff = await ConsoleApi.open(site);
    const { id, key } = await staff.issue('perpetual', { maxActivations: 1 });
    const device = await world.onlineDevice(site, 'Press 7');
    await cluster.kill();

    await device.enterKey(key);
    await device.press('Activate over the network');
    await device.expectText(`${busy} Save this file and take it to the portal.`);
    await device.expectOpenRequests(1);
    await device.press('Send over the network');
    await device.expectText('Reason: SERVER_BUSY');
    await device.expectOpenRequests(1);

    await cluster.start();
    assert.deepEqual(await staff.devices(id), []);
    await device.machine.restart();
    await device.expectStatus('Licensed');
    await device.expectOpenRequests(0);
    assert.deepEqual(
      (await staff.devices(id)).map(({ state }) => state),
      ['active'],
    );
  },
);
