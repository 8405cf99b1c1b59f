import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';
import { bytesOf } from './support/stick.ts';

journey('the same file twice gives the same answer, and an old answer changes nothing', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const { id, key } = await staff.issue('perpetual', { holder: 'Acme Bottling' });

  const request = await device.request(key);
  const answer = await portal.exchange(request, 'Licensed');
  const again = await portal.exchange(request, 'Licensed');
  assert.deepEqual(bytesOf(again), bytesOf(answer));
  const [seat, ...others] = await staff.devices(id);
  assert.equal(seat?.state, 'active');
  assert.equal(others.length, 0);

  await device.load(answer);
  await device.expectText('Licensed to Acme Bottling');
  await device.load(again);
  await device.expectText('This file was loaded before. Nothing has changed.');

  await staff.edit(id, { holder: 'Bottling United' });
  await device.load(world.stick.write('license_refresh.lic', await staff.refreshFile(id)));
  await device.expectText('Licensed to Bottling United');
  await device.load(answer);
  await device.expectText('A newer license than this one is already here.');
  await device.expectText('Reason: REVISION_OLD');
  await device.machine.restart();
  await device.expectText('Licensed to Bottling United');
});
