import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { auditListSchema } from '../../../src/api/audit.ts';
import { defaultTerms } from '../../../src/api/license-terms.ts';
import { licenseListSchema, licenseSchema } from '../../../src/api/licenses.ts';
import { issuedListSchema, type Order, orderListSchema, orderSchema } from '../../../src/api/orders.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { fromHex } from '../../../src/bytes/hex.ts';
import { createBundledLicense } from '../../../src/issue/administer/license-bundle.ts';
import { verifyAudit } from '../../../src/server/db/records/audit-chain.ts';
import { recordsOf } from '../../../src/server/db/repository.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import { terms as plainTerms } from '../support/test-portal.ts';
import type { ConsoleClient } from '../support/test-server.ts';

const cleanup = suiteCleanup();
let fixture: ConsoleFixture;
let client: ConsoleClient;

before(async () => {
  fixture = await consoleFixture(cleanup);
  ({ client } = fixture);
});

interface Asked {
  order: string;
  terms?: object;
  fixed?: object;
}

function licenses(references: readonly string[], { order, terms, fixed }: Asked): object[] {
  const kind = { product: 'plotter', type: 'perpetual', trial: false, ...fixed };
  return references.map(reference => {
    return { order, reference, ...kind, terms: { ...defaultTerms(), customer: 'Ordering Ltd', ...terms } };
  });
}

async function issue(group: readonly unknown[], isTrial = false) {
  const answer = await client.post(consolePaths.issueInOrders, { isTrial, licenses: group });
  assert.equal(answer.status, 200, answer.body.toString());
  return read(issuedListSchema, answer).items;
}

const outcomes = (items: Awaited<ReturnType<typeof issue>>) => items.map(({ outcome }) => outcome);

async function findOrder(number: string): Promise<Order | undefined> {
  const { items } = read(orderListSchema, await client.get(`${consolePaths.orders}?q=${number}`));
  return items.find(each => each.number === number);
}

async function orderOf(number: string): Promise<Order> {
  const order = await findOrder(number);
  assert.ok(order, `no order ${number}`);
  return order;
}

