import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/issue/lk-issue-page.ts';
import '../../../src/console/license/lk-license-facts.ts';
import '../../../src/console/licenses/lk-licenses-page.ts';
import '../../../src/console/policies/lk-policy-page.ts';
import '../../../src/console/products/lk-product-page.ts';
import { defaultLimits, type LicenseTerms } from '../../../src/api/license-terms.ts';
import type { Policy } from '../../../src/api/policies.ts';
import type { LkIssuePage } from '../../../src/console/issue/lk-issue-page.ts';
import type { LkPolicyPage } from '../../../src/console/policies/lk-policy-page.ts';
import { yearly } from './fake/policies.ts';
import { FakeServer } from './fake-server.ts';
import { answer, deep, deepAll, deepText, mount, press, settled, shows, tick, type } from './mount.ts';
import { idOf, inkLab, pressStudio, sampleLicense } from './samples.ts';

const home = location.href;
afterEach(() => history.replaceState(null, '', home));

/** A server that has these policies. */
function serverWith(...policies: Policy[]): FakeServer {
  const server = new FakeServer();
  server.policies = structuredClone(policies);
  return server;
}

const hrefs = (root: Element) => deepAll(root, 'a').map(link => link.getAttribute('href'));

describe('<lk-product-policies>', () => {
  const list = (server: FakeServer) =>
    mount(html`<lk-product-page code="press-studio"></lk-product-page>`, server);

  it('is accessible and leads to each policy, its licenses and a new license', async () => {
    const { element } = await list(serverWith(yearly));
    await expect(element).to.be.accessible();
    const policies = deep(element, 'lk-product-policies');
    expect(deepText(policies)).to.contain('Subscription Trial').and.contain('365 days');
    expect(hrefs(policies)).to.deep.equal([
      '/products/edit/press-studio/new-policy',
      `/products/policies/${yearly.id}`,
      `/licenses?policy=${yearly.id}`,
      `/licenses/new?policy=${yearly.id}`,
    ]);
  });

  it('shows none of another product', async () => {
    const { element } = await list(serverWith({ ...yearly, product: inkLab.code }));
    expect(deepAll(deep(element, 'lk-product-policies'), 'table')).to.have.length(0);
  });
});

describe('<lk-policy-page>', () => {
  const create = (server = serverWith()) =>
    mount<LkPolicyPage>(html`<lk-policy-page product="press-studio"></lk-policy-page>`, server);
  const edit = (server = serverWith(yearly)) =>
    mount<LkPolicyPage>(html`<lk-policy-page .policyId=${yearly.id}></lk-policy-page>`, server);
  const sent = (server: FakeServer) => server.lastCall('POST', '/policies')?.body;

  it('creates a policy without anything that belongs to one customer', async () => {
    const { element, server, said } = await create();
    await expect(element).to.be.accessible();
    for (const name of ['terms.customer', 'terms.holder', 'terms.startsAt', 'terms.expiresAt']) {
      expect(deepAll(element, `[name="${name}"]`), name).to.have.length(0);
    }
    type(element, 'name', 'Monthly');
    type(element, 'type', 'subscription');
    await settled(element);
    expect(deep<HTMLInputElement>(element, '#terms-validityDays').value).to.equal('365');
    type(element, 'terms.validityDays', '31');
    tick(element, 'feature.plates');
    await settled(element);
    await expect(element).to.be.accessible();
    press(element, 'Create policy');
    await waitUntil(() => said.includes('Monthly is created.'));
    expect(location.pathname).to.equal('/products/edit/press-studio');
    expect(sent(server)).to.deep.include({ name: 'Monthly', type: 'subscription', trial: false });
    expect(sent(server)).to.have.nested.property('terms.validityDays', 31);
    expect(sent(server)).to.have.deep.nested.property('terms.features', [
      { code: 'plates', expiresAt: null, limits: defaultLimits() },
    ]);
  });

  it('shows a refused field at the field, wherever it stands, without asking the server', async () => {
    const { element, server } = await create();
    press(element, 'Create policy');
    await shows(element, 'Fill this in.');
    expect(deep(element, 'lk-policy-form').shadowRoot?.activeElement).to.equal(deep(element, '#name'));
    type(element, 'name', 'Endless');
    type(element, 'type', 'time-limited');
    await settled(element);
    tick(element, 'terms.validityDays.unlimited');
    await settled(element);
    press(element, 'Create policy');
    await waitUntil(
      () => deep(element, '#terms-validityDays').getAttribute('aria-invalid') === 'true',
      'no end is refused at the days',
    );
    expect(sent(server)).to.equal(undefined);
  });

  it('says when the name is taken', async () => {
    const { element } = await create(serverWith(yearly));
    type(element, 'name', yearly.name);
    await settled(element);
    press(element, 'Create policy');
    await shows(element, 'already one with this name');
  });

  it('edits, and says that licenses stay as they are', async () => {
    const { element, server, said } = await edit();
    expect(deepText(element)).to.contain('Licenses that were issued from it stay as they are.');
    expect(deepAll(element, 'lk-save-bar')).to.have.length(0);
    type(element, 'terms.graceHours', '0');
    await settled(element);
    await expect(element).to.be.accessible();
    press(element, 'Save changes');
    await waitUntil(() => said.includes('Saved. Licenses that were issued before stay as they are.'));
    expect(server.policies[0]?.terms.graceHours).to.equal(0);
    expect(server.policies[0]?.version).to.equal(2);
  });

  it('shows theirs when somebody else changed it', async () => {
    const { element, server } = await edit();
    server.policies[0] = { ...yearly, name: 'Theirs', version: 7 };
    type(element, 'name', 'Mine');
    await settled(element);
    press(element, 'Save changes');
    await shows(element, 'Somebody else has changed this');
    press(element, 'Show theirs');
    await waitUntil(() => deep<HTMLInputElement>(element, '#name').value === 'Theirs');
  });

  it('is deleted once the question is answered', async () => {
    const { element, server } = await edit();
    press(element, 'Delete policy…');
    await answer(element, 'Cancel');
    expect(server.policies).to.have.length(1);
    press(element, 'Delete policy…');
    await answer(element, 'Delete policy');
    await waitUntil(() => server.policies.length === 0);
    await waitUntil(() => location.pathname === '/products/edit/press-studio');
  });

  it('says that there is no such policy', async () => {
    const { element } = await edit(serverWith());
    await shows(element, 'is not there');
    await expect(element).to.be.accessible();
  });
});

