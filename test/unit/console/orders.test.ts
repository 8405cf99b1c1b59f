import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/licenses/lk-licenses-page.ts';
import '../../../src/console/orders/lk-order-page.ts';
import '../../../src/console/orders/lk-orders-page.ts';
import type { LkLicensesPage } from '../../../src/console/licenses/lk-licenses-page.ts';
import type { LkOrderPage } from '../../../src/console/orders/lk-order-page.ts';
import type { LkOrdersPage } from '../../../src/console/orders/lk-orders-page.ts';
import { autumnOrder } from './fake/sales.ts';
import { FakeServer } from './fake-server.ts';
import { answer, deep, deepText, mount, press, settled, shows, type } from './mount.ts';

const home = location.href;
afterEach(() => history.replaceState(null, '', home));

async function list(query = '', server = new FakeServer()) {
  history.replaceState(null, '', `/orders${query}`);
  const mounted = await mount<LkOrdersPage>(
    html`<lk-orders-page .params=${new URLSearchParams(query)}></lk-orders-page>`,
    server,
  );
  mounted.router.listen(() => {
    mounted.element.params = mounted.router.place.query;
  });
  return mounted;
}

function open(server = new FakeServer()) {
  return mount<LkOrderPage>(html`<lk-order-page .orderId=${autumnOrder.id}></lk-order-page>`, server);
}

describe('<lk-orders-page> with <lk-order-table>', () => {
  it('is accessible and keeps search and order in the address', async () => {
    const { element, server } = await list();
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('A-2026-10').and.contain('1 disabled');
    const search = deep<HTMLInputElement>(element, 'input[type=search]');
    search.value = '2026-10';
    search.dispatchEvent(new Event('input'));
    await waitUntil(() => deepText(deep(element, '[role=status]')) === 'One order found');
    press(element, 'Number');
    const asked = () => server.lastCall('GET', '/orders')?.query.toString();
    await waitUntil(() => asked() === 'q=2026-10&sort=number&order=asc');
  });

  it('says what to do when there is none, or none is found', async () => {
    const server = new FakeServer();
    server.sales.orders = [];
    const empty = await list('', server);
    await expect(empty.element).to.be.accessible();
    expect(deepText(empty.element)).to.contain('No order yet');
    const { element } = await list('?q=nothing');
    press(element, 'Show all orders');
    await shows(element, 'A-2026-10');
  });
});

describe('<lk-order-page> with <lk-licenses-of>', () => {
  it('is accessible, and says what disabling does to devices that are offline', async () => {
    const { element, server, said } = await open();
    await expect(element).to.be.accessible();
    expect(server.lastCall('GET', '/licenses')?.query.get('inOrder')).to.equal(autumnOrder.id);
    expect(deepText(element)).to.contain('Licenses: 3, disabled: 1.');
    press(element, 'Disable the whole order');
    await shows(element, 'A device that is offline goes on working until it loads its next file');
    expect(deepText(element)).to.contain('This disables 2 licenses.');
    await expect(element).to.be.accessible();
    await answer(element, 'Disable the order');
    await waitUntil(() => said.includes('The order is disabled.'));
    expect(server.lastCall('POST', '/disable')?.path).to.contain(autumnOrder.id);
    await settled(element);
    press(element, 'Enable the whole order');
    await answer(element, 'Enable the order');
    await waitUntil(() => said.includes('The order is enabled.'));
    expect(server.sales.orders[0]?.disabled).to.equal(0);
  });

  it('leaves all as it is when the question is answered with no', async () => {
    const { element, server } = await open();
    press(element, 'Disable the whole order');
    await answer(element, 'Cancel');
    await settled(element);
    expect(server.lastCall('POST', '/disable')).to.equal(undefined);
  });

  it('shows why it could not be disabled', async () => {
    const { element, server } = await open();
    server.refuseNext = { ending: '/disable', status: 503, problem: { code: 'SERVER_BUSY' } };
    press(element, 'Disable the whole order');
    await answer(element, 'Disable the order');
    await waitUntil(() => server.refuseNext === null);
    await waitUntil(() => element.shadowRoot?.querySelector('lk-refusal') !== null);
  });
});

describe('<lk-order-note>', () => {
  it('saves the note, and tells the second of two who edit it', async () => {
    const { element, server, said } = await open();
    type(element, 'note', 'Paid twice');
    await settled(element);
    press(element, 'Save changes');
    await waitUntil(() => said.includes('Saved.'));
    expect(server.sales.orders[0]?.note).to.equal('Paid twice');
    Object.assign(server.sales.orders[0] ?? {}, { version: 9, note: 'Theirs' });
    type(element, 'note', 'Mine');
    await settled(element);
    press(element, 'Save changes');
    await shows(element, 'Show theirs');
    await expect(element).to.be.accessible();
    press(element, 'Show theirs');
    await waitUntil(() => deep<HTMLTextAreaElement>(element, 'textarea').value === 'Theirs');
  });
});

describe('<lk-licenses-page> of one order', () => {
  it('says so, and shows all licenses again', async () => {
    const query = `?inOrder=${autumnOrder.id}`;
    history.replaceState(null, '', `/licenses${query}`);
    const { element, router } = await mount<LkLicensesPage>(
      html`<lk-licenses-page .params=${new URLSearchParams(query)}></lk-licenses-page>`,
    );
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Only licenses of one order.');
    press(element, 'Show all licenses');
    expect(router.place.query.size).to.equal(0);
  });
});
