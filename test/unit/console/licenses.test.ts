import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { defaultLimits, type LicenseTerms } from '../../../src/api/license-terms.ts';
import '../../../src/console/issue/lk-issue-page.ts';
import '../../../src/console/licenses/lk-licenses-page.ts';
import type { LkIssuePage } from '../../../src/console/issue/lk-issue-page.ts';
import type { LkLicensesPage } from '../../../src/console/licenses/lk-licenses-page.ts';
import type { LkPager } from '../../../src/console/lists/lk-pager.ts';
import { FakeServer } from './fake-server.ts';
import { deep, deepAll, deepText, mount, press, settled, shows, tick, type } from './mount.ts';
import { sampleLicense } from './samples.ts';

const home = location.href;
afterEach(() => history.replaceState(null, '', home));

/** The page with the address that its router says. */
async function list(query = '', server = new FakeServer()) {
  history.replaceState(null, '', `/licenses${query}`);
  const mounted = await mount<LkLicensesPage>(
    html`<lk-licenses-page .params=${new URLSearchParams(query)}></lk-licenses-page>`,
    server,
  );
  const { element, router } = mounted;
  router.listen(() => {
    element.params = router.place.query;
  });
  return mounted;
}

describe('<lk-licenses-page>', () => {
  it('is accessible and lists the licenses', async () => {
    const { element } = await list();
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Acme Bottling').and.contain('1 to 2 of 2').and.contain('1 of 10');
  });

  it('keeps what is searched in the address', async () => {
    const { element } = await list();
    const search = deep<HTMLInputElement>(element, 'input[type=search]');
    search.value = 'north ';
    search.dispatchEvent(new Event('input'));
    await waitUntil(() => location.search === '?q=north');
    await settled(element);
    expect(search.value).to.equal('north ');
    expect(deepText(element)).to.contain('Northwind').and.not.contain('Acme Bottling 1');
    await waitUntil(() => deepText(deep(element, '[role=status]')) === 'One license found');
  });

  it('starts from the address', async () => {
    const { element, server } = await list(
      '?q=acme&state=active&product=press-studio&sort=expires&order=asc&page=1',
    );
    expect(server.lastCall('GET', '/licenses')?.query.toString()).to.equal(
      'q=acme&state=active&product=press-studio&sort=expires&order=asc',
    );
    expect(deep<HTMLInputElement>(element, 'input[type=search]').value).to.equal('acme');
    expect(
      deepAll(element, 'select').map(each => (each instanceof HTMLSelectElement ? each.value : '')),
    ).to.deep.equal(['active', 'press-studio']);
    expect(deep(element, 'th[aria-sort]').getAttribute('aria-sort')).to.equal('ascending');
  });

  it('filters by state and says when nothing is found', async () => {
    const { element } = await list();
    const [state] = deepAll(element, 'select');
    if (!(state instanceof HTMLSelectElement)) throw new TypeError('expected a select');
    state.value = 'expired';
    state.dispatchEvent(new Event('change'));
    await shows(element, 'Nothing found');
    expect(location.search).to.equal('?state=expired');
    await expect(element).to.be.accessible();
    press(element, 'Show all licenses');
    await shows(element, 'Northwind');
  });

  it('sorts by a column', async () => {
    const { element } = await list();
    press(element, 'Customer');
    expect(location.search).to.equal('?sort=customer&order=asc');
    await settled(element);
    press(element, 'Customer');
    expect(location.search).to.equal('?sort=customer');
  });

  it('pages', async () => {
    const server = new FakeServer();
    server.licenses = Array.from({ length: 120 }, (_, index) => sampleLicense(index + 1));
    const { element } = await list('', server);
    expect(deepText(deep(element, 'lk-pager'))).to.contain('1 to 50 of 120');
    press(element, 'Next');
    await shows(element, '51 to 100 of 120');
    expect(location.search).to.equal('?page=2');
  });

  it('opens the only license that was found on Enter', async () => {
    const { element } = await list();
    const search = deep<HTMLInputElement>(element, 'input[type=search]');
    search.value = 'north';
    search.dispatchEvent(new Event('input'));
    search.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await waitUntil(() => location.pathname.endsWith('2'));
  });

  it('opens the only license of a search that stood in the address on Enter', async () => {
    const { element } = await list('?q=north');
    const search = deep<HTMLInputElement>(element, 'input[type=search]');
    search.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await waitUntil(() => location.pathname.endsWith('2'));
  });

  it('says what to do when there is no license', async () => {
    const server = new FakeServer();
    server.licenses = [];
    const { element } = await list('', server);
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('No license yet');
  });
});

