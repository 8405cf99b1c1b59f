import { expect } from '@open-wc/testing';
import { type CsvColumn, cellsOf, csvColumns, readHead } from '../../../src/api/csv/columns.ts';
import { cellsOfLicense } from '../../../src/api/csv/license-cells.ts';
import { licenseOfRow } from '../../../src/api/csv/license-rows.ts';
import { defaultLimits, defaultTerms } from '../../../src/api/license-terms.ts';
import type { Policy } from '../../../src/api/policies.ts';

const nowS = Date.UTC(2026, 10, 27) / 1000;
const { startsAt: _, expiresAt: __, customer: ___, holder: ____, note: _____, ...plain } = defaultTerms();

const yearly: Policy = {
  id: '1'.repeat(32),
  product: 'press-studio',
  name: 'Yearly',
  type: 'time-limited',
  trial: true,
  terms: { ...plain, validityDays: 365, maxActivations: 5, graceHours: 24 },
  version: 1,
  licenseCount: 0,
  createdAt: nowS,
  updatedAt: nowS,
};

function read(cells: Partial<Record<CsvColumn, string>>) {
  const at = new Map(csvColumns.map((column, index) => [column, index]));
  const row = csvColumns.map(column => cells[column] ?? '');
  return licenseOfRow(cellsOf(at, row), { order: 'FILE', row: 7, policies: [yearly], nowS });
}

const good = { product: 'press-studio', type: 'perpetual' };

function licenseOf(cells: Partial<Record<CsvColumn, string>>) {
  const result = read({ ...good, ...cells });
  if ('problem' in result) throw new TypeError(JSON.stringify(result.problem));
  return result.license;
}

