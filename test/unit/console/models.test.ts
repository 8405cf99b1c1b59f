import { expect } from '@open-wc/testing';
import { defaultLimits, defaultTerms } from '../../../src/api/license-terms.ts';
import { licenseQuerySchema } from '../../../src/api/licenses.ts';
import { dayOf, formatDay, momentOf } from '../../../src/console/fields/dates.ts';
import { usageOf } from '../../../src/console/license/usage.ts';
import { isFiltered, readQuery, sortedBy, writeQuery } from '../../../src/console/lists/list-query.ts';
import { routeOf } from '../../../src/console/services/routes.ts';
import { isSameTerms, mergeTerms, termsOfType, withFeature } from '../../../src/console/terms/terms-model.ts';
import { consumptionLicense, idOf, pressStudio } from './samples.ts';

describe('momentOf()', () => {
  it('gives the first and the last second of a day in UTC', () => {
    expect(momentOf('2027-06-30', 'start', null)).to.equal(Date.UTC(2027, 5, 30) / 1000);
    expect(momentOf('2027-06-30', 'end', null)).to.equal(Date.UTC(2027, 6, 1) / 1000 - 1);
  });

  it('gives null for an empty field', () => {
    expect(momentOf('', 'end', 5)).to.equal(null);
  });

  it('keeps the moment of a day that was not changed', () => {
    const noon = Date.UTC(2027, 5, 30, 12) / 1000;
    expect(momentOf(dayOf(noon), 'end', noon)).to.equal(noon);
    expect(momentOf('2027-07-01', 'end', noon)).to.equal(Date.UTC(2027, 6, 2) / 1000 - 1);
  });

  it('goes with what is shown', () => {
    expect(formatDay(momentOf('2027-06-30', 'end', null) ?? 0)).to.equal('Jun 30, 2027');
  });
});

const standard = readQuery(licenseQuerySchema);

describe('readQuery()', () => {
  it('reads what writeQuery() writes', () => {
    const query = {
      ...standard,
      q: 'acme & co',
      state: 'grace' as const,
      page: 3,
      sort: 'expires' as const,
    };
    expect(readQuery(licenseQuerySchema, writeQuery(licenseQuerySchema, query))).to.deep.equal(query);
  });

  it('leaves out what is as always', () => {
    expect(String(writeQuery(licenseQuerySchema, standard))).to.equal('');
  });

  it('shows everything when the address makes no sense', () => {
    expect(readQuery(licenseQuerySchema, new URLSearchParams('state=odd&page=-1'))).to.deep.equal(standard);
  });

  it('knows whether anything narrows the list', () => {
    expect(isFiltered(licenseQuerySchema, { ...standard, sort: 'expires', page: 2 })).to.equal(false);
    expect(isFiltered(licenseQuerySchema, { ...standard, product: 'a' })).to.equal(true);
  });
});

describe('sortedBy()', () => {
  it('sorts up first, then down, and goes to the first page', () => {
    const once = sortedBy({ ...standard, page: 4 }, 'expires');
    expect(once).to.include({ sort: 'expires', order: 'asc', page: 1 });
    expect(sortedBy(once, 'expires').order).to.equal('desc');
  });
});

describe('routeOf()', () => {
  it('finds the pages', () => {
    expect(routeOf('/')).to.deep.equal({ page: 'overview' });
    expect(routeOf('/licenses/')).to.deep.equal({ page: 'licenses' });
    expect(routeOf('/licenses/new')).to.deep.equal({ page: 'issue' });
    expect(routeOf(`/licenses/${idOf(1)}`)).to.deep.equal({ page: 'license', id: idOf(1), tab: 'details' });
    expect(routeOf(`/licenses/${idOf(1)}/devices`)).to.include({ tab: 'devices' });
    expect(routeOf('/users')).to.deep.equal({ page: 'users' });
    expect(routeOf('/users/new')).to.deep.equal({ page: 'new-user' });
    expect(routeOf(`/users/${idOf(1)}`)).to.deep.equal({ page: 'user', id: idOf(1) });
    expect(routeOf('/products/edit/new')).to.deep.equal({ page: 'product', code: 'new' });
  });

  it('knows no other', () => {
    for (const path of [
      '/x',
      '/licenses/1',
      `/licenses/${idOf(1)}/odd`,
      '/products/edit/UP',
      `/licenses/${idOf(1)}/devices/2`,
    ]) {
      expect(routeOf(path), path).to.deep.equal({ page: 'unknown' });
    }
  });
});

describe('termsOfType()', () => {
  it('takes out what the type has no room for', () => {
    const terms = {
      ...defaultTerms(),
      expiresAt: 9,
      graceHours: 4,
      limits: defaultLimits(1),
    };
    expect(termsOfType('perpetual', terms)).to.include({ expiresAt: null, graceHours: 0, limits: null });
    expect(termsOfType('time-limited', terms)).to.include({ expiresAt: 9, graceHours: 4, limits: null });
  });

  it('puts in what a consumption license needs', () => {
    expect(termsOfType('consumption', defaultTerms()).limits).to.deep.equal(defaultLimits(100));
  });
});

describe('mergeTerms()', () => {
  it('puts what I changed over theirs', () => {
    const base = defaultTerms();
    const merged = mergeTerms(
      base,
      { ...base, note: 'mine' },
      { ...base, customer: 'theirs', note: 'also theirs' },
    );
    expect(merged).to.include({ customer: 'theirs', note: 'mine' });
  });
});

describe('isSameTerms()', () => {
  it('sees a missing number as a change and the order of fields as none', () => {
    expect(isSameTerms({ a: null }, { a: Number.NaN })).to.equal(false);
    expect(isSameTerms({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).to.equal(true);
  });
});

describe('withFeature()', () => {
  it('grants a counted feature with limits and takes it away', () => {
    const plates = pressStudio.features[2] ?? { code: '', name: '', type: 'activation' };
    const granted = withFeature([], plates, true);
    expect(granted).to.deep.equal([{ code: 'plates', expiresAt: null, limits: defaultLimits(100) }]);
    expect(withFeature(granted, plates, false)).to.deep.equal([]);
  });
});

describe('usageOf()', () => {
  it('counts used less given back for the license and each counted feature', () => {
    const usage = usageOf(consumptionLicense, pressStudio.features);
    expect(usage.map(({ label, used }) => [label, used])).to.deep.equal([
      ['License', 800],
      ['Plates', 510],
    ]);
  });
});
