import { type BrokenFile, breakFile } from './support/broken-files.ts';
import { ConsoleApi } from './support/console-api.ts';
import { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';
import { bytesOf } from './support/stick.ts';

const saveAgain = 'Save it again where it was made. Wait until the stick may be pulled out.';
const chooseSaved = 'Choose the file that the device or the portal saved.';
/** How much is there of a file whose last 20 bytes are missing. */
const counted = ({ length }: Uint8Array) =>
  `This file was cut short: ${length - 20} of ${length} bytes are here.`;
const whereTo =
  'Files that a device saved go to the portal. Files that the portal saved go back to the device.';

journey('a device says what is wrong with a file, and keeps its license', async world => {
  const site = await world.startSite();
  const otherVendor = await world.startSite();
  const portal = await world.visitPortal(site);
  const device = await world.offlineDevice(site, 'Press 7');
  const other = await world.offlineDevice(site, 'Press 8');
  const foreign = await world.offlineDevice(otherVendor, 'Press 9');
  const request = await device.request(site.key('perpetual'));
  const license = await portal.exchange(request, 'Licensed');
  const othersLicense = await portal.exchange(
    await other.request(site.key('perpetual'), { name: 'Press 8' }),
    'Licensed',
  );
  const foreignPortal = await world.visitPortal(otherVendor);
  const foreignLicense = await foreignPortal.exchange(
    await foreign.request(otherVendor.key('perpetual')),
    'Licensed',
  );
  await device.load(license);
  await device.expectText('Licensed to Acme Bottling');

  const refuse = async (file: string, code: string, text: string, hint: string) => {
    await device.load(file);
    await device.expectText(`Reason: ${code}`);
    await device.expectText(text);
    await device.expectText(hint);
    await device.expectText('Licensed to Acme Bottling');
  };
  const onStick = ({ name, bytes }: BrokenFile) => world.stick.write(name, bytes);
  const { empty, cut, picture, flipped, huge } = breakFile(bytesOf(license));
  await refuse(onStick(empty), 'FILE_EMPTY', 'This file is empty.', saveAgain);
  await refuse(onStick(cut), 'FILE_CUT_SHORT', counted(bytesOf(license)), saveAgain);
  await refuse(onStick(picture), 'FILE_NOT_LATCHKEY', 'This is not a Latchkey file.', chooseSaved);
  const signature = 'The signature does not fit this file';
  await refuse(onStick(flipped), 'SIGNATURE_INVALID', signature, 'Fetch the file again from the portal');
  await refuse(onStick(huge), 'FILE_TOO_LARGE', 'This file is larger than 256 KB', chooseSaved);
  await refuse(request, 'KIND_UNEXPECTED', 'which is not needed here', whereTo);
  await refuse(
    othersLicense,
    'DEVICE_MISMATCH',
    'This file is for the device Press 8, not for this one.',
    'Load the file whose name carries the number of this device.',
  );
  await refuse(
    foreignLicense,
    'ISSUER_UNKNOWN',
    'This file is signed with a key that is not known here.',
    'Take a new file to the portal',
  );
  await device.machine.restart();
  await device.expectText('Licensed to Acme Bottling');
});

journey('the portal says what is wrong with a file', async world => {
  const site = await world.startSite();
  const otherVendor = await world.startSite();
  const portal = await world.visitPortal(site);
  const device = await world.offlineDevice(site, 'Press 7');
  const foreign = await world.offlineDevice(otherVendor, 'Press 9');
  const request = await device.request(site.key('perpetual'));
  const license = await portal.exchange(request, 'Licensed');

  const refuse = async (file: string, code: string, text: string, hint: string) => {
    await portal.visit();
    await portal.choose(file);
    const row = portal.row(text);
    await row.getByText(hint).waitFor();
    await row.getByText(`Reason: ${code}`).waitFor();
    await portal.expectText('1 file: 1 needs you');
  };
  const onStick = ({ name, bytes }: BrokenFile) => world.stick.write(name, bytes);
  const { empty, cut, picture, flipped, huge } = breakFile(bytesOf(request));
  await refuse(onStick(empty), 'FILE_EMPTY', 'This file is empty.', saveAgain);
  await refuse(onStick(cut), 'FILE_CUT_SHORT', counted(bytesOf(request)), saveAgain);
  await refuse(onStick(picture), 'FILE_NOT_LATCHKEY', 'This is not a Latchkey file.', chooseSaved);
  await refuse(
    onStick(flipped),
    'SEAL_BROKEN',
    'This file was changed on the way',
    'Save it again at the device.',
  );
  await refuse(onStick(huge), 'FILE_TOO_LARGE', 'This file is larger than 64 KB', chooseSaved);
  await refuse(license, 'KIND_UNEXPECTED', 'which is not needed here', whereTo);
  const foreignRequest = await foreign.request(otherVendor.key('perpetual'));
  await refuse(
    foreignRequest,
    'SEAL_KEY_UNKNOWN',
    'This file was made for another portal',
    'save a new file at the device',
  );
});

journey('a license of another product is refused at the portal and on the device', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const portal = await world.visitPortal(site);
  await staff.createProduct({ code: 'press-lite', name: 'Press Lite', features: [] });
  const { key } = await staff.issue('perpetual', {}, 'press-lite');

  // The sample app names its product in the request, so the portal sees it.
  const studio = await world.offlineSample(site, 'Studio');
  const refusal = await portal.exchange(await studio.request(key), 'This license is for another product.');
  await studio.load(refusal);
  await studio.expectText('Reason: PRODUCT_MISMATCH');
  await studio.expectText('Press Studio is locked');

  // The device app takes every product until its vendor sets one.
  const machine = world.machine(site, 'Press 7');
  await machine.install();
  const device = new DeviceApp(machine, world.stick);
  const license = await portal.exchange(await device.request(key), 'Licensed');
  await site.stop();
  await site.start({ product: 'press-studio' });
  await machine.restart('/about');
  await device.expectText('Press Studio');
  await device.goHome();
  await device.load(license);
  await device.expectText('This license is for another product: press-lite.');
  await device.expectText('Use the license key of the product that runs on this device.');
  await device.expectStatus('Waiting for the portal');
});
