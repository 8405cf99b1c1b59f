import { DeviceApp } from './support/device-app.ts';
import { journey } from './support/journey.ts';

const survived = /What was written on .* was still here when the app was started again/;
const marked = /A mark was written on .* Restart this machine and look here again/;

journey('a machine is checked before its first request, and again after it was started anew', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  await device.page.getByRole('link', { name: 'Check this machine first' }).click();
  await device.expectText(marked);
  await device.expectText('Deep Freeze');
  await device.expectText('All of the app is on this machine.');
  await device.expectText('There is no camera.');
  await device.expectText('A license works here.');
  // Loaded anew is not started anew.
  await device.page.reload();
  await device.expectText(marked);
  await device.machine.restart('/check');
  await device.expectText(survived);

  // A write filter takes all of it back.
  await device.machine.wipe();
  await device.machine.page.goto(`${site.origins.app}/check`);
  await device.expectText(marked);
});

journey('a file dialog is tried by a person, and one that closes at once is told', async world => {
  const site = await world.startSite();
  const device = new DeviceApp(world.machine(site, 'Press 7'), world.stick);
  await device.machine.open('/check');
  const choosing = device.page.waitForEvent('filechooser');
  await device.press('Try the file dialog');
  await (await choosing).setFiles({ name: 'a.lic', mimeType: '', buffer: Buffer.from('a') });
  await device.expectText('The browser can open and save files, and write into a folder.');
  // What a browser does whose policy forbids dialogs.
  await device.page.evaluate(() => {
    HTMLInputElement.prototype.click = function click() {
      this.dispatchEvent(new Event('cancel'));
    };
  });
  await device.press('Try the file dialog');
  await device.expectText('Carry requests and answers as QR codes');
});

journey('an image is made without the mark of a check', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  await device.request(site.key('perpetual'));
  await device.machine.page.goto(`${site.origins.app}/check`);
  await device.expectText(marked);
  await device.machine.restart('/about');
  await device.press('Erase the number of this device…');
  await device.press('Erase it');
  await device.expectText('Erased. Close the app now and take the image.');
  const copy = await world.copyMachine(device.machine, 'Press 8');
  await copy.page.goto(`${site.origins.app}/check`);
  await new DeviceApp(copy, world.stick).expectText(marked);
});
