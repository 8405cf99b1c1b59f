import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/devices/lk-device-page.ts';
import '../../../src/console/devices/lk-devices-page.ts';
import type { LkDevicePage } from '../../../src/console/devices/lk-device-page.ts';
import type { LkDevicesPage } from '../../../src/console/devices/lk-devices-page.ts';
import { FakeServer } from './fake-server.ts';
import { answer, deep, deepAll, deepText, mount, press, settled, shows } from './mount.ts';
import { knownPress7, refusedExchange } from './samples.ts';

const home = location.href;
afterEach(() => history.replaceState(null, '', home));

const press8 = {
  ...structuredClone(knownPress7),
  id: refusedExchange.deviceId,
  number: refusedExchange.deviceNumber,
  name: 'Press 8',
  blocked: true,
  copiedAt: knownPress7.lastSeenAt,
  licenses: [],
};

async function list(query = '', server = new FakeServer()) {
  server.knownDevices = [structuredClone(knownPress7), press8];
  history.replaceState(null, '', `/devices${query}`);
  const mounted = await mount<LkDevicesPage>(
    html`<lk-devices-page .params=${new URLSearchParams(query)}></lk-devices-page>`,
    server,
  );
  mounted.router.listen(() => {
    mounted.element.params = mounted.router.place.query;
  });
  return mounted;
}

describe('<lk-devices-page>', () => {
  it('is accessible and tells of each device how it stands, in words', async () => {
    const { element } = await list();
    await expect(element).to.be.accessible();
    expect(deepText(element))
      .to.contain('Press 7')
      .and.contain('4829 1307 7506')
      .and.contain('Acme Bottling')
      .and.contain('Copy noticed')
      .and.contain('Blocked');
  });

  it('keeps search, state and order in the address, and starts from it', async () => {
    const { element, server } = await list();
    const search = deep<HTMLInputElement>(element, 'input[type=search]');
    search.value = 'Press';
    search.dispatchEvent(new Event('input'));
    await waitUntil(() => location.search === '?q=Press');
    await settled(element);
    press(element, 'Platform');
    await waitUntil(() => location.search === '?q=Press&sort=platform&order=asc');
    await settled(element);
    const state = deep<HTMLSelectElement>(element, 'select');
    state.value = 'blocked';
    state.dispatchEvent(new Event('change'));
    await waitUntil(() => location.search === '?q=Press&sort=platform&order=asc&state=blocked');
    await waitUntil(() => deepText(deep(element, '[role=status]')) === 'One device found');
    const asked = server.lastCall('GET', '/devices')?.query.toString();
    expect(asked).to.equal('q=Press&state=blocked&sort=platform&order=asc');
  });

  it('opens the only device that a number finds, by Enter', async () => {
    const { element } = await list();
    const search = deep<HTMLInputElement>(element, 'input[type=search]');
    search.value = '4829 1307 7506';
    search.dispatchEvent(new Event('input'));
    search.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await waitUntil(() => location.pathname === `/devices/${knownPress7.id}`);
  });

  it('says what a number means of which nothing has arrived', async () => {
    const { element } = await list('?q=nothing');
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Has the stick been to the portal?');
    press(element, 'Show all devices');
    await shows(element, 'Press 7');
  });

  it('says of which devices it tells when there are more than it looked at', async () => {
    const { element, api } = await list();
    const { items } = await api.devices.list(new URLSearchParams());
    api.devices.list = async () => ({ items, total: 2, page: 1, pageSize: 50, lookedAt: 50_000 });
    element.params = new URLSearchParams('state=active');
    await shows(element, 'These are of the 50,000 devices that were seen last.');
  });
});

describe('<lk-device-page>', () => {
  const open = (server = new FakeServer(), id = knownPress7.id) => {
    server.knownDevices = [structuredClone(knownPress7), press8];
    server.devices = [
      { ...knownPress7.licenses[0]?.device, ...server.devices[0] } as (typeof server.devices)[0],
    ];
    return mount<LkDevicePage>(html`<lk-device-page .deviceId=${id}></lk-device-page>`, server);
  };

  it('is accessible and tells what the device says, its licenses and its files', async () => {
    const { element } = await open();
    await expect(element).to.be.accessible();
    expect(deepText(element))
      .to.contain('4829 1307 7506')
      .and.contain('Linux x86_64')
      .and.contain('Press Studio')
      .and.contain('Activation request');
    const link = deepAll(element, 'a').find(each => deepText(each) === 'Acme Bottling');
    expect(link?.getAttribute('href')).to.match(/^\/licenses\/[0-9a-f]{32}\/devices$/);
  });

  it('is accessible when the device is blocked and was copied', async () => {
    const { element } = await open(new FakeServer(), press8.id);
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Blocked').and.contain('Copy noticed');
  });

  it('reads the device anew once it was blocked', async () => {
    const { element, server } = await open();
    const count = () => server.received.filter(({ path }) => path.endsWith(knownPress7.id)).length;
    const before = count();
    press(element, 'Block…');
    await answer(element, 'Block device');
    await waitUntil(() => count() > before);
    expect(server.lastCall('POST', '/block')?.path).to.contain(knownPress7.id);
  });

  it('says when there is no such device', async () => {
    const { element } = await open(new FakeServer(), '0'.repeat(64));
    await shows(element, 'This is not there, or no longer.');
    await expect(element).to.be.accessible();
  });
});
