import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/preview/lk-device-preview.ts';
import type { LicenseTerms } from '../../../src/api/license-terms.ts';
import type { LkDevicePreview } from '../../../src/console/preview/lk-device-preview.ts';
import { FakeServer } from './fake-server.ts';
import { deep, deepAll, deepText, mount, settled, shows, type } from './mount.ts';
import { consumptionLicense, day, idOf, now, press7, sampleLicense } from './samples.ts';

const features = [
  { code: 'color', expiresAt: null, limits: null },
  { code: 'plates', expiresAt: null, limits: consumptionLicense.terms.features[1]?.limits ?? null },
];
const license = sampleLicense(1, { type: 'time-limited' }, { expiresAt: now + 300 * day, features });

const preview = (changes: Partial<LicenseTerms>, server = serverOf()) =>
  mount<LkDevicePreview>(
    html`<lk-device-preview .license=${license} .terms=${{ ...license.terms, ...changes }}></lk-device-preview>`,
    server,
  );

function serverOf(): FakeServer {
  const server = new FakeServer();
  server.licenses = [license];
  server.devices = [press7];
  return server;
}

/** The rows of the table by their names: one text where nothing changes, else before and after. */
function rowsOf(element: Element): Record<string, string[]> {
  const rows = deepAll(element, 'tbody tr').map(row => {
    const [name = '', ...texts] = [...row.children].map(deepText);
    return [name, texts] as const;
  });
  return Object.fromEntries(rows);
}

describe('<lk-device-preview>', () => {
  it('shows before and after where they differ, in a <lk-preview-table>, in the words of the device', async () => {
    const { element } = await preview({
      holder: 'Acme Press',
      expiresAt: now - day,
      graceHours: 48,
      maintenanceUntil: now + 100 * day,
      features: features.slice(1),
      fields: [
        { name: 'Site', value: 'North', onDevice: true },
        { name: 'Contract', value: '4711', onDevice: false },
      ],
    });
    await shows(element, 'In grace.');
    await expect(element).to.be.accessible();
    const { Status: status = [], ...rows } = rowsOf(element);
    expect(status[0]).to.contain('Licensed. The license is good until');
    expect(status[1]).to.contain('In grace. The license ended on').and.contain('Everything stops on');
    expect(rows['Licensed to']).to.deep.equal(['Acme Bottling, line 7', 'Acme Press']);
    expect(rows['Color management']).to.deep.equal(['Included.', 'Not shown']);
    expect(rows.Plates).to.deep.equal(['510 of 500 used. 50 more are allowed.']);
    expect(rows.Site).to.deep.equal(['Not shown', 'North']);
    expect(rows.Contract).to.equal(undefined);
    expect(rows.Updates?.[1]).to.contain('Versions released until');
  });

  it('asks the server again when something else is typed, and not for what cannot be saved', async () => {
    const { element, server } = await preview({ holder: 'One' });
    await shows(element, 'One');
    element.terms = { ...license.terms, holder: 'Two' };
    await shows(element, 'Two');
    const asked = server.received.length;
    element.terms = { ...license.terms, graceHours: Number.NaN };
    await shows(element, 'A field is not right yet, so nothing can be shown.');
    await expect(element).to.be.accessible();
    expect(server.received.length).to.equal(asked);
  });

  it('lets a person choose the device, where several hold the license', async () => {
    const server = serverOf();
    server.devices = [
      press7,
      { ...press7, activationId: idOf(91), name: 'Press 8' },
      { ...press7, activationId: idOf(92), name: 'Press 9', state: 'released' },
    ];
    const { element } = await preview({ holder: 'One' }, server);
    await shows(element, 'One');
    const choice = deep<HTMLSelectElement>(element, 'select');
    expect([...choice.options].map(({ text }) => text.split(',')[0])).to.deep.equal(['Press 7', 'Press 8']);
    await expect(element).to.be.accessible();
    type(element, 'device', idOf(91));
    await waitUntil(() => {
      const body = server.lastCall('POST', '/preview')?.body as { activationId: string };
      return body.activationId === idOf(91);
    });
  });

  it('says that no device has the license yet', async () => {
    const server = serverOf();
    server.devices = [];
    const { element } = await preview({ holder: 'One' }, server);
    await settled(element);
    expect(deepText(element)).to.contain('No device has this license.');
    expect(server.lastCall('POST', '/preview')).to.equal(undefined);
  });

  it('tells when somebody else has changed the license meanwhile', async () => {
    const server = serverOf();
    server.refuseNext = { ending: '/preview', status: 409, problem: { code: 'EDIT_CONFLICT' } };
    const { element } = await preview({ holder: 'One' }, server);
    await shows(element, 'Somebody else has changed this');
  });
});
