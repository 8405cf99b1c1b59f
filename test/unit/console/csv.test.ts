import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/csv/lk-export.ts';
import '../../../src/console/csv/lk-import-page.ts';
import { defaultTerms } from '../../../src/api/license-terms.ts';
import { orderOfFile, readImport } from '../../../src/console/csv/import-file.ts';
import type { LkExport } from '../../../src/console/csv/lk-export.ts';
import type { LkImportPage } from '../../../src/console/csv/lk-import-page.ts';
import { FakeServer } from './fake-server.ts';
import { answer, deep, deepAll, deepText, mount, press, settled, shows, tick, type } from './mount.ts';
import { idOf, now } from './samples.ts';

/** Names of files that the page saved, until the test has ended. */
function saved(): { names: string[] } {
  const names: string[] = [];
  const before = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function click() {
    if (this.download) names.push(this.download);
    else before.call(this);
  };
  stops.push(() => {
    HTMLAnchorElement.prototype.click = before;
  });
  return { names };
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function open(server = new FakeServer()) {
  return mount<LkImportPage>(html`<lk-import-page></lk-import-page>`, server);
}

function choose(element: Element, text: string | Uint8Array<ArrayBuffer>, name = 'autumn.csv'): void {
  const input = deep<HTMLInputElement>(element, 'input[type=file]');
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  input.files = files.files;
  input.dispatchEvent(new Event('change'));
}

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => `press-studio,perpetual,Press ${index + 1}`);

const file = (...lines: string[]) => ['product,type,holder', ...lines].join('\r\n');

describe('<lk-import-page> with <lk-import-check>, <lk-import-problems>, <lk-import-help> and <lk-import-result>', () => {
  it('is accessible, documents the columns and gives a template', async () => {
    const { element } = await open();
    deep<HTMLDetailsElement>(element, 'details').open = true;
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('grace hours').and.contain('export; plates=500+50');
    const { names } = saved();
    press(element, 'Save a template');
    expect(names).to.deep.equal(['licenses-template.csv']);
  });

  it('names each bad row, writes nothing, and imports the good ones when told to', async () => {
    const server = new FakeServer();
    const { element, said } = await open(server);
    choose(element, file(...rows(120), 'press-studio,forever,Wrong', 'not-there,perpetual,Gone'));
    await shows(element, 'Nothing has been written yet.');
    await expect(element).to.be.accessible();
    const bad = deepAll(deep(element, 'lk-import-problems'), 'tbody tr').map(deepText);
    expect(bad).to.deep.equal([
      '122 type forever Write perpetual, time-limited, subscription or consumption.',
      '123 product not-there There is no product of this code.',
    ]);
    expect(server.sales.issued.size).to.equal(0);
    press(element, 'Import the 120 good rows');
    await shows(element, '120 licenses issued');
    await expect(element).to.be.accessible();
    expect(server.sales.issued.size).to.equal(120);
    expect(said).to.include('120 licenses are issued.');
    expect([...server.sales.issued.keys()][0]).to.equal('autumn\n2');
    expect(deepText(element)).to.contain('Rows that were left out').and.contain('Order autumn');

    press(element, 'Import another file');
    await shows(element, 'Drop a CSV file here');
    choose(element, file(...rows(121)));
    await shows(element, 'Rows that are already there');
    expect(deepText(element)).to.contain('Import 1 licenses');
    press(element, 'Import nothing');
    await shows(element, 'Drop a CSV file here');
    expect(server.sales.issued.size).to.equal(120);
  });

  it('puts rows that name no order into the one that is typed, and looks again', async () => {
    const server = new FakeServer();
    const { element } = await open(server);
    choose(element, file(...rows(2)));
    await shows(element, 'Import 2 licenses');
    type(element, 'order', 'A-77');
    await shows(element, 'Check again');
    press(element, 'Check again');
    await waitUntil(() => !deepText(element).includes('Check again'));
    await shows(element, 'Import 2 licenses');
    press(element, 'Import 2 licenses');
    await shows(element, '2 licenses issued');
    expect([...server.sales.issued.keys()]).to.deep.equal(['A-77\n2', 'A-77\n3']);
  });

  it('takes what a row leaves empty from the policy that it names', async () => {
    const server = new FakeServer();
    const { startsAt: _, expiresAt: __, customer: ___, holder: ____, note: _____, ...terms } = defaultTerms();
    const trial = { ...terms, validityDays: 30, maxActivations: 4 };
    const times = { version: 1, licenseCount: 0, createdAt: now, updatedAt: now };
    const kind = { product: 'press-studio', name: 'Trial', type: 'time-limited', trial: true } as const;
    server.policies = [{ id: idOf(900), ...kind, terms: trial, ...times }];
    const { element } = await open(server);
    choose(
      element,
      'product,policy,holder\npress-studio,Trial,Line 7\npress-studio,Other,Line 8\nnot-there,Trial,x',
    );
    await shows(element, 'Import the 1 good rows');
    const bad = deepAll(deep(element, 'lk-import-problems'), 'tbody tr').map(deepText);
    expect(bad).to.deep.equal([
      '3 policy Other The product has no policy of this name.',
      '4 policy Trial The product has no policy of this name.',
    ]);
    press(element, 'Import the 1 good rows');
    await shows(element, '1 licenses issued');
    const [license] = server.sales.issued.values();
    expect([license?.type, license?.trial, license?.terms.maxActivations]).to.deep.equal([
      'time-limited',
      true,
      4,
    ]);
    expect(JSON.stringify(server.lastCall('POST', '/licenses')?.body)).to.contain(idOf(900));
  });

  it('says that a row is there twice', async () => {
    const { element } = await open();
    choose(element, 'product,type,reference\npress-studio,perpetual,a\npress-studio,perpetual,a');
    await shows(element, 'Another row of this file has the same order and reference.');
    expect(deepText(element)).to.contain('Import the 1 good rows');
  });

  it('says what was imported when it is stopped, and imports the rest', async () => {
    const server = new FakeServer();
    const { element } = await open(server);
    choose(element, file(...rows(120)));
    await shows(element, 'Import 120 licenses');
    let groups = 0;
    server.sales.onIssue = () => {
      groups += 1;
      if (groups === 2) press(element, 'Stop');
    };
    press(element, 'Import 120 licenses');
    await shows(element, 'Stopped: 100 of 120 licenses are issued.');
    server.sales.onIssue = () => {};
    press(element, 'Import the rest');
    await shows(element, '120 licenses issued');
    expect(server.sales.issued.size).to.equal(120);
  });

  const faults: readonly [name: string, content: string | Uint8Array<ArrayBuffer>, text: string][] = [
    ['that is not UTF-8', Uint8Array.of(0x70, 0xfc, 0x0a), 'save it as “CSV UTF-8”'],
    ['without licenses', 'product,type', 'There is no license in this file'],
    ['with too many', file(...rows(5001)), 'There are more than 5,000 licenses'],
    ['with an open quote', file('press-studio,"perpetual'), 'opened in row 2 is never closed'],
    ['with an unknown column', 'product,custmer\na,b', 'There is no column “custmer”.'],
    ['without the product', 'type,holder\na,b', 'The first row names no column “product”.'],
    ['that is empty', '', 'This file is empty'],
  ];
  for (const [name, content, text] of faults) {
    it(`says what is wrong with a file ${name}`, async () => {
      const { element } = await open();
      choose(element, content);
      await shows(element, text);
    });
  }

  it('reads 5,000 rows in slices', async () => {
    const read = readImport(new TextEncoder().encode(file(...rows(5000))));
    expect('file' in read && read.file.rows.length).to.equal(5000);
    expect(orderOfFile('Kunden im März.csv')).to.equal('Kunden im März');
    expect(orderOfFile('.csv')).to.equal('import');
  });
});

