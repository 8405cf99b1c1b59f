import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseCsv, writeCsv } from '../../src/api/csv/csv.ts';
import type { ConsolePage } from './support/console-page.ts';
import { journey, type World } from './support/journey.ts';

/** Rows of the file with their faults; the head is row 1. */
const faults = new Map([
  [18, { type: 'forever' }],
  [2500, { product: 'press-studioo' }],
  [4999, { seats: 'many' }],
]);

const count = 5000;
const good = count - faults.size;
const importMs = 240_000;

/** 5,000 licenses, three of them wrong: two that the page sees, one that only the server knows. */
function file(): string {
  const columns = ['product', 'type', 'customer', 'holder', 'seats', 'features'] as const;
  const rows = Array.from({ length: count }, (_, index) => {
    const row = index + 2;
    const cells = {
      product: 'press-studio',
      type: 'perpetual',
      customer: `Customer ${index % 40}`,
      holder: `Press ${row}`,
      seats: '2',
      features: 'export; proofs=50+5',
      ...faults.get(row),
    };
    return columns.map(column => cells[column]);
  });
  return writeCsv([columns, ...rows]);
}

async function choose(staff: ConsolePage, world: World): Promise<void> {
  const path = world.stick.write('autumn-2026.csv', new TextEncoder().encode(file()));
  await staff.page.locator('input[type=file]').setInputFiles(path);
  await staff.page.getByText('Nothing has been written yet.').waitFor({ timeout: importMs });
}

/** Numbers that the look at the file came to, by their names. */
async function facts(staff: ConsolePage): Promise<Record<string, string>> {
  const names = await staff.page.locator('lk-import-check dt').allInnerTexts();
  const numbers = await staff.page.locator('lk-import-check dd').allInnerTexts();
  return Object.fromEntries(names.map((name, index) => [name, numbers[index] ?? '']));
}

/** Exports the licenses of the order without keys, and reads the file. */
async function exported(staff: ConsolePage, world: World): Promise<string[][]> {
  await staff.button('Export…').click();
  const [download] = await Promise.all([
    staff.page.waitForEvent('download', { timeout: importMs }),
    staff.button('Save as CSV').click(),
  ]);
  const { rows } = parseCsv(readFileSync(await world.stick.keep(download), 'utf8'));
  return rows.map(({ cells }) => [...cells]);
}

journey('5,000 licenses are imported but three, over a server that stops in the middle', async world => {
  world.guard.expect(/Failed to load resource/);
  const site = await world.startSite();
  const staff = await world.visitConsole(site);
  await staff.page.goto(`${site.origins.console}/licenses/import`);

  const startMs = Date.now();
  await choose(staff, world);
  world.note(`looked at ${count} rows in ${Date.now() - startMs} ms`);
  assert.deepEqual(await facts(staff), {
    'Can be imported': '4,997',
    'Cannot be imported': '3',
    'Already there': '0',
  });
  const bad = await staff.page.locator('lk-import-problems tbody tr').allInnerTexts();
  assert.deepEqual(
    bad.map(row => row.split('\t').slice(0, 3)),
    [
      ['18', 'type', 'forever'],
      ['2,500', 'product', 'press-studioo'],
      ['4,999', 'seats', 'many'],
    ],
  );
  assert.deepEqual(
    bad.map(row => row.split('\t')[3]),
    [
      'Write perpetual, time-limited, subscription or consumption.',
      'There is no product of this code.',
      'Enter a whole number.',
    ],
  );

  await staff.button('Import the 4,997 good rows').click();
  await staff.page.getByText(/^(1,\d{3}|[5-9]\d{2}) of 4,997$/).waitFor({ timeout: importMs });
  await site.stop();
  await staff.button('Go on').waitFor({ timeout: importMs });
  await site.start();
  const during = await countOf(staff, site.origins.console);
  world.note(`${during} licenses were there when the server stopped`);
  assert.ok(during > 0 && during < good);
  assert.equal(during % 50, 0, 'a group is whole or not there');

  await staff.button('Go on').click();
  await staff.page.getByText('4,997 licenses issued').waitFor({ timeout: importMs });
  await staff.page.getByRole('heading', { name: 'Rows that were left out' }).waitFor();

  await staff.page.getByRole('link', { name: 'Order autumn-2026' }).click();
  await staff.page.getByRole('table').getByRole('link', { name: 'autumn-2026' }).click();
  await staff.heading('Order autumn-2026').waitFor();
  await staff.expectText('Licenses: 4,997, disabled: 0.');
  const [head = [], ...rows] = await exported(staff, world);
  assert.equal(rows.length, good);
  const holder = head.indexOf('holder');
  const expected = Array.from({ length: count }, (_, index) => index + 2).filter(row => !faults.has(row));
  assert.deepEqual(
    rows.map(cells => cells[holder]).toSorted(),
    expected.map(row => `Press ${row}`).toSorted(),
  );
  assert.equal(head.includes('key'), false);

  await staff.page.goto(`${site.origins.console}/licenses/import`);
  await choose(staff, world);
  assert.deepEqual(await facts(staff), {
    'Can be imported': '0',
    'Cannot be imported': '3',
    'Already there': '4,997',
  });
  assert.ok(await staff.page.getByRole('button', { name: 'Import the 0 good rows' }).isDisabled());
});

/** Licenses of the order, as the server has them now. */
function countOf(staff: ConsolePage, origin: string): Promise<number> {
  return staff.page.evaluate(async address => {
    const answer: { total: number } = await (await fetch(address)).json();
    return answer.total;
  }, `${origin}/api/console/v1/licenses?q=autumn-2026`);
}

journey('200 licenses are issued at once, and their keys activate devices', async world => {
  const site = await world.startSite();
  const staff = await world.visitConsole(site);
  const portal = await world.visitPortal(site);
  const device = await world.offlineDevice(site, 'Press 9');
  await staff.page.getByRole('link', { name: 'Issue license' }).click();
  await staff.page.getByLabel('Holder').fill('Acme Bottling');
  await staff.page.getByLabel('Licenses', { exact: true }).fill('200');
  await staff.expectText('200 licenses with a key each, or one license with 200 seats?');
  await staff.page.getByRole('radio', { name: '200 licenses' }).check();
  await staff.page.getByLabel('Order number').fill('A-200');
  await staff.button('Issue license').click();
  await staff.expectText('200 licenses issued');
  const keys = (await staff.page.getByLabel('License keys, one in a line').inputValue()).split('\n');
  assert.equal(new Set(keys).size, 200);
  const request = await device.request(keys[199] ?? '', { name: 'Press 9' });
  await device.load(await portal.exchange(request, 'Licensed'));
  await device.expectStatus('Licensed');
});
