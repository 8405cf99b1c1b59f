import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { auditListSchema } from '../../../src/api/audit.ts';
import { defaultTerms } from '../../../src/api/license-terms.ts';
import { licenseListSchema, licenseSchema } from '../../../src/api/licenses.ts';
import { overviewSchema } from '../../../src/api/overview.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { productListSchema, productSchema } from '../../../src/api/products.ts';
import { profileSchema } from '../../../src/api/profile.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import type { Answer, ConsoleClient } from '../support/test-server.ts';

const cleanup = suiteCleanup();
let fixture: ConsoleFixture;
let client: ConsoleClient;
let issue: ConsoleFixture['issue'];
let owner: string | undefined;

before(async () => {
  fixture = await consoleFixture(cleanup);
  ({ client, issue } = fixture);
  owner = fixture.server.owner?.email;
});

const refusal = (answer: Answer) => {
  const { code, data } = answer.json();
  return { code, field: data?.field, rule: data?.rule };
};

describe('products', () => {
  it('are listed with their features', async () => {
    const { items } = read(productListSchema, await client.get(consolePaths.products));
    assert.deepEqual(
      items.map(({ code, features }) => [code, features.map(feature => feature.code)]),
      [['plotter', ['export', 'pages']]],
    );
  });

  it('refuse a taken code, a wrong one and a feature twice', async () => {
    const create = async (product: object) => refusal(await client.post(consolePaths.products, product));
    const feature = { code: 'a', name: 'A', type: 'activation' };
    assert.equal((await create({ code: 'plotter', name: 'Again', features: [] })).code, 'ALREADY_EXISTS');
    assert.deepEqual(await create({ code: 'Not A Code', name: 'X', features: [] }), {
      code: 'FIELD_REFUSED',
      field: 'code',
      rule: 'format',
    });
    assert.equal((await create({ code: 'x', name: ' ', features: [] })).rule, 'required');
    assert.equal((await create({ code: 'x', name: 'X', features: [feature, feature] })).rule, 'repeated');
    assert.equal((await create({ code: 'x', name: 'X', features: [], more: 1 })).rule, 'unknown');
  });

  it('are edited once for each version read', async () => {
    await client.post(consolePaths.products, { code: 'router', name: 'Router', features: [] });
    const path = consolePaths.product('router');
    const { version } = read(productSchema, await client.get(path));
    const edited = await client.put(path, { version, name: 'Router 2', features: [] });
    assert.equal(read(productSchema, edited).name, 'Router 2');
    assert.equal(
      (await client.put(path, { version, name: 'Late', features: [] })).json().code,
      'EDIT_CONFLICT',
    );
    const missing = await client.put(consolePaths.product('missing'), { version, name: 'X', features: [] });
    assert.equal(missing.status, 404);
  });

  it('keep the features that licenses grant', async () => {
    await issue({ features: [{ code: 'export', expiresAt: null, limits: null }] });
    const path = consolePaths.product('plotter');
    const { version, name } = read(productSchema, await client.get(path));
    const answer = await client.put(path, { version, name, features: [] });
    assert.equal(answer.json().code, 'FIELD_REFUSED');
  });
});

/** The licenses that a search finds. */
async function foundBy(q: string): Promise<string[]> {
  const answer = await client.get(`${consolePaths.licenses}?q=${encodeURIComponent(q)}`);
  return read(licenseListSchema, answer).items.map(({ id }) => id);
}

