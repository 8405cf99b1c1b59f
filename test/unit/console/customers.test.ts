import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/customers/lk-customer-page.ts';
import '../../../src/console/customers/lk-customers-page.ts';
import '../../../src/console/terms/lk-terms-form.ts';
import type { LkCustomerPage } from '../../../src/console/customers/lk-customer-page.ts';
import type { LkCustomersPage } from '../../../src/console/customers/lk-customers-page.ts';
import type { LkTermsForm } from '../../../src/console/terms/lk-terms-form.ts';
import { acme } from './fake/sales.ts';
import { FakeServer } from './fake-server.ts';
import { deep, deepAll, deepText, mount, press, settled, shows, type } from './mount.ts';

const home = location.href;
afterEach(() => history.replaceState(null, '', home));

async function list(query = '', server = new FakeServer()) {
  history.replaceState(null, '', `/customers${query}`);
  const mounted = await mount<LkCustomersPage>(
    html`<lk-customers-page .params=${new URLSearchParams(query)}></lk-customers-page>`,
    server,
  );
  mounted.router.listen(() => {
    mounted.element.params = mounted.router.place.query;
  });
  return mounted;
}

function open(server = new FakeServer()) {
  return mount<LkCustomerPage>(html`<lk-customer-page .customerId=${acme.id}></lk-customer-page>`, server);
}

describe('<lk-customers-page> with <lk-customer-table>', () => {
  it('is accessible and keeps search and order in the address', async () => {
    const { element, server } = await list();
    await expect(element).to.be.accessible();
    const search = deep<HTMLInputElement>(element, 'input[type=search]');
    search.value = 'north';
    search.dispatchEvent(new Event('input'));
    await waitUntil(() => deepText(deep(element, '[role=status]')) === 'One customer found');
    press(element, 'Licenses');
    expect(location.search).to.equal('?q=north&sort=licenses');
    const asked = () => server.lastCall('GET', '/customers')?.query.toString();
    await waitUntil(() => asked() === 'q=north&sort=licenses');
    await settled(element);
    expect(deep(element, 'th[aria-sort]').getAttribute('aria-sort')).to.equal('ascending');
  });

  it('says what to do when there is none, or none is found', async () => {
    const server = new FakeServer();
    server.sales.customers = [];
    const empty = await list('', server);
    await expect(empty.element).to.be.accessible();
    expect(deepText(empty.element)).to.contain('No customer yet');
    const { element } = await list('?q=nobody');
    press(element, 'Show all customers');
    await shows(element, 'Northwind Print');
  });
});

describe('<lk-customer-page> with <lk-orders-of> and <lk-licenses-of>', () => {
  it('is accessible, and shows orders and licenses of the customer', async () => {
    const { element, server } = await open();
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('A-2026-10').and.contain('Press Studio');
    expect(server.lastCall('GET', '/licenses')?.query.get('customer')).to.equal('Acme Bottling');
    expect(server.lastCall('GET', '/orders')?.query.get('customer')).to.equal('Acme Bottling');
  });

  it('saves another name, and tells the second of two who edit', async () => {
    const { element, server, said } = await open();
    type(element, 'name', 'Acme Beverages');
    await settled(element);
    press(element, 'Save changes');
    await waitUntil(() => said.includes('Saved.'));
    const sent = { version: 1, name: 'Acme Beverages', email: acme.email, note: '' };
    expect(server.lastCall('PUT', acme.id)?.body).to.deep.equal(sent);
    const [customer] = server.sales.customers;
    Object.assign(customer ?? {}, { version: 7, note: 'Theirs' });
    type(element, 'note', 'Mine');
    await settled(element);
    press(element, 'Save changes');
    await shows(element, 'Show theirs');
    await expect(element).to.be.accessible();
    press(element, 'Show theirs');
    await waitUntil(() => deep<HTMLTextAreaElement>(element, 'textarea').value === 'Theirs');
  });

  it('creates a customer, and says at the field what is wrong', async () => {
    const { element, router } = await mount<LkCustomerPage>(html`<lk-customer-page></lk-customer-page>`);
    await expect(element).to.be.accessible();
    press(deep(element, 'form'), 'Create customer');
    await shows(element, 'Fill this in.');
    type(element, 'name', acme.name);
    press(deep(element, 'form'), 'Create customer');
    await shows(element, 'This is there twice.');
    type(element, 'name', 'Carla');
    type(element, 'email', 'nobody');
    press(deep(element, 'form'), 'Create customer');
    await shows(element, 'This is not written in the way that is needed.');
    await expect(element).to.be.accessible();
    type(element, 'email', '');
    press(deep(element, 'form'), 'Create customer');
    await waitUntil(() => /^\/customers\/[0-9a-f]{32}$/.test(router.place.path));
  });
});

describe('<lk-terms-form> for a customer', () => {
  it('suggests those that there are, and stays accessible', async () => {
    const { element } = await mount<LkTermsForm>(html`<lk-terms-form></lk-terms-form>`);
    type(element, 'terms.customer', 'north');
    const names = () => deepAll(element, 'datalist option').map(each => each.getAttribute('value'));
    await waitUntil(() => names().join() === 'Northwind Print');
    expect(deep(element, 'input[name="terms.customer"]').getAttribute('list')).to.equal(
      deep(element, 'datalist').id,
    );
    await expect(element).to.be.accessible();
  });

  it('goes on without suggestions when the server does not answer', async () => {
    const server = new FakeServer();
    server.refuseNext = { ending: '/customers', status: 500, problem: { code: 'SERVER_FAILED' } };
    const { element } = await mount<LkTermsForm>(html`<lk-terms-form></lk-terms-form>`, server);
    type(element, 'terms.customer', 'n');
    await waitUntil(() => server.refuseNext === null);
    type(element, 'terms.customer', 'north');
    await waitUntil(() => deepAll(element, 'datalist option').length === 1);
  });
});
