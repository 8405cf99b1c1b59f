import { expect } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/handover/lk-handover-page.ts';
import type { LkHandoverPage } from '../../../src/console/handover/lk-handover-page.ts';
import { FakeServer } from './fake-server.ts';
import { deep, deepAll, deepText, mount, press, shows } from './mount.ts';
import { idOf, sampleLicense, userLicense } from './samples.ts';

const open = (of: 'license' | 'order', id: string, server = new FakeServer()) =>
  mount<LkHandoverPage>(html`<lk-handover-page .of=${of} .subjectId=${id}></lk-handover-page>`, server);

describe('<lk-handover-page> with <lk-handover-sheet>', () => {
  it('has the key in groups and as a code, the portal, the steps, and is accessible', async () => {
    const { element } = await open('license', idOf(1));
    await shows(element, 'Acme Software');
    expect(deepText(element))
      .to.contain('Your license of Press Studio')
      .and.contain('Acme Bottling, line 7')
      .and.contain('7K3QX-M2ND5-R8TWA-V4HJ6-C9PEF')
      .and.contain('https://portal.acme.example')
      .and.contain('Open Press Studio and enter the license key.')
      .and.contain('the twelve digits that stand at the foot of the app');
    const code = deep(element, 'lk-qr-code');
    expect(Reflect.get(code, 'codes').text(0)).to.equal('7K3QX-M2ND5-R8TWA-V4HJ6-C9PEF');
    await expect(element).to.be.accessible();
  });

  it('says what is on the paper before it is printed, and prints', async () => {
    const { element } = await open('license', idOf(1));
    await shows(element, 'The license key stands on the sheet: whoever has it can activate machines.');
    const { print } = window;
    let printed = 0;
    window.print = () => {
      printed += 1;
    };
    press(element, 'Print');
    window.print = print;
    expect(printed).to.equal(1);
  });

  it('names users in the place of a key, and tells no password', async () => {
    const server = new FakeServer();
    server.licenses = [userLicense];
    const { element } = await open('license', userLicense.id, server);
    await shows(element, 'Mona Müller');
    expect(deepText(element))
      .to.contain('The password was told separately')
      .and.contain('User names stand on the sheet, and no password.')
      .and.contain('enter user name and password');
    expect(deepAll(element, 'lk-qr-code')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('has a sheet for each license of an order', async () => {
    const server = new FakeServer();
    server.licenses = [sampleLicense(1), sampleLicense(2), sampleLicense(4)];
    const { element } = await open('order', idOf(800), server);
    await shows(element, 'License keys stand on 3 of these sheets');
    expect(deepAll(element, 'lk-handover-sheet')).to.have.length(3);
    expect(server.lastCall('GET', '/licenses')?.query.get('inOrder')).to.equal(idOf(800));
    await expect(element).to.be.accessible();
  });

  it('says when there is no license to hand over', async () => {
    const server = new FakeServer();
    server.licenses = [];
    const { element } = await open('order', idOf(800), server);
    await shows(element, 'There is nothing to hand over.');
    await expect(element).to.be.accessible();
  });
});
