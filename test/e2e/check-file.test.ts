import { readFileSync } from 'node:fs';
import { journey } from './support/journey.ts';
import type { PortalPage } from './support/portal-page.ts';

journey(
  'anybody reads and verifies at the portal what it signed, also when the network is gone',
  async world => {
    const site = await world.startSite();
    const portal = await world.visitPortal(site);
    const device = await world.offlineDevice(site, 'Press 7');
    const request = await device.request(site.key('perpetual'), { name: 'Press 7' });
    const license = await portal.exchange(request, 'Licensed');
    await device.load(license);
    const number = await device.number();
    const receipt = await portal.exchange(await device.giveUp(), 'Deactivated, the seat is free');

    await portal.visit();
    await portal.page.getByRole('link', { name: 'Check a license, receipt or refusal' }).click();
    await portal.page.getByRole('heading', { name: 'Check a file' }).waitFor();
    await portal.page.waitForLoadState('networkidle');
    await portal.page.context().setOffline(true);
    await check(portal, license);
    await portal.expectText('Signed by this vendor, and not altered.');
    await portal.expectText(`Press 7, ${number}`);
    await check(portal, receipt);
    await portal.expectText('The device itself gave the license up');
    await check(portal, request);
    await portal.expectText('This file is sealed: only the portal can read it.');
    await check(portal, world.stick.write('altered.lic', flippedEnd(receipt)));
    await portal.expectText('Altered: the signature is not of what the file says.');
    await portal.page.emulateMedia({ media: 'print' });
    await portal.page.getByRole('button', { name: 'Print' }).waitFor({ state: 'hidden' });
    await portal.page.emulateMedia({ media: 'screen' });
    await portal.page.context().setOffline(false);
    await portal.page.getByRole('link', { name: 'Back to the portal' }).click();
    await portal.expectText('Drop the files from your stick here');

    const elsewhere = await world.startSite();
    const theirs = await world.visitPortal(elsewhere);
    await theirs.page.getByRole('link', { name: 'Check a license, receipt or refusal' }).click();
    await check(theirs, receipt);
    await theirs.expectText('Not signed by this vendor.');
  },
);

/** Chooses a file on the page that checks. */
async function check({ page }: PortalPage, file: string): Promise<void> {
  await page.getByLabel(/Drop a license, receipt or refusal here|Check more files/).setInputFiles(file);
}

function flippedEnd(path: string): Uint8Array {
  const bytes = new Uint8Array(readFileSync(path));
  return bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte));
}
