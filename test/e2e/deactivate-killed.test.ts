import { journey } from './support/journey.ts';

journey('a deactivation outlives a browser that is killed before its file was saved', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const key = site.key('singleSeat');
  const request = await device.request(key);
  const license = await portal.exchange(request, 'Licensed');
  await device.load(license);
  await device.expectStatus('Licensed');

  await device.confirmGivingUp();
  await device.expectText('Not saved yet.');
  await device.machine.kill();
  await device.machine.open();
  await device.expectStatus('Not licensed');
  await device.expectText('A license was given up, and its receipt is not here yet.');

  // What was given up stays so, whatever license file lies on the stick.
  await device.load(license);
  await device.expectText('Reason: ACTIVATION_ENDED');
  await device.expectStatus('Not licensed');

  await device.page.getByRole('button', { name: 'Show the file' }).click();
  const deactivation = await device.saveFile();
  const receipt = await portal.exchange(deactivation, 'Deactivated, the seat is free');
  await device.load(receipt);
  await device.expectText('Confirmed by the portal on');
  await device.machine.restart('/give-up');
  await device.expectText('Confirmed by the portal on');
});

journey('a browser killed while it gives a license up has the license or its deactivation', async world => {
  const site = await world.startSite();
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  const key = site.key('singleSeat');
  const outcomes: string[] = [];
  for (const delayMs of [20, 40, 60, 80, 110, 150]) {
    if (!(await device.status('Licensed').isVisible())) {
      await device.load(await portal.exchange(await device.request(key), 'Licensed'));
      await device.expectStatus('Licensed');
    }
    const kill = await device.machine.prepareToKill();
    await device.askToGiveUp();
    const givingUp = device.press('Give it up').catch(() => 'the browser is gone');
    await new Promise(resolve => setTimeout(resolve, delayMs));
    await kill();
    await givingUp;
    await device.machine.open();
    await device.status('Licensed').or(device.status('Not licensed')).waitFor();
    if (await device.status('Licensed').isVisible()) outcomes.push('licensed');
    else {
      outcomes.push('given up');
      await device.press('Show the file');
      await device.load(await portal.exchange(await device.saveFile(), 'Deactivated, the seat is free'));
      await device.expectText('Confirmed by the portal on');
      await device.goHome();
      await device.expectStatus('Not licensed');
    }
  }
  world.note(`killed while giving up: ${outcomes.join(', ')}`);
});
