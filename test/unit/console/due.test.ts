import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/refresh/lk-refresh-page.ts';
import type { DueDevice } from '../../../src/api/refresh.ts';
import type { LkRefreshPage } from '../../../src/console/refresh/lk-refresh-page.ts';
import { FakeServer } from './fake-server.ts';
import { deep, deepAll, deepText, mount, press, settled, shows, tick, type } from './mount.ts';
import { day, idOf, now, press7 } from './samples.ts';

const due7: DueDevice = {
  activationId: idOf(90),
  licenseId: idOf(1),
  customer: 'Acme Bottling',
  holder: 'Acme, line 7',
  productName: 'Press Studio',
  deviceNumber: '4829 1307 7506',
  deviceName: 'Press 7',
  blocked: false,
  changedAt: now - day,
  fileAt: now - 20 * day,
  changes: [
    { at: now, action: 'license.disable', changed: [] },
    { at: now - day, action: 'license.edit', changed: ['expiresAtS', 'features'] },
  ],
};
const due8: DueDevice = {
  ...due7,
  activationId: idOf(91),
  deviceNumber: '9651 1183 9751',
  deviceName: '',
  blocked: true,
  fileAt: null,
  changes: [],
};

const home = location.href;
const pickFolder: unknown = Reflect.get(window, 'showDirectoryPicker');
let server: FakeServer;

beforeEach(async () => {
  server = new FakeServer();
  server.devices = [press7, { ...press7, activationId: idOf(91), deviceNumber: '9651 1183 9751', name: '' }];
  server.due = [due7, due8];
  const root = await navigator.storage.getDirectory();
  await root.removeEntry('stick-of-due', { recursive: true }).catch(() => {});
  const stick = await root.getDirectoryHandle('stick-of-due', { create: true });
  Object.assign(window, { showDirectoryPicker: async () => stick });
});
afterEach(() => {
  history.replaceState(null, '', home);
  Object.assign(window, { showDirectoryPicker: pickFolder });
});

async function open() {
  const mounted = await mount<LkRefreshPage>(html`<lk-refresh-page></lk-refresh-page>`, server);
  mounted.router.listen(() => {
    mounted.element.params = mounted.router.place.query;
  });
  return mounted;
}

describe('<lk-refresh-page> with <lk-due-table>', () => {
  it('is accessible, and says what has changed for which device since when', async () => {
    const { element } = await open();
    await expect(element).to.be.accessible();
    expect(deepText(element))
      .to.contain('Press 7')
      .and.contain('Disabled the license')
      .and.contain('Edited: end, features')
      .and.contain('Device without a name')
      .and.contain('Blocked')
      .and.contain('See the history of the license')
      .and.contain('No file made yet (2)');
    expect(deep(element, 'tbody a').getAttribute('href')).to.equal(`/licenses/${idOf(1)}/devices`);
  });

  it('makes files for those that are chosen, and they are on their way then', async () => {
    const { element, said } = await open();
    expect(deepText(element)).to.contain('No device is chosen.');
    tick(element, idOf(90));
    await shows(element, 'One device is chosen.');
    tick(element, 'all');
    await shows(element, '2 devices are chosen.');
    tick(element, idOf(91));
    await shows(element, 'One device is chosen.');
    press(element, 'Save to a stick…');
    await waitUntil(() => said.length > 0);
    expect(server.lastCall('POST', 'refresh-files')?.body).to.deep.equal({ activationIds: [idOf(90)] });
    await shows(element, 'No file made yet (1)');
    expect(deepText(element)).to.contain('Saved on the stick: 1.');
    expect(deepText(element)).to.contain('No device is chosen.');
    type(element, 'standing', 'made');
    await shows(element, 'Press 7');
    expect(location.search).to.equal('?standing=made');
    await expect(element).to.be.accessible();
  });

  it('finds devices by text, which stands in the address', async () => {
    const { element } = await open();
    type(element, 'q', '9651');
    await waitUntil(() => location.search === '?q=9651');
    await waitUntil(() => deepAll(element, 'tbody tr').length === 1);
    type(element, 'q', 'nothing like it');
    await shows(element, 'Nothing found');
    await expect(element).to.be.accessible();
  });

  it('says when no file is due, and when none is on its way', async () => {
    server.due = [];
    const { element } = await open();
    await shows(element, 'No license has changed since the file that its devices have.');
    await expect(element).to.be.accessible();
    type(element, 'standing', 'made');
    await shows(element, 'Nothing is on its way');
    await settled(element);
    await expect(element).to.be.accessible();
  });
});
