import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { toArmor } from '../../src/bytes/carrier.ts';
import { journey } from './support/journey.ts';
import { pasteOnPage } from './support/paste.ts';
import { bytesOf } from './support/stick.ts';

journey('text that mail programs have mangled is pasted on both pages, and loads', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  await device.enterKey(site.key('perpetual'), { name: 'Press 7' });
  await device.press('Make the request file');

  // What leaves this machine is told before it does.
  await device.page.getByText('What leaves this machine').click();
  await device.expectText('Not the key: eight bytes by which the portal finds it');
  await device.expectText('Nothing else is in the file');
  const saved = await device.saveAsText();
  assert.match(saved, /request-.*\.req\.txt$/);
  const text = readFileSync(saved, 'utf8');

  // A chat program made one line of it, and words stand before and behind.
  await pasteOnPage(portal.page, `our machine: ${text.replaceAll('\n', ' ')} thanks`);
  await portal.row('Licensed').waitFor();
  const license = await portal.saveAnswer(portal.row('Licensed'));
  const answer = toArmor(new Uint8Array(bytesOf(license)));
  const asText = portal.row('Licensed').getByRole('button', { name: /^Save as text/ });
  const [download] = await Promise.all([portal.page.waitForEvent('download'), asText.click()]);
  assert.equal(readFileSync(await world.stick.keep(download), 'utf8'), answer);

  // A line in the middle cannot be made up for; nothing is changed by it.
  const lines = answer.split('\n');
  await pasteOnPage(device.page, lines.toSpliced(3, 1).join('\n'));
  await device.expectText('Reason: CARRIER_DAMAGED');
  await pasteOnPage(device.page, lines.slice(0, 4).join('\n'));
  await device.expectText('Reason: TEXT_CUT_SHORT');

  // Quoted, wrapped, with odd spaces, and its first and last line lost.
  const mail = lines
    .slice(1, -2)
    .join('\r\n')
    .replaceAll(/(.{40})/g, '$1\r\n>\u00a0');
  await device.page.getByRole('link', { name: 'About this device' }).click();
  await pasteOnPage(device.page, `> On Monday the vendor wrote:\r\n>\u00a0${mail}\r\n> Regards`);
  await device.expectText('The license is on this device now.');
  await device.expectStatus('Licensed');
});
