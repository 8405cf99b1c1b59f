import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/audit/lk-audit-page.ts';
import type { AuditLogEntry } from '../../../src/api/audit.ts';
import type { LkAuditPage } from '../../../src/console/audit/lk-audit-page.ts';
import type { LkAuditVerify } from '../../../src/console/audit/lk-audit-verify.ts';
import { FakeServer } from './fake-server.ts';
import { deep, deepAll, deepText, mount, press, settled, shows, type } from './mount.ts';
import { idOf, now, press7 } from './samples.ts';

const home = location.href;
afterEach(() => history.replaceState(null, '', home));

const block: AuditLogEntry = {
  sequence: 2,
  hash: 'ab'.repeat(32),
  at: now,
  actor: 'owner@latchkey.localhost',
  action: 'device.block',
  user: null,
  changed: [],
  deviceNumber: press7.deviceNumber,
  deviceId: press7.deviceId,
  licenseId: null,
  product: null,
  subjectId: null,
};
const edit: AuditLogEntry = {
  ...block,
  sequence: 1,
  hash: 'cd'.repeat(32),
  actor: 'system',
  action: 'license.edit',
  changed: ['expiresAt'],
  deviceId: null,
  deviceNumber: null,
  licenseId: idOf(1),
};

async function list(query = '', server = new FakeServer()) {
  server.log = [block, edit];
  history.replaceState(null, '', `/audit${query}`);
  const mounted = await mount<LkAuditPage>(
    html`<lk-audit-page .params=${new URLSearchParams(query)}></lk-audit-page>`,
    server,
  );
  mounted.router.listen(() => {
    mounted.element.params = mounted.router.place.query;
  });
  return mounted;
}

describe('<lk-audit-page>', () => {
  it('is accessible and tells number, link, person, action and subject of each entry', async () => {
    const { element } = await list();
    await expect(element).to.be.accessible();
    expect(deepText(element))
      .to.contain('Blocked a device')
      .and.contain('abababab')
      .and.contain('owner@latchkey.localhost')
      .and.contain('4829 1307 7506')
      .and.contain('The portal')
      .and.contain(`2:${'ab'.repeat(32)}`);
  });

  it('keeps what is filtered in the address, and asks the server for that', async () => {
    const { element, server } = await list();
    const action = deep<HTMLSelectElement>(element, 'select[name=action]');
    action.value = 'license.edit';
    action.dispatchEvent(new Event('change'));
    await waitUntil(() => location.search === '?action=license.edit');
    await settled(element);
    await waitUntil(() => server.lastCall('GET', '/audit')?.query.toString() === 'action=license.edit');
    const [who] = deepAll(element, 'input[type=search]');
    if (!(who instanceof HTMLInputElement)) throw new TypeError('expected a field');
    who.value = 'nobody';
    who.dispatchEvent(new Event('input'));
    await shows(element, 'No such entry');
    expect(location.search).to.equal('?action=license.edit&actor=nobody');
    await expect(element).to.be.accessible();
    press(element, 'Show all entries');
    await waitUntil(() => location.search === '');
  });

  it('offers the whole log as a file', async () => {
    const { element } = await list();
    const link = deep<HTMLAnchorElement>(element, 'a[download]');
    expect(new URL(link.href).pathname).to.equal('/api/console/v1/audit/export');
  });

  it('goes to older entries and back', async () => {
    const { element } = await list('?before=2');
    expect(deepText(element)).to.contain('Newest entries').and.contain('Edited the license');
  });
});

describe('<lk-audit-verify>', () => {
  const open = (server = new FakeServer()) => {
    server.log = [block, edit];
    return mount<LkAuditVerify>(html`<lk-audit-verify newest="2:${block.hash}"></lk-audit-verify>`, server);
  };

  it('is accessible, verifies part by part and says how many entries there are', async () => {
    const { element, server } = await open();
    await expect(element).to.be.accessible();
    press(element, 'Verify the whole log');
    await shows(element, 'The log is as it was written: 2 entries.');
    await expect(element).to.be.accessible();
    const asked = server.received.filter(({ path }) => path.endsWith('/verify')).map(({ body }) => body);
    expect(asked).to.deep.equal([
      { after: null, noted: null },
      { after: `1:${edit.hash}`, noted: null },
    ]);
  });

  it('tells from which entry on the log is not as it was written', async () => {
    const { element, server } = await open();
    server.logBrokenAt = 2;
    type(element, 'noted', ` 2:${block.hash} `);
    press(element, 'Verify the whole log');
    await shows(element, 'The log is not as it was written, from entry 2 on.');
    await expect(element).to.be.accessible();
    const body = server.lastCall('POST', '/verify')?.body;
    expect(body).to.deep.equal({ after: null, noted: `2:${block.hash}` });
  });

  it('asks nothing for a link that is none, and says so', async () => {
    const { element, server } = await open();
    type(element, 'noted', '12:abc');
    press(element, 'Verify the whole log');
    await shows(element, 'This is not written in the way that is needed.');
    expect(server.lastCall('POST', '/verify')).to.equal(undefined);
  });

  it('shows why the server refused', async () => {
    const { element, server } = await open();
    server.refuseNext = { ending: '/verify', status: 503, problem: { code: 'SERVER_BUSY' } };
    press(element, 'Verify the whole log');
    await waitUntil(() => deepAll(element, 'lk-refusal').length === 1);
  });
});
