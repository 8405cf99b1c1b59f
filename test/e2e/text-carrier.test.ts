import { toArmor } from '../../src/bytes/carrier.ts';
import { journey } from './support/journey.ts';
import { bytesOf } from './support/stick.ts';

journey('request and answer travel as text, as in a mail', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  await device.enterKey(site.key('perpetual'));
  await device.press('Make the request file');
  const text = await device.copyText();

  const mail = `Dear vendor,\n\n> ${text.replaceAll('\n', '\n> ')}\n`;
  await portal.drop(world.stick.write('mail.txt', Buffer.from(mail)));
  const license = await portal.saveAnswer(portal.row('Licensed'));

  const answer = toArmor(new Uint8Array(bytesOf(license)));
  await device.paste(answer.slice(0, 200));
  await device.expectText('Reason: TEXT_CUT_SHORT');
  await device.expectText('Copy it again, from the line that says BEGIN to the line that says END');
  await device.paste(`On Monday the vendor wrote:\n${answer}`);
  await device.expectText('The license is on this device now.');
  await device.expectStatus('Licensed');
});
