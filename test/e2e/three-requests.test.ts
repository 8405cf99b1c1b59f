import { ConsoleApi } from './support/console-api.ts';
import { journey } from './support/journey.ts';

const features = [
  { code: 'export', name: 'PDF export' },
  { code: 'color', name: 'Color profiles' },
  { code: 'layers', name: 'Layers' },
];

journey('three requests are open at once, and their answers come in another order', async world => {
  const site = await world.startSite();
  const staff = await ConsoleApi.open(site);
  const device = await world.offlineDevice(site, 'Press 7');
  const portal = await world.visitPortal(site);
  await staff.createProduct({
    code: 'press-suite',
    name: 'Press Suite',
    features: features.map(feature => ({ ...feature, type: 'activation' })),
  });
  const requests: string[] = [];
  for (const { code } of features) {
    const grants = [{ code, expiresAt: null, limits: null }];
    const { key } = await staff.issue('perpetual', { features: grants }, 'press-suite');
    requests.push(await device.request(key));
  }
  await device.expectOpenRequests(3);

  const answers: string[] = [];
  for (const request of requests) answers.push(await portal.exchange(request, 'Licensed'));
  for (const index of [2, 0, 1]) {
    const { name = '' } = features[index] ?? {};
    await device.expectNoText(name);
    await device.load(answers[index] ?? '');
    await device.expectText(name);
  }
  await device.expectOpenRequests(0);
  await device.machine.restart();
  for (const { name } of features) await device.expectText(name);
});
