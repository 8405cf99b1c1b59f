import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/license/lk-license-page.ts';
import type { LkLicensePage } from '../../../src/console/license/lk-license-page.ts';
import type { LicenseTab } from '../../../src/console/services/routes.ts';
import { refreshFileOf } from './fake/refresh.ts';
import { FakeServer, unknownId } from './fake-server.ts';
import { answer, deep, deepAll, deepText, mount, press, settled, shows, tick, type } from './mount.ts';
import { consumptionLicense, idOf, now, press7, refusedExchange, sampleLicense } from './samples.ts';

const home = location.href;
afterEach(() => history.replaceState(null, '', home));

const open = (tab: LicenseTab, server = new FakeServer(), id = idOf(2)) =>
  mount<LkLicensePage>(html`<lk-license-page .licenseId=${id} .tab=${tab}></lk-license-page>`, server);

function fresh(): FakeServer {
  const server = new FakeServer();
  server.licenses = [sampleLicense(1), structuredClone(consumptionLicense)];
  server.devices = [structuredClone(press7)];
  return server;
}

describe('<lk-license-page>', () => {
  it('is accessible on every tab', async () => {
    const server = fresh();
    server.exchanges = [refusedExchange];
    server.audit = [
      {
        at: now,
        actor: 'owner@latchkey.localhost',
        action: 'license.edit',
        user: null,
        changed: ['expiresAt'],
        deviceNumber: null,
      },
    ];
    for (const tab of ['details', 'features', 'devices', 'usage', 'history'] as const) {
      const { element } = await open(tab, server);
      await expect(element).to.be.accessible();
    }
  });

  it('shows the key, what is used and what is not to be changed', async () => {
    const { element } = await open('details');
    expect(deepText(element))
      .to.contain('7K3QX-M2ND5-R8TWA-V4HJ6-C9PEF')
      .and.contain('Consumption')
      .and.contain('800 of 1,000 used')
      .and.contain('510 of 500 used');
    expect(deepAll(element, 'input[type=radio], [name=type], [name=product]')).to.have.length(0);
  });

  it('says when there is no such license', async () => {
    const { element } = await open('details', new FakeServer(), unknownId);
    await shows(element, 'This is not there, or no longer.');
    await expect(element).to.be.accessible();
  });

  it('saves what was edited on both tabs at once', async () => {
    const server = fresh();
    const { element, said } = await open('details', server);
    type(element, 'terms.note', 'Called twice');
    await settled(element);
    element.tab = 'features';
    await settled(element);
    tick(element, 'feature.export');
    await settled(element);
    await expect(element).to.be.accessible();
    press(element, 'Save changes');
    await waitUntil(() => said.length > 0);
    const license = server.licenses[1];
    expect(license?.terms.note).to.equal('Called twice');
    expect(license?.terms.features.map(({ code }) => code)).to.include('export');
    await settled(element);
    expect(deepAll(element, 'lk-save-bar')).to.have.length(0);
  });

  it('goes to the tab of the field that was refused', async () => {
    const { element, router } = await open('features', fresh());
    const went: string[] = [];
    router.listen(() => {
      went.push(router.place.path);
      element.tab = 'details';
    });
    element.tab = 'details';
    await settled(element);
    type(element, 'terms.maxActivations', '0');
    await settled(element);
    element.tab = 'features';
    await settled(element);
    press(element, 'Save changes');
    await waitUntil(() => went.length > 0);
    await shows(element, 'This number is too small.');
    expect(went).to.deep.equal([`/licenses/${idOf(2)}`]);
  });

  it('shows a conflict, and theirs', async () => {
    const server = fresh();
    const { element } = await open('details', server);
    change(server, 'Theirs');
    type(element, 'terms.note', 'Mine');
    await settled(element);
    press(element, 'Save changes');
    await shows(element, 'Somebody else has changed this');
    await expect(element).to.be.accessible();
    press(element, 'Show theirs');
    await waitUntil(() => deep<HTMLInputElement>(element, '#terms-customer').value === 'Theirs');
    expect(deep<HTMLTextAreaElement>(element, '#terms-note').value).to.equal('');
  });

  it('puts my changes over theirs when asked', async () => {
    const server = fresh();
    const { element, said } = await open('details', server);
    change(server, 'Theirs');
    type(element, 'terms.note', 'Mine');
    await settled(element);
    press(element, 'Save changes');
    await shows(element, 'Somebody else has changed this');
    press(element, 'Put my changes');
    await waitUntil(() => deep<HTMLInputElement>(element, '#terms-customer').value === 'Theirs');
    await settled(element);
    press(element, 'Save changes');
    await waitUntil(() => said.some(text => text.startsWith('Saved.')));
    expect(server.licenses[1]?.terms).to.include({ customer: 'Theirs', note: 'Mine' });
  });

  it('asks before it disables, saying what devices that are offline do', async () => {
    const server = fresh();
    const { element } = await open('details', server);
    press(element, 'Disable…');
    await waitUntil(() => deepText(element).includes('A device that is offline goes on working'));
    await answer(element, 'Cancel');
    expect(server.lastCall('POST', 'disable')).to.equal(undefined);
    press(element, 'Disable…');
    await answer(element, 'Disable license');
    await shows(element, 'Enable…');
    expect(server.licenses[1]?.state).to.equal('disabled');
    press(element, 'Enable…');
    await answer(element, 'Enable license');
    await shows(element, 'Disable…');
  });

  it('deletes after asking, and is then here to be read alone', async () => {
    const server = fresh();
    const { element } = await open('details', server);
    press(element, 'Delete…');
    await waitUntil(() => deepText(element).includes('This cannot be undone.'));
    await answer(element, 'Cancel');
    expect(server.lastCall('POST', 'delete')).to.equal(undefined);
    press(element, 'Delete…');
    await answer(element, 'Delete for good');
    await shows(element, 'This license was deleted.');
    expect(server.lastCall('POST', 'delete')?.body).to.have.property('version');
    const buttons = deepAll(element, 'lk-license-head button').map(deepText);
    expect(buttons.filter(text => /^(Enable|Disable|Delete…)/.test(text))).to.deep.equal([]);
    expect(deep(element, '.narrow').inert).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('keeps what was typed when the license is disabled meanwhile', async () => {
    const { element } = await open('details', fresh());
    type(element, 'terms.note', 'Mine');
    await settled(element);
    press(element, 'Disable…');
    await answer(element, 'Disable license');
    await shows(element, 'Enable…');
    expect(deep<HTMLTextAreaElement>(element, '#terms-note').value).to.equal('Mine');
  });
});

/** Somebody else changes the second license. */
function change(server: FakeServer, customer: string): void {
  const license = server.licenses[1];
  if (license) server.licenses[1] = { ...license, version: 9, terms: { ...license.terms, customer } };
}

describe('<lk-license-usage>', () => {
  it('sets a counter back after asking', async () => {
    const server = fresh();
    const { element } = await open('details', server);
    press(element, 'Reset… Plates');
    await answer(element, 'Reset usage');
    await shows(element, '0 of 500 used');
    expect(server.lastCall('POST', 'reset-usage')?.body).to.deep.equal({ counter: 'plates' });
    await expect(element).to.be.accessible();
  });
});

describe('<lk-period-table>', () => {
  it('shows what was used in each period, in a table', async () => {
    const { element } = await open('details', fresh());
    expect(deepText(element)).to.contain('Begins anew on');
    deep(deep(element, 'lk-period-table'), 'summary').click();
    await settled(element);
    const cells = deepAll(deep(element, 'lk-period-table'), 'tbody td').map(cell => deepText(cell));
    expect(cells).to.deep.equal(['Nov 1, 2026', 'License Every month', '820', '20']);
    await expect(element).to.be.accessible();
  });
});

describe('<lk-license-devices>', () => {
  it('shows each device with its number and what it used', async () => {
    const { element } = await open('devices', fresh());
    expect(deepText(element))
      .to.contain('Press 7')
      .and.contain('4829 1307 7506')
      .and.contain('1 of 10 seats in use.')
      .and.contain('498 (12 given back)');
  });

  it('says what to do when there is none', async () => {
    const server = fresh();
    server.devices = [];
    const { element } = await open('devices', server);
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('No device yet');
  });

  it('downloads a refresh file under its name', async () => {
    const { element, said } = await open('devices', fresh());
    const saved: string[] = [];
    const catchDownload = (event: Event) => {
      const [link] = event.composedPath();
      if (link instanceof HTMLAnchorElement && link.download) {
        event.preventDefault();
        saved.push(link.download);
      }
    };
    const original = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function click() {
      catchDownload({ composedPath: () => [this], preventDefault: () => {} } as unknown as Event);
    };
    try {
      press(element, 'Download license refresh file');
      await waitUntil(() => said.length > 0);
    } finally {
      HTMLAnchorElement.prototype.click = original;
    }
    expect(saved).to.deep.equal(['license_refresh.lic']);
    expect(said[0]).to.contain('Load it on Press 7.');
  });

  it('saves no refresh file that the device would not take, and says so', async () => {
    const server = fresh();
    server.refreshFileOf = device => refreshFileOf({ ...device, activationId: idOf(91) });
    const { element, said } = await open('devices', server);
    press(element, 'Download license refresh file');
    await shows(element, 'The refresh file that came is none that the device would take.');
    await expect(element).to.be.accessible();
    expect(said).to.deep.equal([]);
  });

  it('<lk-clear-pin> asks before it makes a file, and is accessible', async () => {
    const server = fresh();
    const { element, said } = await open('devices', server);
    press(element, 'Clear the PIN…');
    await expect(element).to.be.accessible();
    await answer(element, 'Cancel');
    expect(server.lastCall('POST', '/clear-pin')).to.equal(undefined);
    server.refreshFileOf = device => refreshFileOf({ ...device, activationId: idOf(91) });
    press(element, 'Clear the PIN…');
    await answer(element, 'Download the file');
    await shows(element, 'The refresh file that came is none that the device would take.');
    expect(server.lastCall('POST', '/clear-pin')).not.to.equal(undefined);
    expect(said).to.deep.equal([]);
  });

  it('releases a seat after asking', async () => {
    const server = fresh();
    const { element } = await open('devices', server);
    press(element, 'Release seat…');
    await answer(element, 'Release seat');
    await shows(element, 'Seat released');
    await shows(element, '0 of 10 seats in use.');
    expect(deepText(element)).not.to.contain('Download license refresh file');
    await expect(element).to.be.accessible();
  });

  it('blocks and unblocks a device after asking', async () => {
    const server = fresh();
    const { element } = await open('devices', server);
    press(element, 'Block…');
    await answer(element, 'Block device');
    await shows(element, 'Unblock…');
    await expect(element).to.be.accessible();
    press(element, 'Unblock…');
    await answer(element, 'Unblock device');
    await shows(element, 'Block…');
    expect(server.devices[0]?.blocked).to.equal(false);
  });

  it('marks a copy as dealt with after asking', async () => {
    const server = fresh();
    server.devices = [{ ...press7, copiedAt: now, blocked: true }];
    const { element } = await open('devices', server);
    expect(deepText(element)).to.contain('Copy noticed');
    press(element, 'Copy dealt with…');
    await shows(element, 'The device stays blocked until you unblock it.');
    await expect(element).to.be.accessible();
    await answer(element, 'Mark as dealt with');
    await waitUntil(() => !deepText(element).includes('Copy noticed'));
    expect(deepText(element)).to.contain('Unblock…').and.not.contain('Copy dealt with…');
    expect(server.devices[0]?.copiedAt).to.equal(null);
  });

  it('tells of a copy and of a refusal', async () => {
    const server = fresh();
    server.devices = [{ ...press7, copiedAt: now, name: '' }];
    const { element } = await open('devices', server);
    expect(deepText(element))
      .to.contain('A copy of this device was noticed')
      .and.contain('Device without a name');
    server.refuseNext = { ending: 'refresh', status: 503, problem: { code: 'SERVER_BUSY' } };
    press(element, 'Download license refresh file');
    await shows(element, 'too much to do');
    await expect(element).to.be.accessible();
  });
});

describe('<lk-device> of a device that was refused', () => {
  it('says so, and offers neither a refresh file nor a seat to release', async () => {
    const server = fresh();
    server.devices = [{ ...press7, activationId: null, state: 'refused', revision: 0, totals: [] }];
    const { element } = await open('devices', server);
    await expect(element).to.be.accessible();
    expect(deepText(element))
      .to.contain('Refused so far')
      .and.contain('4829 1307 7506')
      .and.contain('Block…')
      .and.not.contain('Download license refresh file')
      .and.not.contain('Release seat…');
  });
});

describe('<lk-license-history>', () => {
  it('shows each file with its decision, and what people did', async () => {
    const server = fresh();
    server.exchanges = [refusedExchange, ...press7.files];
    server.audit = [
      {
        at: now,
        actor: 'owner@latchkey.localhost',
        action: 'license.edit',
        user: null,
        changed: ['expiresAt', 'odd'],
        deviceNumber: null,
      },
      {
        at: now,
        actor: 'system',
        action: 'device.copied',
        user: null,
        changed: ['two-heads'],
        deviceNumber: '4829 1307 7506',
      },
    ];
    const { element } = await open('history', server);
    expect(deepText(element))
      .to.contain('All seats are in use.')
      .and.contain('Activation request')
      .and.contain('Edited the license')
      .and.contain('end, odd')
      .and.contain('Noticed a copy of a device')
      .and.contain('4829 1307 7506: two different counts at one place')
      .and.contain('The portal');
  });

  it('fits on a phone, and says there what it says elsewhere', async () => {
    const server = fresh();
    server.exchanges = [{ ...refusedExchange, deviceName: 'Bottling hall, press 8' }];
    const actor = 'a.person.with.a.long.name@latchkey.localhost';
    server.audit = [
      { at: now, actor, action: 'license.edit', user: null, changed: ['expiresAt'], deviceNumber: null },
    ];
    const { element } = await open('history', server);
    element.style.inlineSize = '358px';
    await settled(element);
    for (const frame of deepAll(element, '.table-frame'))
      expect(frame.scrollWidth).to.equal(frame.clientWidth);
    const seen = deepAll(element, 'td, small').filter(({ clientWidth }) => clientWidth > 0);
    const words = seen.map(each => each.textContent).join(' ');
    expect(words)
      .to.contain('Bottling hall, press 8')
      .and.contain(actor)
      .and.match(/2026.+2026/s);
    await expect(element).to.be.accessible();
  });

  it('says when there is nothing yet', async () => {
    const server = fresh();
    server.exchanges = [];
    const { element } = await open('history', server);
    expect(deepText(element)).to.contain('No file yet.').and.contain('Nobody has changed anything yet.');
    await expect(element).to.be.accessible();
  });
});