async function licensesOf({ id }: Order) {
  const list = await client.get(`${consolePaths.licenses}?inOrder=${id}&pageSize=200`);
  return read(licenseListSchema, list);
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}`);

describe('issuing in orders', () => {
  it('issues 200 licenses with a key each, and a repeat issues none twice', async () => {
    const all = licenses(numbers(200), { order: 'A-200', terms: { maxActivations: 3 } });
    const keys = new Set<string>();
    for (let start = 0; start < 200; start += 50) {
      const group = all.slice(start, start + 50);
      const first = await issue(group);
      // The answer was lost, and the page asks again.
      const second = await issue(group);
      assert.deepEqual(new Set(outcomes(first)), new Set(['issued']));
      assert.deepEqual(new Set(outcomes(second)), new Set(['present']));
      const told = (items: typeof first) => items.map(item => ('key' in item ? item.key : ''));
      assert.deepEqual(told(second), told(first));
      for (const key of told(first)) keys.add(key);
    }
    assert.equal(keys.size, 200);
    const order = await orderOf('A-200');
    assert.deepEqual([order.licenses, order.disabled, order.customer], [200, 0, 'Ordering Ltd']);
    assert.equal((await licensesOf(order)).total, 200);
    const [key] = keys;
    assert.ok(key);
    await fixture.activate(key);
  });

  it('issues none twice when two pages send one group at a time', async () => {
    const group = licenses(numbers(20), { order: 'A-twice' });
    const both = await Promise.all([issue(group), issue(group)]);
    assert.deepEqual(
      both.flatMap(outcomes).toSorted(),
      Array.from({ length: 40 }, (_, index) => (index < 20 ? 'issued' : 'present')),
    );
    assert.equal((await orderOf('A-twice')).licenses, 20);
  });

  it('says for each license why it is refused, and holds up no other', async () => {
    const order = 'A-mixed';
    const group = [
      ...licenses(['good'], { order }),
      ...licenses(['product'], { order, fixed: { product: 'nothing' } }),
      ...licenses(['feature'], {
        order,
        terms: { features: [{ code: 'telepathy', expiresAt: null, limits: null }] },
      }),
      ...licenses(['end'], { order, fixed: { type: 'time-limited' } }),
      ...licenses(['past'], { order, fixed: { type: 'time-limited' }, terms: { expiresAt: 1_000_000 } }),
      ...licenses(['seats'], { order, terms: { maxActivations: -1 } }),
      ...licenses(['users'], { order, terms: { maxUsers: 3 } }),
      'no license',
    ];
    const expected = [
      ['product', 'not-allowed'],
      ['terms.features.0.code', 'not-allowed'],
      ['terms.expiresAt', 'required'],
      ['terms.expiresAt', 'past'],
      ['terms.maxActivations', 'too-small'],
      ['terms.maxUsers', 'not-allowed'],
      ['', 'type'],
    ];
    const reasons = (items: Awaited<ReturnType<typeof issue>>) =>
      items.flatMap(item => (item.outcome === 'refused' ? [[item.field, item.rule]] : []));

    const trial = await issue(group, true);
    assert.deepEqual(reasons(trial), expected);
    assert.equal(trial[0]?.outcome, 'good');
    assert.equal(await findOrder(order), undefined, 'a trial writes nothing');

    const issued = await issue(group);
    assert.deepEqual(reasons(issued), expected);
    assert.equal(issued[0]?.outcome, 'issued');
    assert.equal((await orderOf(order)).licenses, 1);
    assert.equal((await issue(group, true))[0]?.outcome, 'present');
  });

  it('makes no order for licenses that are all refused', async () => {
    await issue(licenses(['1', '2'], { order: 'A-none', fixed: { product: 'nothing' } }));
    await issue(licenses(['3'], { order: 'A-none', terms: { maxUsers: 1 } }));
    assert.equal(await findOrder('A-none'), undefined);
  });

  it('refuses a group that is too large', async () => {
    const group = licenses(numbers(51), { order: 'A-large' });
    const { status } = await client.post(consolePaths.issueInOrders, { isTrial: false, licenses: group });
    assert.equal(status, 400);
  });
});

describe('an order', () => {
  it('finds its licenses by its number, and is named on each', async () => {
    const [first] = await issue(licenses(['only'], { order: 'FIND/77' }));
    assert.ok(first && 'id' in first);
    const list = await client.get(`${consolePaths.licenses}?q=find%2F77`);
    assert.deepEqual(
      read(licenseListSchema, list).items.map(({ id }) => id),
      [first.id],
    );
    const { order } = read(licenseSchema, await client.get(consolePaths.license(first.id)));
    assert.deepEqual([order?.number, order?.reference], ['FIND/77', 'only']);
  });

  it('is disabled and enabled whole, with a line in the history of each license', async () => {
    const [first] = await issue(licenses(numbers(3), { order: 'A-off' }));
    assert.ok(first && 'id' in first);
    const { id } = await orderOf('A-off');
    await client.post(consolePaths.disableLicense(first.id));
    const disabled = read(orderSchema, await client.post(consolePaths.disableOrder(id)));
    assert.equal(disabled.disabled, 3);
    const states = async () => {
      const { items } = await licensesOf(disabled);
      return items.map(({ state }) => state);
    };
    assert.deepEqual(await states(), ['disabled', 'disabled', 'disabled']);
    const enabled = read(orderSchema, await client.post(consolePaths.enableOrder(id)));
    assert.equal(enabled.disabled, 0);
    assert.deepEqual(await states(), ['active', 'active', 'active']);
    const audit = read(auditListSchema, await client.get(consolePaths.licenseAudit(first.id)));
    const actions = audit.items.map(({ action }) => action).toSorted();
    assert.deepEqual(actions, ['license.create', 'license.disable', 'license.enable']);
    assert.ok('last' in (await verifyAudit(fixture.server.portal.database.db)));
    assert.equal((await client.post(consolePaths.disableOrder('0'.repeat(32)))).status, 404);
  });

  it('takes along what is bundled with its licenses', async () => {
    const { administer, database } = fixture.server.portal;
    const [first] = await issue(licenses(['1'], { order: 'A-bundle' }));
    assert.ok(first && 'id' in first);
    const features: never[] = [];
    await client.post(consolePaths.products, { code: 'cutter', name: 'Cutter', features });
    const bundled = await administer('system', (records, context) => {
      const terms = { ...plainTerms, limits: null, features };
      const kind = { product: 'cutter', type: 'perpetual', trial: false } as const;
      return createBundledLicense({ ...kind, terms, bundledWith: fromHex(first.id) }, records, context);
    });
    const isEnabled = async () => (await recordsOf(database.db).findLicense(bundled.id))?.enabled;
    const { id } = await orderOf('A-bundle');
    await client.post(consolePaths.disableOrder(id));
    assert.equal(await isEnabled(), false);
    await client.post(consolePaths.enableOrder(id));
    assert.equal(await isEnabled(), true);
  });

  it('tells the second of two who edit its note', async () => {
    await issue(licenses(['1'], { order: 'A-note' }));
    const { id, version } = await orderOf('A-note');
    const edited = await client.put(consolePaths.order(id), { version, note: 'Paid' });
    assert.equal(read(orderSchema, edited).note, 'Paid');
    const late = await client.put(consolePaths.order(id), { version, note: 'Open' });
    assert.equal(late.json().code, 'EDIT_CONFLICT');
  });
});