describe('<lk-export>', () => {
  const template = (total: number) =>
    html`<lk-export .filter=${{ customer: 'Acme' }} .total=${total} name="licenses"></lk-export>`;

  it('is accessible, and leaves license keys out unless it is told to', async () => {
    const server = new FakeServer();
    const { names } = saved();
    const { element, said } = await mount<LkExport>(template(3), server);
    press(element, 'Export');
    await shows(element, 'Export 3 licenses?');
    await expect(element).to.be.accessible();
    await answer(element, 'Save as CSV');
    await waitUntil(() => said.includes('The file is saved.'));
    const sent = () => server.lastCall('POST', '/export')?.body;
    expect(sent()).to.deep.equal({ filter: { customer: 'Acme' }, withKeys: false });
    await settled(element);
    press(element, 'Export');
    tick(element, 'withKeys');
    await answer(element, 'Save as CSV');
    await waitUntil(() => names.length === 2);
    expect(sent()).to.deep.equal({ filter: { customer: 'Acme' }, withKeys: true });
    expect(names).to.deep.equal(['licenses.csv', 'licenses-with-keys.csv']);
    await settled(element);
    press(element, 'Export');
    await settled(element);
    expect(deep<HTMLInputElement>(element, 'input[name=withKeys]').checked).to.equal(false);
  });

  it('says why there is no file', async () => {
    const server = new FakeServer();
    server.refuseNext = { ending: '/export', status: 503, problem: { code: 'SERVER_BUSY' } };
    const { element } = await mount<LkExport>(template(1), server);
    press(element, 'Export');
    await answer(element, 'Save as CSV');
    await waitUntil(() => deepAll(element, 'lk-refusal').length === 1);
    const { element: none } = await mount<LkExport>(template(0));
    expect(deep<HTMLButtonElement>(none, 'button').disabled).to.equal(true);
  });
});