describe('licenseOfRow()', () => {
  it('reads a license, and takes the order of the file and the number of the row where it says none', () => {
    const { order, reference, type, terms } = licenseOf({ customer: ' Acme ', seats: '3' });
    expect([order, reference, type, terms.customer, terms.maxActivations]).to.deep.equal([
      'FILE',
      '7',
      'perpetual',
      'Acme',
      3,
    ]);
    const own = licenseOf({ order: 'A-1', reference: 'x', seats: 'Unlimited' });
    expect([own.order, own.reference, own.terms.maxActivations]).to.deep.equal(['A-1', 'x', null]);
  });

  it('reads days in UTC, the last one to its last second', () => {
    const { terms } = licenseOf({ type: 'time-limited', start: '2026-12-01', end: '2026-12-31' });
    expect(terms.startsAt).to.equal(Date.UTC(2026, 11, 1) / 1000);
    expect(terms.expiresAt).to.equal(Date.UTC(2027, 0, 1) / 1000 - 1);
  });

  it('reads features, those that are counted with their maximum', () => {
    expect(licenseOf({ features: 'export; plates=500+50 proofs=unlimited' }).terms.features).to.deep.equal([
      { code: 'export', expiresAt: null, limits: null },
      { code: 'plates', expiresAt: null, limits: { ...defaultLimits(500), overageMaximum: 50 } },
      { code: 'proofs', expiresAt: null, limits: defaultLimits(null) },
    ]);
  });

  it('takes from a policy what the row leaves empty', () => {
    const { type, trial, policyId, terms } = licenseOf({ type: '', policy: 'Yearly', seats: '9' });
    expect([type, trial, policyId]).to.deep.equal(['time-limited', true, yearly.id]);
    expect([terms.validityDays, terms.graceHours, terms.maxActivations]).to.deep.equal([365, 24, 9]);
    expect(licenseOf({ type: '', policy: 'Yearly', end: '2027-01-31' }).terms.validityDays).to.equal(null);
  });

  const faults: readonly [Partial<Record<CsvColumn, string>>, column: CsvColumn, rule: string][] = [
    [{ product: '' }, 'product', 'format'],
    [{ product: 'No Code' }, 'product', 'format'],
    [{ type: '' }, 'type', 'required'],
    [{ type: 'forever' }, 'type', 'format'],
    [{ type: '', policy: 'Monthly' }, 'policy', 'not-allowed'],
    [{ policy: 'Yearly' }, 'type', 'not-allowed'],
    [{ trial: 'perhaps' }, 'trial', 'format'],
    [{ seats: 'three' }, 'seats', 'not-whole'],
    [{ seats: '0' }, 'seats', 'too-small'],
    [{ seats: '1.5' }, 'seats', 'not-whole'],
    [{ type: 'time-limited' }, 'end', 'required'],
    [{ type: 'time-limited', end: '31.12.2027' }, 'end', 'format'],
    [{ type: 'time-limited', end: '2027-02-31' }, 'end', 'format'],
    [{ type: 'time-limited', end: '2020-01-01' }, 'end', 'past'],
    [{ end: '2027-01-01' }, 'end', 'not-allowed'],
    [{ type: 'time-limited', start: '2028-01-01', end: '2027-01-01' }, 'end', 'before-start'],
    [{ type: 'consumption' }, 'maximum', 'required'],
    [{ maximum: '5' }, 'maximum', 'not-allowed'],
    [{ type: 'consumption', maximum: '5', overage: 'x' }, 'overage', 'not-whole'],
    [{ type: 'consumption', maximum: '5', resets: 'hourly' }, 'resets', 'format'],
    [{ type: 'consumption', maximum: '5', share: '0' }, 'share', 'too-small'],
    [{ type: 'consumption', resets: 'monthly' }, 'maximum', 'required'],
    [{ features: 'plates=5/hourly' }, 'features', 'format'],
    [{ fields: 'Line 7' }, 'fields', 'format'],
    [{ fields: '=7' }, 'fields', 'format'],
    [{ fields: 'Line=7', 'device fields': 'Line=8' }, 'fields', 'repeated'],
    [{ features: 'Export!' }, 'features', 'format'],
    [{ features: 'export; export' }, 'features', 'repeated'],
    [{ holder: 'x'.repeat(65) }, 'holder', 'too-long'],
    [{ customer: 'x'.repeat(129) }, 'customer', 'too-long'],
    [{ note: 'x'.repeat(4001) }, 'note', 'too-long'],
    [{ order: 'x'.repeat(65) }, 'order', 'too-long'],
    [{ reference: 'x'.repeat(65) }, 'reference', 'too-long'],
    [{ transfers: 'many' }, 'transfers', 'not-whole'],
    [{ 'grace hours': '999999' }, 'grace hours', 'too-large'],
  ];
  for (const [cells, column, rule] of faults) {
    it(`refuses ${JSON.stringify(cells).slice(0, 60)} at ${column}: ${rule}`, () => {
      expect(read({ ...good, ...cells })).to.deep.equal({ problem: { column, rule } });
    });
  }

  it('reads what an export writes', () => {
    const license = licenseOf({
      type: 'consumption',
      order: 'A-1',
      reference: '9',
      customer: '=Acme',
      holder: 'Line 7',
      note: 'two\nlines',
      seats: 'unlimited',
      start: '2026-12-01',
      end: '2027-12-31',
      'updates until': '2027-06-30',
      'grace hours': '48',
      transfers: '2',
      maximum: '1000',
      overage: '100',
      resets: 'monthly',
      share: '20',
      features: 'export; plates=500+50/weekly',
      fields: 'Line=7\nCost center=a=b; c',
      'device fields': 'Site=Oslo',
    });
    expect(license.terms.limits).to.include({ resetPeriod: 'monthly', share: 20 });
    expect(license.terms.fields).to.deep.equal([
      { name: 'Line', value: '7', onDevice: false },
      { name: 'Cost center', value: 'a=b; c', onDevice: false },
      { name: 'Site', value: 'Oslo', onDevice: true },
    ]);
    const { order: number, reference, policyId: _policy, ...rest } = license;
    const cells = cellsOfLicense({
      ...rest,
      id: '2'.repeat(32),
      state: 'active',
      activeActivations: 0,
      createdAt: nowS,
      order: { number, reference },
      policy: '',
      key: null,
    });
    expect(licenseOf(cells)).to.deep.equal(license);
  });
});

describe('readHead()', () => {
  it('finds columns in any order, however they are written, and leaves out what an export says besides', () => {
    const { at, problems } = readHead([' Seats', 'PRODUCT', 'grace_hours', 'key', 'state', '']);
    expect(problems).to.deep.equal([]);
    expect([...at]).to.deep.equal([
      ['seats', 0],
      ['product', 1],
      ['grace hours', 2],
    ]);
  });

  it('names columns that it does not know, that are there twice, or that are missing', () => {
    expect(readHead(['custmer', 'seats', 'Seats']).problems).to.deep.equal([
      { name: 'custmer', rule: 'unknown' },
      { name: 'Seats', rule: 'repeated' },
      { name: 'product', rule: 'required' },
    ]);
  });
});
