import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { encodeBatchAnswer } from '../../src/format/batch/batch-answers.ts';
import { breakFile } from './support/broken-files.ts';
import { journey } from './support/journey.ts';
import { takePicture } from './support/picture.ts';
import { bytesOf } from './support/stick.ts';

journey(
  'a courier brings files of several devices at once, and what is refused does not stop the rest',
  async world => {
    const site = await world.startSite();
    const portal = await world.visitPortal(site);
    const first = await world.offlineDevice(site, 'Press 7');
    const second = await world.offlineDevice(site, 'Press 8');
    const key = site.key('singleSeat');
    const requests = [await first.request(key), await second.request(key)];
    const third = await second.request(site.key('perpetual'));
    const { cut } = breakFile(bytesOf(third));
    const broken = world.stick.write('press-31.req', cut.bytes);

    await portal.drop(...requests, broken, third);
    await portal.expectText('4 files: 2 licensed, 2 need you');
    await portal.row('This file was cut short').getByText('press-31.req').waitFor();
    await portal.row('The only seat is in use.').getByText('Free a seat').waitFor();
    await takePicture(portal.page, 'portal');

    const answers = await portal.saveAll(3);
    assert.equal(new Set(answers.map(path => basename(path))).size, 3);
    // Both devices load the whole stick: each takes what is its own.
    await second.load(...answers);
    await second.expectText('The license is on this device now.');
    await second.expectText('PDF export');
    await first.load(...answers);
    await first.expectStatus('Licensed');

    // The seat is freed, and the same file is asked again on the same page.
    const deactivation = await first.giveUp();
    await portal.choose(deactivation);
    await portal.row('Deactivated, the seat is free').waitFor();
    await portal.row('The only seat is in use.').getByRole('button', { name: 'Ask again' }).click();
    await portal.expectText('5 files: 3 licensed, 1 deactivated, 1 needs you');
  },
);

journey('an answer that was changed on its way is refused at the portal, not at the device', async world => {
  const site = await world.startSite();
  const portal = await world.visitPortal(site);
  const device = await world.offlineDevice(site, 'Press 9');
  const request = await device.request(site.key('perpetual'));
  const body = bytesOf(await portal.exchange(request, 'Licensed'));
  body[body.length - 20] = (body[body.length - 20] ?? 0) ^ 1;
  const answers = Buffer.from(encodeBatchAnswer({ index: 0, answer: new Uint8Array(body) }));
  await portal.page.route('**/api/v1/exchange/batch', route => route.fulfill({ body: answers }));
  await portal.visit();
  await portal.choose(request);
  const row = portal.row('What came back is not an answer of the portal.');
  await row.waitFor();
  await portal.page.unroute('**/api/v1/exchange/batch');
  await row.getByRole('button', { name: 'Ask again' }).click();
  await portal.row('Licensed').waitFor();
});
