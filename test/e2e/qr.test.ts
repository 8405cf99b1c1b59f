import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ConsoleApi } from './support/console-api.ts';
import { filmCode } from './support/film.ts';
import { journey, type World } from './support/journey.ts';
import { PortalPage } from './support/portal-page.ts';
import type { Site } from './support/site.ts';

/** More than one code holds, and incompressible. */
const longFields = Array.from({ length: 12 }, (_, index) => {
  return { name: `field-${index}`, value: randomBytes(60).toString('base64'), onDevice: true };
});

journey('the whole loop goes by QR codes alone, on a device without a port', async world => {
  const site = await world.startSite();
  const press = await world.offlineDevice(site, 'Press 7');
  const phone = await phoneAtPortal(world, site);
  const films = world.makeFolder('films');
  const film = (name: string) => join(films, `${name}.y4m`);

  await press.enterKey(site.key('yearly'), { name: 'Press 7' });
  await press.press('Make the request file');
  await press.press('Show QR code');
  await filmCode(press.page, film('request'));

  await phone.machine.plugCamera(film('request'));
  await phone.portal().scan('Licensed');
  await phone.portal().showCode('Licensed');
  await filmCode(phone.machine.page, film('license'));

  await press.machine.plugCamera(film('license'));
  await press.scan();
  await press.expectText('The license is on this device now.');
  await press.expectStatus('Licensed');

  await press.confirmGivingUp();
  await press.press('Show QR code');
  await filmCode(press.page, film('deactivation'));
  await phone.machine.plugCamera(film('deactivation'));
  await phone.portal().scan('the seat is free');
  await phone.portal().showCode('the seat is free');
  await filmCode(phone.machine.page, film('receipt'));
  await press.machine.plugCamera(film('receipt'));
  await press.scan();
  await press.expectText('The portal has confirmed that the license was given up.');
});

journey('a license too long for one code comes as many, of which the camera misses some', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const { key } = await staff.issue('perpetual', { fields: longFields });
  const press = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const request = await press.request(key);
  await portal.visit();
  await portal.choose(request);
  await portal.expectText('Licensed');
  await portal.showCode('Licensed');
  await portal.expectText('The code keeps changing');
  const film = join(world.makeFolder('films'), 'license.y4m');
  await filmCode(portal.page, film);

  await press.machine.plugCamera(film);
  await press.scan();
  await press.expectText('The license is on this device now.');
  await press.expectText('field-11');
});

journey('a device without a camera says so, and what a camera sees of others is told', async world => {
  const site = await world.startSite();
  const press = await world.offlineDevice(site, 'Press 7');
  await press.request(site.key('yearly'));
  await press.press('Scan a QR code');
  await press.expectText('There is no camera here. Carry the file another way.');
  await press.press('Cancel');
  await press.expectStatus('Waiting for the portal');
});

/** A phone whose camera sees what was filmed last, with the portal's page open. */
async function phoneAtPortal(world: World, site: Site) {
  const machine = world.machine(site, 'phone', { origin: site.origins.portal });
  await machine.open();
  return { machine, portal: () => new PortalPage(machine.page, site.origins.portal, world.stick) };
}
