import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/client/panel.ts';
import { provideLicense } from '../../../src/client/license-context.ts';
import type { LicenseManager } from '../../../src/client/license-manager.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { partOf, textOf } from '../../support/shadow.ts';
import { TestVendor } from '../../support/vendor.ts';
import { closeDevices, KEY, licensedDevice, openDevice, openFile } from './device.ts';

async function show(manager: LicenseManager, id: string): Promise<Element> {
  provideLicense(manager);
  const element = await fixture(html`<lk-request-contents .fileId=${id}></lk-request-contents>`);
  partOf(element, 'summary').click();
  await waitUntil(() => element.shadowRoot?.querySelector('dl'));
  return element;
}

function rowsIn(element: Element): Record<string, string> {
  const rows = [...(element.shadowRoot?.querySelectorAll('dl > div') ?? [])];
  return Object.fromEntries(
    rows.map(row => [row.querySelector('dt')?.textContent ?? '', row.querySelector('dd')?.textContent ?? '']),
  );
}

describe('<lk-request-contents>', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  it('has a row for each claim that the portal reads in the file', async () => {
    const { manager } = await openDevice(vendor);
    await manager.rename('Press 7');
    const request = await manager.request(KEY);
    const element = await show(manager, request.id);
    const { claims } = await openFile(vendor, request);
    const rows = rowsIn(element);
    expect(Object.keys(rows).length).to.equal(
      Object.values(claims).filter(value => value !== undefined).length,
    );
    expect(rows['Name of this device']).to.equal('Press 7');
    expect(rows['Number of this device']).to.contain(manager.deviceNumber ?? 'none');
    expect(rows['Traits of this machine']).to.contain('number of processors, memory.');
    expect(textOf(element)).not.to.contain(KEY);
    await expect(element).to.be.accessible();
  });

  it('names what was counted in a usage report and in a deactivation', async () => {
    const { manager } = await licensedDevice(vendor, { limits: { maximum: 10 } });
    await manager.consume(3);
    const report = await show(manager, (await manager.report()).id);
    expect(rowsIn(report).Consumption).to.equal('3 used, 0 given back');
    const ended = await show(manager, (await manager.deactivate()).id);
    expect(rowsIn(ended).Consumption).to.equal('3 used, 0 given back');
  });

  it('is refused for a file that is not here', async () => {
    const { manager } = await openDevice(vendor);
    expect(await codeOfAsync(() => manager.contents('none'))).to.equal('REQUEST_UNKNOWN');
  });
});
