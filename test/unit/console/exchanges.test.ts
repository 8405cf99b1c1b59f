import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/exchanges/lk-exchanges-page.ts';
import type { LkExchangeFiles } from '../../../src/console/exchanges/lk-exchange-files.ts';
import type { LkExchangeTable } from '../../../src/console/exchanges/lk-exchange-table.ts';
import type { LkExchangesPage } from '../../../src/console/exchanges/lk-exchanges-page.ts';
import { FakeServer } from './fake-server.ts';
import { deep, deepAll, deepText, mount, press, settled, shows } from './mount.ts';
import { activationExchange, refusedExchange } from './samples.ts';

const home = location.href;
afterEach(() => history.replaceState(null, '', home));

async function list(query = '') {
  const server = new FakeServer();
  server.exchanges = [refusedExchange, activationExchange];
  history.replaceState(null, '', `/exchanges${query}`);
  const mounted = await mount<LkExchangesPage>(
    html`<lk-exchanges-page .params=${new URLSearchParams(query)}></lk-exchanges-page>`,
    server,
  );
  mounted.router.listen(() => {
    mounted.element.params = mounted.router.place.query;
  });
  return mounted;
}

describe('<lk-exchanges-page>', () => {
  it('is accessible, and a refused file tells its reason', async () => {
    const { element } = await list();
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Refused').and.contain('All seats are in use.');
  });

  it('keeps what is filtered in the address, and asks the server for that', async () => {
    const { element, server } = await list();
    const decision = deep<HTMLSelectElement>(element, 'select[name=decision]');
    decision.value = 'license';
    decision.dispatchEvent(new Event('change'));
    await waitUntil(() => location.search === '?decision=license');
    await shows(element, 'License');
    await settled(element);
    expect(server.lastCall('GET', '/exchanges')?.query.toString()).to.equal('decision=license');
    const day = deep<HTMLInputElement>(element, 'input[type=date]');
    day.value = '2026-11-23';
    day.dispatchEvent(new Event('change'));
    await waitUntil(() => location.search === '?decision=license&day=2026-11-23');
    const device = deep<HTMLInputElement>(element, 'input[type=search]');
    device.value = '0000 0000 0000';
    device.dispatchEvent(new Event('input'));
    await shows(element, 'No such file');
    await expect(element).to.be.accessible();
    press(element, 'Show all files');
    await waitUntil(() => location.search === '');
  });

  it('goes to older files and back to the newest', async () => {
    const { element } = await list();
    const older = deepAll(element, 'a.button').find(each => deepText(each) === 'Older files');
    const address = new URL(older?.getAttribute('href') ?? '', location.href);
    const { element: next } = await list(address.search);
    expect(deepText(next)).to.contain('Newest files').and.not.contain('Older files');
    await expect(next).to.be.accessible();
  });

  it('says where looking back stopped', async () => {
    const { element, api } = await list();
    const until = refusedExchange.at;
    const next = `${until}-${'0'.repeat(64)}-${'0'.repeat(32)}-${'0'.repeat(32)}`;
    api.exchanges.list = async () => ({ items: [], next, lookedUntil: until });
    element.params = new URLSearchParams('kind=refresh');
    await shows(element, 'Look further back');
    expect(deepText(element)).to.contain('There may be more before that.');
  });
});

describe('<lk-exchange-files>', () => {
  const open = (changes: object) =>
    mount<LkExchangeFiles>(
      html`<lk-exchange-files .exchange=${{ ...refusedExchange, ...changes }}></lk-exchange-files>`,
      Object.assign(new FakeServer(), { exchanges: [refusedExchange] }),
    );

  it('is accessible, downloads either file and says under which name', async () => {
    const { element, said, server } = await open({});
    await expect(element).to.be.accessible();
    press(element, 'File');
    await waitUntil(() => said.includes('request-9651-1183-9751.req is downloaded.'));
    expect(server.lastCall('GET', '/received')).not.to.equal(undefined);
    press(element, 'Answer');
    await waitUntil(() => said.includes('refusal-9651-1183-9751.lic is downloaded.'));
    expect(server.lastCall('GET', '/answer')).not.to.equal(undefined);
  });

  it('offers what is there still, and says when both are erased', async () => {
    const { element } = await open({ hasReceived: false });
    expect(deepText(element)).not.to.contain('File');
    const { element: erased } = await open({ hasReceived: false, hasAnswer: false });
    expect(deepText(erased)).to.equal('Erased');
    await expect(erased).to.be.accessible();
  });

  it('says so when a file was erased meanwhile', async () => {
    const { element, said, server } = await open({});
    server.exchanges = [];
    press(element, 'File');
    await waitUntil(() => said.includes('This is not there, or no longer.'));
  });
});

describe('<lk-exchange-table>', () => {
  it('names a copy in words beside the refusal', async () => {
    const copied = { ...refusedExchange, code: 'DEVICE_COPIED', showsCopy: true };
    const { element } = await mount<LkExchangeTable>(
      html`<lk-exchange-table .exchanges=${[copied]}></lk-exchange-table>`,
    );
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Refused').and.contain('Copy noticed');
  });

  it('names a copy that was served, and lets its row stand out', async () => {
    const served = { ...refusedExchange, decision: 'license', code: null, showsCopy: true };
    const { element } = await mount<LkExchangeTable>(
      html`<lk-exchange-table .exchanges=${[served]}></lk-exchange-table>`,
    );
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Copy noticed').and.not.contain('Refused');
    expect(element.shadowRoot?.querySelectorAll('tr.trouble').length).to.equal(1);
  });
});
