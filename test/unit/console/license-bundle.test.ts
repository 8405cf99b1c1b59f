import { expect } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/issue/lk-issue-page.ts';
import '../../../src/console/license/lk-license-bundle.ts';
import '../../../src/console/license/lk-license-head.ts';
import type { LkIssuePage } from '../../../src/console/issue/lk-issue-page.ts';
import type { LkLicenseBundle } from '../../../src/console/license/lk-license-bundle.ts';
import type { LkLicenseHead } from '../../../src/console/license/lk-license-head.ts';
import { putUnderKey } from './fake/license-bundle.ts';
import { FakeServer } from './fake-server.ts';
import { deep, deepAll, deepText, mount, press, settled, shows } from './mount.ts';
import { idOf, inkLab, pressStudio, sampleLicense } from './samples.ts';

const key = '7K3QX-M2ND5-R8TWA-V4HJ6-C9PEF';

/** Press Studio, and Ink Lab under its key. */
function bundle() {
  const first = sampleLicense(1);
  const member = sampleLicense(2, { product: inkLab.code, productName: inkLab.name, state: 'expired' });
  putUnderKey([first, member], member, first.id);
  return { first, member };
}

describe('<lk-license-bundle>', () => {
  const show = (license: ReturnType<typeof sampleLicense>) =>
    mount<LkLicenseBundle>(html`<lk-license-bundle .license=${license}></lk-license-bundle>`);

  const links = (element: Element) => deepAll(element, 'a').map(a => a.getAttribute('href'));

  it('says what a key alone can do, and leads to the next product', async () => {
    const { element } = await show(sampleLicense(1));
    expect(deepText(element)).to.contain('One key can license several products');
    expect(links(element)).to.deep.equal([`/licenses/new?with=${idOf(1)}`]);
    await expect(element).to.be.accessible();
  });

  it('lists the products under the key with their states', async () => {
    const { element } = await show(bundle().first);
    expect(deepText(element))
      .to.contain('The key is of this license')
      .and.contain('Ink Lab')
      .and.contain('Expired');
    expect(links(element)).to.deep.equal([`/licenses/${idOf(2)}`, `/licenses/new?with=${idOf(1)}`]);
    await expect(element).to.be.accessible();
  });

  it('says under whose key a license is', async () => {
    const { element } = await show(bundle().member);
    expect(deepText(element)).to.contain('under the key of Press Studio').and.contain('Has the key');
    expect(links(element)).to.deep.equal([`/licenses/${idOf(1)}`, `/licenses/new?with=${idOf(1)}`]);
    await expect(element).to.be.accessible();
  });

  it('is not there for a license for users', async () => {
    const { element } = await show(sampleLicense(1, { key: '', users: [] }));
    expect(deepText(element).trim()).to.equal('');
  });
});

describe('<lk-license-head> of a license bundle', () => {
  it('says before it is disabled that the key goes on for the others', async () => {
    const ask = async (license: ReturnType<typeof sampleLicense>) => {
      const { element } = await mount<LkLicenseHead>(
        html`<lk-license-head .license=${license}></lk-license-head>`,
      );
      return deepText(deep(element, 'lk-confirm'));
    };
    expect(await ask(bundle().first)).to.contain('The other products under its key go on as they are.');
    expect(await ask(sampleLicense(3))).to.not.contain('other products');
  });
});

describe('<lk-issue-page> for a key that there is', () => {
  const issue = (server: FakeServer) =>
    mount<LkIssuePage>(html`<lk-issue-page bundled-with=${idOf(1)}></lk-issue-page>`, server);

  function fresh(): FakeServer {
    const server = new FakeServer();
    server.products = [pressStudio, inkLab];
    server.licenses = [sampleLicense(1)];
    return server;
  }

  it('offers the products that are not under it, and issues neither a key nor to users', async () => {
    const server = fresh();
    const { element } = await issue(server);
    expect(deepText(element)).to.contain(`under the key of Press Studio, ${key}`);
    const options = deepAll(element, '[name=product] option').map(option => option.getAttribute('value'));
    expect(options).to.deep.equal(['ink-lab']);
    expect(deepAll(element, '[name=owner]')).to.have.length(0);
    await expect(element).to.be.accessible();
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'Issue another');
    const sent = server.lastCall('POST', '/licenses')?.body;
    expect(sent).to.deep.include({ product: 'ink-lab', bundledWith: idOf(1), users: null });
  });

  it('says when no product is left', async () => {
    const { element } = await issue(fresh());
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'Issue another');
    press(element, 'Issue another');
    await settled(element);
    await shows(element, 'Every product is under this key already');
    await expect(element).to.be.accessible();
  });
});