describe('licenses', () => {
  it('are issued with a key, and found by it however it is typed', async () => {
    const { id, key } = await issue({ customer: 'Shipyard' });
    assert.match(key, /^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    for (const q of [key, key.toLowerCase().replaceAll('-', ' '), id]) {
      assert.deepEqual(await foundBy(q), [id], q);
    }
  });

  it('show the key to who opens one, and in no list', async () => {
    const { id, key } = await issue();
    assert.equal(read(licenseSchema, await client.get(consolePaths.license(id))).key, key);
    assert.ok(!(await client.get(consolePaths.licenses)).body.includes(key));
  });

  it('are found by customer, holder and note, in any case, with no wildcards', async () => {
    await issue({ customer: 'Quarry 100%', holder: 'Line Seven', note: 'Ask for Mo' });
    const count = async (q: string) =>
      read(licenseListSchema, await client.get(`${consolePaths.licenses}?q=${encodeURIComponent(q)}`)).total;
    assert.equal(await count('quarry'), 1);
    assert.equal(await count('LINE SEVEN'), 1);
    assert.equal(await count('for mo'), 1);
    assert.equal(await count('100%'), 1);
    assert.equal(await count('Q%y'), 0);
    assert.equal(await count("' or 1=1 --"), 0);
  });

  it('are filtered by state and product, sorted, and paged', async () => {
    const past = Math.floor(Date.now() / 1000) - 7200;
    const over = async (terms: object) => {
      const license = await issue({ ...terms, expiresAt: past + 100_000 }, { type: 'time-limited' });
      const edit = { version: license.version, terms: { ...license.terms, expiresAt: past } };
      assert.equal((await client.put(consolePaths.license(license.id), edit)).status, 200);
    };
    await over({ customer: 'Paged A' });
    await over({ customer: 'Paged B', graceHours: 100 });
    await issue({ customer: 'Paged C', startsAt: past + 100_000 });
    const list = async (query: string) =>
      read(licenseListSchema, await client.get(`${consolePaths.licenses}?q=paged&${query}`));
    const states = (await list('sort=customer&order=asc')).items.map(item => item.state);
    assert.deepEqual(states, ['expired', 'grace', 'not-started']);
    for (const state of states) assert.equal((await list(`state=${state}`)).total, 1, state);
    assert.equal((await list('product=router')).total, 0);
    const second = await list('sort=customer&order=asc&page=2&pageSize=2');
    assert.deepEqual([second.total, second.items.map(item => item.customer)], [3, ['Paged C']]);
    assert.equal((await client.get(`${consolePaths.licenses}?pageSize=100000`)).json().code, 'FIELD_REFUSED');
    assert.equal((await client.get(`${consolePaths.licenses}?state=odd`)).json().data.field, 'state');
  });

  it('are not issued with an end that is past', async () => {
    const terms = { ...defaultTerms(), expiresAt: 1_600_000_000 };
    const fixed = { product: 'plotter', type: 'time-limited', trial: false };
    const answer = await client.post(consolePaths.licenses, { ...fixed, terms });
    assert.deepEqual(answer.json().data, { field: 'terms.expiresAt', rule: 'past' });
  });

  it('refuse terms that do not go with their type', async () => {
    const limits = { maximum: 10, overageMaximum: 0 };
    const field = (name: string) => ({ name, value: 'x', onDevice: true });
    const wrong = [
      [{ type: 'perpetual' }, { expiresAt: 2_000_000_000 }, 'terms.expiresAt'],
      [{ type: 'time-limited' }, {}, 'terms.expiresAt'],
      [{ type: 'consumption' }, {}, 'terms.limits'],
      [{ type: 'perpetual' }, { limits }, 'terms.limits'],
      [{ type: 'subscription' }, {}, 'terms.expiresAt'],
      [{ type: 'rental' }, {}, 'type'],
      [{ type: 'perpetual' }, { reportWithin: { days: 0, graceDays: 1 } }, 'terms.reportWithin.days'],
      [{ type: 'perpetual' }, { validityDays: 30 }, 'terms.validityDays'],
      [{ type: 'time-limited' }, { validityDays: 0 }, 'terms.validityDays'],
      [{ type: 'perpetual' }, { maxActivations: 0 }, 'terms.maxActivations'],
      [{ type: 'perpetual' }, { fields: [field('a'), field('a')] }, 'terms.fields.1.name'],
      [{ type: 'perpetual' }, { fields: [field('')] }, 'terms.fields.0.name'],
      [
        { type: 'perpetual' },
        { fields: Array.from({ length: 17 }, (_, index) => field(`f${index}`)) },
        'terms.fields.16.name',
      ],
      [{ type: 'perpetual' }, { utcOffset: 841 }, 'terms.utcOffset'],
      [{ type: 'perpetual' }, { maxOpenPeriods: 0 }, 'terms.maxOpenPeriods'],
      [{ type: 'consumption' }, { limits: { ...limits, resetPeriod: 'hourly' } }, 'terms.limits.resetPeriod'],
      [{ type: 'perpetual' }, { graceHours: 1.5 }, 'terms.graceHours'],
      [{ type: 'perpetual' }, { holder: 'ü'.repeat(33) }, 'terms.holder'],
      [
        { type: 'perpetual' },
        { features: [{ code: 'none', expiresAt: null, limits: null }] },
        'terms.features.0.code',
      ],
      [
        { type: 'perpetual' },
        { features: [{ code: 'pages', expiresAt: null, limits: null }] },
        'terms.features.0.limits',
      ],
    ] as const;
    for (const [fixed, terms, field] of wrong) {
      const body = { product: 'plotter', trial: false, ...fixed, terms: { ...defaultTerms(), ...terms } };
      assert.equal(refusal(await client.post(consolePaths.licenses, body)).field, field);
    }
    const unknown = { product: 'nothing', type: 'perpetual', trial: false, terms: defaultTerms() };
    assert.equal((await client.post(consolePaths.licenses, unknown)).status, 404);
  });

  it('keep updates and reports as they were set, and name what an edit changed', async () => {
    const terms = { expiresAt: 2_000_000_000, maintenanceUntil: 1_900_000_000 };
    const issued = await issue(terms, { type: 'subscription' });
    assert.deepEqual([issued.terms.maintenanceUntil, issued.terms.reportWithin], [1_900_000_000, null]);
    const reportWithin = { days: 30, graceDays: 7 };
    const edit = {
      version: issued.version,
      terms: { ...issued.terms, maintenanceUntil: null, reportWithin },
    };
    const edited = read(licenseSchema, await client.put(consolePaths.license(issued.id), edit));
    assert.deepEqual([edited.terms.maintenanceUntil, edited.terms.reportWithin], [null, reportWithin]);
    const { items } = read(auditListSchema, await client.get(consolePaths.licenseAudit(issued.id)));
    const line = items.find(({ action }) => action === 'license.edit');
    assert.deepEqual(line?.changed.toSorted(), ['maintenanceUntilS', 'reportWithin']);
  });

  it('count anew for each period, and show what was used in it', async () => {
    const limits = {
      maximum: 100,
      overageMaximum: 0,
      resetPeriod: 'monthly',
      mayBeNegative: true,
      share: 30,
    };
    const terms = { limits, utcOffset: 60, maxOpenPeriods: 6 };
    const issued = await issue(terms, { type: 'consumption' });
    assert.deepEqual(
      [issued.terms.limits, issued.terms.utcOffset, issued.terms.maxOpenPeriods],
      [limits, 60, 6],
    );
    const device = await fixture.activate(issued.key);
    device.clockMs = Date.now();
    device.consume(7);
    device.giveBack(9);
    await fixture.send(device, await device.report());
    const { totals, periods, version } = read(
      licenseSchema,
      await client.get(consolePaths.license(issued.id)),
    );
    const [own] = totals;
    assert(own?.period);
    assert.deepEqual([own.used, own.givenBack, own.total, own.outstanding], [7, 9, -2, 32]);
    const seconds = Date.now() / 1000;
    assert(own.period.startsAt <= seconds && seconds < own.period.endsAt);
    // Midnight of the license's own day is an hour before that of UTC, which stands for the day.
    const firstDay = own.period.startsAt + 3600;
    assert.deepEqual(periods, [{ counter: '', resetPeriod: 'monthly', firstDay, used: 7, givenBack: 9 }]);
    const edit = { version, terms: { ...issued.terms, limits: { ...limits, resetPeriod: null } } };
    const edited = read(licenseSchema, await client.put(consolePaths.license(issued.id), edit));
    assert.equal(edited.totals[0]?.period, null);
    const { items } = read(auditListSchema, await client.get(consolePaths.licenseAudit(issued.id)));
    assert.deepEqual(items.find(({ action }) => action === 'license.edit')?.changed, ['limits']);
  });

  it('carry the custom fields that are for the device, and no other', async () => {
    const fields = [
      { name: 'Site', value: 'Halle 4 – Süd', onDevice: true },
      { name: 'Contract', value: 'C-2026-0917', onDevice: false },
    ];
    const { id, key, version, terms } = await issue({ fields });
    assert.deepEqual(terms.fields, fields);
    const device = await fixture.activate(key);
    assert.deepEqual(device.license?.claims.customFields, { Site: 'Halle 4 – Süd' });
    for (const q of ['c-2026-0917', 'halle 4']) {
      assert.deepEqual(await foundBy(q), [id], q);
    }
    const without = await client.put(consolePaths.license(id), { version, terms: { ...terms, fields: [] } });
    assert.deepEqual(read(licenseSchema, without).terms.fields, []);
    const { items } = read(auditListSchema, await client.get(consolePaths.licenseAudit(id)));
    const line = items.find(({ action }) => action === 'license.edit');
    assert.deepEqual(line?.changed.toSorted(), ['customFields', 'metadata']);
  });

  it('are edited once for each version read, and say who did it', async () => {
    const { id, version, terms } = await issue({ customer: 'Before' });
    const path = consolePaths.license(id);
    const edited = read(
      licenseSchema,
      await client.put(path, { version, terms: { ...terms, customer: 'After' } }),
    );
    assert.equal(edited.terms.customer, 'After');
    const late = await client.put(path, { version, terms });
    assert.equal(late.status, 409);
    assert.equal(late.json().code, 'EDIT_CONFLICT');
    const audit = read(auditListSchema, await client.get(consolePaths.licenseAudit(id)));
    const actions = audit.items.map(({ actor, action }) => [actor, action]).sort();
    assert.deepEqual(actions, [
      [owner, 'license.create'],
      [owner, 'license.edit'],
    ]);
  });

  it('are disabled and enabled', async () => {
    const { id } = await issue();
    assert.equal(read(licenseSchema, await client.post(consolePaths.disableLicense(id))).state, 'disabled');
    assert.equal(read(licenseSchema, await client.post(consolePaths.enableLicense(id))).state, 'active');
  });

  it('are not there under ids that are none', async () => {
    for (const id of ['0'.repeat(32), 'zz', '%00', '..%2fproducts', `${'0'.repeat(31)}g`]) {
      assert.equal((await client.get(consolePaths.license(id))).status, 404, id);
    }
  });
});

describe('the rest of the console API', () => {
  it('counts what there is', async () => {
    const overview = read(overviewSchema, await client.get(consolePaths.overview));
    assert.ok(overview.licenses.total > 0);
    assert.ok(overview.products >= 1);
    assert.ok(overview.exchanges.total >= overview.exchanges.refused);
  });

  it('gives the profile to place beside a vendor app', async () => {
    const answer = await client.get(`${consolePaths.profile}?product=plotter`);
    assert.match(String(answer.headers['content-disposition']), /attachment; filename="profile.json"/);
    const profile = read(profileSchema, answer);
    assert.equal(profile.product, 'plotter');
    assert.equal(profile.productName, 'Plotter');
    assert.equal((await client.get(`${consolePaths.profile}?product=missing`)).status, 404);
  });

  it('is never kept in a cache', async () => {
    for (const path of [consolePaths.session, consolePaths.licenses, consolePaths.profile]) {
      assert.equal((await client.get(path)).headers['cache-control'], 'no-store', path);
    }
  });

  it('says that other paths are not there', async () => {
    const { status, json } = await client.get('/api/console/v1/nothing');
    assert.equal(status, 404);
    assert.equal(json().code, 'NOT_FOUND');
  });
});