describe('<lk-pager>', () => {
  it('is accessible and goes to the page before', async () => {
    const { element } = await mount<LkPager>(
      html`<lk-pager .page=${2} .pageSize=${50} .total=${60}></lk-pager>`,
    );
    await expect(element).to.be.accessible();
    setTimeout(() => press(element, 'Previous'));
    expect((await oneEvent(element, 'lk-page')).detail).to.equal(1);
  });
});

describe('<lk-issue-page>', () => {
  const issue = (server = new FakeServer()) =>
    mount<LkIssuePage>(html`<lk-issue-page></lk-issue-page>`, server);

  /** The body that was sent last. */
  const sent = (server: FakeServer) => server.lastCall('POST', '/licenses')?.body;

  it('is accessible for every type', async () => {
    const { element } = await issue();
    for (const kind of ['perpetual', 'time-limited', 'subscription', 'consumption']) {
      deep<HTMLInputElement>(element, `input[value=${kind}]`).click();
      await settled(element);
      await expect(element).to.be.accessible();
    }
  });

  it('issues a perpetual license and shows its key large', async () => {
    const { element, server } = await issue();
    type(element, 'terms.customer', 'Acme Bottling');
    await settled(element);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, '7K3QX-M2ND5-R8TWA-V4HJ6-C9PEF');
    await expect(element).to.be.accessible();
    expect(sent(server)).to.deep.include({ product: 'press-studio', type: 'perpetual', trial: false });
    expect(sent(server)).to.have.nested.property('terms.customer', 'Acme Bottling');
    press(element, 'Issue another');
    await settled(element);
    expect(deep<HTMLInputElement>(element, '#terms-customer').value).to.equal('');
  });

  it('issues a time-limited trial until the end of a day, in UTC', async () => {
    const { element, server } = await issue();
    deep<HTMLInputElement>(element, 'input[value=time-limited]').click();
    await settled(element);
    tick(element, 'trial');
    type(element, 'terms.startsAt', '2027-01-01');
    type(element, 'terms.expiresAt', '2087-06-30');
    type(element, 'terms.graceHours', '48');
    tick(element, 'terms.maxActivations.unlimited');
    tick(element, 'terms.allowOffline');
    tick(element, 'terms.preventVm');
    await settled(element);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    expect(sent(server)).to.deep.include({ type: 'time-limited', trial: true });
    expect(sent(server)).to.have.nested.property('terms.startsAt', Date.UTC(2027, 0, 1) / 1000);
    expect(sent(server)).to.have.nested.property('terms.expiresAt', Date.UTC(2087, 6, 1) / 1000 - 1);
    expect(sent(server)).to.have.nested.property('terms.graceHours', 48);
    expect(sent(server)).to.have.nested.property('terms.maxActivations', null);
    expect(sent(server)).to.have.nested.property('terms.allowOffline', false);
    expect(sent(server)).to.have.nested.property('terms.preventVm', true);
  });

  it('issues a subscription with an end of updates and reports within so many days', async () => {
    const { element, server } = await issue();
    deep<HTMLInputElement>(element, 'input[value=subscription]').click();
    await settled(element);
    type(element, 'terms.expiresAt', '2087-06-30');
    type(element, 'terms.maintenanceUntil', '2087-12-31');
    tick(element, 'terms.reportWithin.days.unlimited');
    await settled(element);
    type(element, 'terms.reportWithin.days', '30');
    type(element, 'terms.reportWithin.graceDays', '5');
    await settled(element);
    await expect(element).to.be.accessible();
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    expect(sent(server)).to.deep.include({ type: 'subscription' });
    expect(sent(server)).to.have.nested.property('terms.maintenanceUntil', Date.UTC(2088, 0, 1) / 1000 - 1);
    expect(sent(server)).to.have.deep.nested.property('terms.reportWithin', { days: 30, graceDays: 5 });
  });

  it('issues a consumption license with features of both types', async () => {
    const { element, server } = await issue();
    deep<HTMLInputElement>(element, 'input[value=consumption]').click();
    await settled(element);
    type(element, 'terms.limits.maximum', '1000');
    type(element, 'terms.limits.overageMaximum', '50');
    tick(element, 'feature.color');
    tick(element, 'feature.plates');
    await settled(element);
    type(element, 'terms.features.0.expiresAt', '2027-06-30');
    tick(element, 'terms.features.1.limits.maximum.unlimited');
    await settled(element);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    expect(sent(server)).to.have.deep.nested.property('terms.limits', {
      ...defaultLimits(1000),
      overageMaximum: 50,
    });
    expect(sent(server)).to.have.deep.nested.property('terms.features', [
      { code: 'color', expiresAt: Date.UTC(2027, 6, 1) / 1000 - 1, limits: null },
      { code: 'plates', expiresAt: null, limits: defaultLimits(null) },
    ]);
  });

  it('takes custom fields, those for the device and others, and shows which name is there twice', async () => {
    const { element, server } = await issue();
    for (const [index, name] of ['Site', 'Site'].entries()) {
      press(element, 'Add a field');
      await settled(element);
      type(element, `terms.fields.${index}.name`, name);
      type(element, `terms.fields.${index}.value`, `value ${index}`);
      await settled(element);
    }
    tick(element, 'terms.fields.0.onDevice');
    await settled(element);
    await expect(element).to.be.accessible();
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'This is there twice.');
    type(element, 'terms.fields.1.name', 'Contract');
    await settled(element);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    expect((sent(server) as { terms: LicenseTerms }).terms.fields).to.deep.equal([
      { name: 'Site', value: 'value 0', onDevice: true },
      { name: 'Contract', value: 'value 1', onDevice: false },
    ]);
  });

  it('issues a license that is valid from its first activation', async () => {
    const { element, server } = await issue();
    deep<HTMLInputElement>(element, 'input[value=time-limited]').click();
    await settled(element);
    tick(element, 'terms.validityDays.unlimited');
    await settled(element);
    type(element, 'terms.validityDays', '14');
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    expect((sent(server) as { terms: LicenseTerms }).terms).to.include({ validityDays: 14, expiresAt: null });
  });

  it('takes a custom field away again', async () => {
    const { element, server } = await issue();
    press(element, 'Add a field');
    await settled(element);
    press(element, 'Remove');
    await settled(element);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    expect((sent(server) as { terms: LicenseTerms }).terms.fields).to.deep.equal([]);
  });

  it('asks for the time zone where a counter begins anew', async () => {
    const { element, server } = await issue();
    deep<HTMLInputElement>(element, 'input[value=consumption]').click();
    await settled(element);
    expect(deepText(element)).to.not.contain('Time zone');
    type(element, 'terms.limits.resetPeriod', 'weekly');
    tick(element, 'terms.limits.mayBeNegative');
    await settled(element);
    type(element, 'terms.utcOffset', '330');
    tick(element, 'terms.maxOpenPeriods.unlimited');
    await settled(element);
    await expect(element).to.be.accessible();
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    const { terms } = sent(server) as { terms: LicenseTerms };
    expect(terms.limits).to.include({ resetPeriod: 'weekly', mayBeNegative: true });
    expect(terms).to.include({ utcOffset: 330, maxOpenPeriods: 12 });
  });

  it('shows what is missing at its field before anything is sent', async () => {
    const { element, server } = await issue();
    deep<HTMLInputElement>(element, 'input[value=time-limited]').click();
    await settled(element);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'Fill this in.');
    const field = deep(element, '#terms-expiresAt');
    expect(field.getAttribute('aria-invalid')).to.equal('true');
    expect(deep(element, 'lk-terms-form').shadowRoot?.activeElement).to.equal(field);
    expect(sent(server)).to.equal(undefined);
    await expect(element).to.be.accessible();
  });

  it('issues no license that has ended already, and says so at the field', async () => {
    const { element, server } = await issue();
    deep<HTMLInputElement>(element, 'input[value=time-limited]').click();
    await settled(element);
    type(element, 'terms.expiresAt', '2020-06-30');
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'This day is past: the license would have ended already.');
    expect(deep(element, '#terms-expiresAt').getAttribute('aria-invalid')).to.equal('true');
    expect(sent(server)).to.equal(undefined);
  });

  it('shows what the server refused at the field of a feature', async () => {
    const server = new FakeServer();
    const { element } = await issue(server);
    tick(element, 'feature.plates');
    await settled(element);
    server.refuseNext = {
      ending: '/licenses',
      status: 400,
      problem: {
        code: 'FIELD_REFUSED',
        data: { field: 'terms.features.0.limits.maximum', rule: 'too-large' },
      },
    };
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'This number is too large.');
    expect(deep(element, '#terms-features-0-limits-maximum').getAttribute('aria-invalid')).to.equal('true');
  });

  it('takes an empty number for missing, not for nothing', async () => {
    const { element, server } = await issue();
    type(element, 'terms.maxActivations', '');
    await settled(element);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'Fill this in.');
    expect(sent(server)).to.equal(undefined);
  });

  it('asks for a product first', async () => {
    const server = new FakeServer();
    server.products = [];
    const { element } = await issue(server);
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('First create a product');
  });
});
