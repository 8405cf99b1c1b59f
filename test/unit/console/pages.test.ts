import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/overview/lk-overview-page.ts';
import '../../../src/console/products/lk-product-page.ts';
import '../../../src/console/products/lk-products-page.ts';
import type { LkProductPage } from '../../../src/console/products/lk-product-page.ts';
import { FakeServer } from './fake-server.ts';
import { deep, deepAll, deepText, mount, press, settled, shows, type } from './mount.ts';
import { press7, pressStudio } from './samples.ts';

describe('<lk-overview-page>', () => {
  it('is accessible and says what needs a person', async () => {
    const server = new FakeServer();
    server.devices = [{ ...press7, copiedAt: 1 }];
    const { element } = await mount(html`<lk-overview-page></lk-overview-page>`, server);
    await expect(element).to.be.accessible();
    expect(deepText(element))
      .to.contain('A copy of one device is in use.')
      .and.contain('One license used more than its maximum.')
      .and.contain('The reports of 3 devices are overdue.')
      .and.contain('2 devices wait for a refresh file.')
      .and.contain('One license expires within 30 days.')
      .and.contain('2 of 40 files');
  });

  it('starts with a product where there is none', async () => {
    const server = new FakeServer();
    server.products = [];
    const { element } = await mount(html`<lk-overview-page></lk-overview-page>`, server);
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Start with a product');
  });

  it('shows why it could not load, and tries again', async () => {
    const server = new FakeServer();
    server.refuseNext = { ending: 'overview', status: 503, problem: { code: 'SERVER_BUSY' } };
    const { element } = await mount(html`<lk-overview-page></lk-overview-page>`, server);
    await shows(element, 'too much to do');
    await expect(element).to.be.accessible();
    press(element, 'Try again');
    await shows(element, 'In numbers');
  });
});

describe('<lk-products-page>', () => {
  it('is accessible and leads to each product and its licenses', async () => {
    const { element } = await mount(html`<lk-products-page></lk-products-page>`);
    await expect(element).to.be.accessible();
    const links = deepAll(element, 'td a').map(link => link.getAttribute('href'));
    expect(links).to.include.members(['/products/edit/press-studio', '/licenses?product=press-studio']);
  });

  it('says what to do when there is none', async () => {
    const server = new FakeServer();
    server.products = [];
    const { element } = await mount(html`<lk-products-page></lk-products-page>`, server);
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('No product yet');
  });
});

describe('<lk-product-page>', () => {
  const home = location.href;
  afterEach(() => history.replaceState(null, '', home));

  const create = () => mount<LkProductPage>(html`<lk-product-page></lk-product-page>`);
  const edit = () => mount<LkProductPage>(html`<lk-product-page code="press-studio"></lk-product-page>`);
  const profileLinks = (element: Element) =>
    deepAll(element, 'a[download]').map(link => link.getAttribute('href'));

  it('offers the profile for the web app of a product that exists', async () => {
    expect(profileLinks((await edit()).element)).to.deep.equal([
      '/api/console/v1/profile?product=press-studio',
    ]);
    expect(profileLinks((await create()).element)).to.deep.equal([]);
  });

  it('creates a product with features of both types', async () => {
    const { element, server, said } = await create();
    await expect(element).to.be.accessible();
    type(element, 'name', 'Plate Maker');
    type(element, 'code', 'plate-maker');
    for (const [index, name, code, kind] of [
      [0, 'Proofs', 'proofs', 'activation'],
      [1, 'Plates', 'plates', 'consumption'],
    ] as const) {
      press(element, 'Add feature');
      await settled(element);
      type(element, `features.${index}.name`, name);
      type(element, `features.${index}.code`, code);
      type(element, `features.${index}.type`, kind);
    }
    type(element, 'forkPolicy', 'note-only');
    await settled(element);
    await expect(element).to.be.accessible();
    press(element, 'Create product');
    await waitUntil(() => said.includes('Plate Maker is created.'));
    expect(server.lastCall('POST', '/products')?.body).to.deep.equal({
      code: 'plate-maker',
      name: 'Plate Maker',
      features: [
        { code: 'proofs', name: 'Proofs', type: 'activation' },
        { code: 'plates', name: 'Plates', type: 'consumption' },
      ],
      forkPolicy: 'note-only',
    });
  });

  it('puts the focus in a feature that was just added', async () => {
    const { element } = await create();
    press(element, 'Add feature');
    await settled(element);
    expect(deep(element, 'lk-product-form').shadowRoot?.activeElement?.getAttribute('name')).to.equal(
      'features.0.name',
    );
  });

  it('shows a refused field at the field, without asking the server', async () => {
    const { element, server } = await create();
    type(element, 'name', 'Plate Maker');
    type(element, 'code', 'Not a code');
    await settled(element);
    press(element, 'Create product');
    await shows(element, 'not written in the way');
    const field = deep(element, '#code');
    expect(field.getAttribute('aria-invalid')).to.equal('true');
    expect(field.getAttribute('aria-describedby')).to.equal('code-error code-hint');
    expect(deep(element, 'lk-product-form').shadowRoot?.activeElement).to.equal(field);
    expect(server.lastCall('POST', '/products')).to.equal(undefined);
    await expect(element).to.be.accessible();
  });

  it('says when the code is taken', async () => {
    const { element } = await create();
    type(element, 'name', 'Again');
    type(element, 'code', pressStudio.code);
    await settled(element);
    press(element, 'Create product');
    await shows(element, 'already one with this name');
  });

  it('edits names, and leaves codes and types as they are', async () => {
    const { element, server, said } = await edit();
    expect(deep<HTMLInputElement>(element, '#features-0-code').disabled).to.equal(true);
    expect(deepAll(element, 'lk-save-bar')).to.have.length(0);
    type(element, 'features.0.name', 'Colour');
    await settled(element);
    await expect(element).to.be.accessible();
    press(element, 'Save changes');
    await waitUntil(() => said.includes('Saved.'));
    await settled(element);
    expect(server.products[0]?.features[0]?.name).to.equal('Colour');
    expect(deepAll(element, 'lk-save-bar')).to.have.length(0);
  });

  it('discards what was typed', async () => {
    const { element } = await edit();
    type(element, 'name', 'Other');
    await settled(element);
    press(element, 'Discard');
    await settled(element);
    expect(deep<HTMLInputElement>(element, '#name').value).to.equal('Press Studio');
  });

  it('shows theirs when somebody else changed it', async () => {
    const { element, server } = await edit();
    const [product] = server.products;
    if (product) server.products[0] = { ...product, name: 'Theirs', version: 5 };
    type(element, 'name', 'Mine');
    await settled(element);
    press(element, 'Save changes');
    await shows(element, 'Somebody else has changed this');
    await expect(element).to.be.accessible();
    press(element, 'Show theirs');
    await waitUntil(() => deep<HTMLInputElement>(element, '#name').value === 'Theirs');
  });
});