describe('<lk-policy-form>', () => {
  it('is accessible with a fault', async () => {
    const problem = { field: 'name', rule: 'required' };
    const { element } = await mount(
      html`<lk-policy-form .features=${pressStudio.features} .problem=${problem}></lk-policy-form>`,
    );
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Fill this in.').and.contain('Color');
  });
});

describe('<lk-policy-choice>', () => {
  const issue = (server: FakeServer, policy = '') =>
    mount<LkIssuePage>(html`<lk-issue-page policy=${policy}></lk-issue-page>`, server);
  const sent = (server: FakeServer) =>
    server.lastCall('POST', '/licenses')?.body as { terms: LicenseTerms; policyId: string | null };

  it('is not there while there is no policy', async () => {
    const { element, server } = await issue(serverWith());
    expect(deepAll(element, '#policyId')).to.have.length(0);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    expect(sent(server).policyId).to.equal(null);
  });

  it('fills in what the policy says and keeps what belongs to the customer', async () => {
    const { element, server } = await issue(serverWith(yearly));
    await expect(element).to.be.accessible();
    type(element, 'terms.customer', 'Acme Bottling');
    type(element, 'policyId', yearly.id);
    await settled(element);
    expect(deep<HTMLInputElement>(element, 'input[value=subscription]').checked).to.equal(true);
    type(element, 'terms.graceHours', '24');
    await settled(element);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    expect(sent(server)).to.deep.include({ policyId: yearly.id, type: 'subscription', trial: true });
    expect(sent(server).terms).to.deep.include({
      ...yearly.terms,
      graceHours: 24,
      customer: 'Acme Bottling',
      expiresAt: null,
    });
  });

  it('begins with the policy of the address, and with it again for another license', async () => {
    const { element, router, server } = await issue(serverWith(yearly), yearly.id);
    expect(deep<HTMLSelectElement>(element, '#policyId').value).to.equal(yearly.id);
    expect(await router.mayLeave('/products'), 'nothing was typed').to.equal(true);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    press(element, 'Issue another');
    await settled(element);
    expect(deep<HTMLInputElement>(element, '#terms-validityDays').value).to.equal('365');
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    expect(sent(server).policyId).to.equal(yearly.id);
  });

  it('goes back to no policy, by choice or with a product of which it is none', async () => {
    const { element, server } = await issue(serverWith(yearly), yearly.id);
    type(element, 'policyId', '');
    await settled(element);
    expect(deepAll(element, 'input[name="feature.color"]:checked')).to.have.length(0);
    type(element, 'policyId', yearly.id);
    await settled(element);
    type(element, 'product', inkLab.code);
    await settled(element);
    expect(deep<HTMLSelectElement>(element, '#policyId').value).to.equal('');
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    expect(sent(server).policyId).to.equal(null);
    expect(deepText(element)).to.not.contain('Fill this in.');
  });

  it('names the product of each policy where there are several', async () => {
    const { element, server } = await issue(serverWith(yearly));
    expect(deepText(deep(element, '#policyId'))).to.equal('No policy Press Studio: Yearly');
    server.products = [pressStudio];
    const { element: alone } = await issue(server);
    expect(deepText(deep(alone, '#policyId'))).to.equal('No policy Yearly');
  });
});

describe('the policy of licenses', () => {
  it('filters the list', async () => {
    history.replaceState(null, '', '/licenses');
    const { element } = await mount(html`<lk-licenses-page></lk-licenses-page>`, serverWith(yearly));
    await expect(element).to.be.accessible();
    const choice = deep<HTMLSelectElement>(element, 'select[aria-label=Policy]');
    choice.value = yearly.id;
    choice.dispatchEvent(new Event('change'));
    expect(location.search).to.equal(`?policy=${yearly.id}`);
  });

  it('stands in the address also when it is deleted', async () => {
    const params = new URLSearchParams({ policy: idOf(801) });
    const { element, server } = await mount(
      html`<lk-licenses-page .params=${params}></lk-licenses-page>`,
      serverWith(),
    );
    expect(deepText(deep(element, 'select[aria-label=Policy]'))).to.contain('Another policy');
    expect(server.lastCall('GET', '/licenses')?.query.get('policy')).to.equal(idOf(801));
  });

  it('stands on the page of the license', async () => {
    const facts = async (policy: { id: string; name: string | null }) => {
      const { element } = await mount(
        html`<lk-license-facts .license=${sampleLicense(1, { policy })}></lk-license-facts>`,
      );
      await expect(element).to.be.accessible();
      return element;
    };
    const named = await facts({ id: yearly.id, name: 'Yearly' });
    expect(hrefs(named)).to.include(`/products/policies/${yearly.id}`);
    expect(deepText(await facts({ id: yearly.id, name: null }))).to.contain('One that is deleted');
  });
});
