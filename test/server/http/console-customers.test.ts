import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { customerListSchema, customerSchema } from '../../../src/api/customers.ts';
import { licenseListSchema, licenseSchema } from '../../../src/api/licenses.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { makeCustomers } from '../../../src/server/db/migrations/0015-customers-orders.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import type { ConsoleClient } from '../support/test-server.ts';

const cleanup = suiteCleanup();
let fixture: ConsoleFixture;
let client: ConsoleClient;

before(async () => {
  fixture = await consoleFixture(cleanup);
  ({ client } = fixture);
});

async function list(query: string) {
  return read(customerListSchema, await client.get(`${consolePaths.customers}?${query}`));
}

async function named(name: string) {
  const { items } = await list(new URLSearchParams({ q: name }).toString());
  const customer = items.find(each => each.name === name);
  assert.ok(customer, `no customer ${name}`);
  return customer;
}

async function create(fields: object) {
  return client.post(consolePaths.customers, { name: 'x', email: '', note: '', ...fields });
}

describe('customers', () => {
  it('are made by the license that names them first, and once', async () => {
    const license = await fixture.issue({ customer: 'Made by License' });
    await fixture.issue({ customer: 'Made by License' });
    assert.equal((await named('Made by License')).licenses, 2);
    const terms = { ...license.terms, customer: 'Made by Edit' };
    await client.put(consolePaths.license(license.id), { version: license.version, terms });
    assert.equal((await named('Made by License')).licenses, 1);
    assert.equal((await named('Made by Edit')).licenses, 1);
    await fixture.issue({ customer: '' });
    assert.equal((await list('')).items.filter(({ name }) => name === '').length, 0);
  });

  it('are created, found, sorted and paged', async () => {
    for (const name of ['Sorted B', 'sorted A', 'Sorted C']) {
      const created = await create({ name, email: `${name.at(-1)}@sorted.example`, note: 'of a kind' });
      assert.equal(created.status, 201, created.body.toString());
    }
    const names = async (query: string) => (await list(query)).items.map(({ name }) => name);
    assert.deepEqual(await names('q=SORTED'), ['sorted A', 'Sorted B', 'Sorted C']);
    assert.deepEqual(await names('q=b%40sorted'), ['Sorted B']);
    assert.deepEqual(await names('q=of+a+kind&order=desc&pageSize=2'), ['Sorted C', 'Sorted B']);
    assert.equal((await list('q=sorted&page=2&pageSize=2')).total, 3);
  });

  it('are refused a name that is taken, and an address that is none', async () => {
    await create({ name: 'Taken' });
    assert.equal((await create({ name: 'Taken' })).json().code, 'ALREADY_EXISTS');
    const { data } = (await create({ name: 'Other', email: 'nobody' })).json();
    assert.deepEqual([data.field, data.rule], ['email', 'format']);
  });

  it('are renamed on their licenses and orders at once', async () => {
    const license = await fixture.issue({ customer: 'Old Name' });
    const { id, version } = await named('Old Name');
    const renamed = { version, name: 'New Name', email: 'buyer@new.example', note: '' };
    const answer = read(customerSchema, await client.put(consolePaths.customer(id), renamed));
    assert.deepEqual([answer.name, answer.licenses], ['New Name', 1]);
    const found = await client.get(`${consolePaths.licenses}?customer=New+Name`);
    assert.deepEqual(
      read(licenseListSchema, found).items.map(each => each.id),
      [license.id],
    );
    // Who edits the license from before is told, instead of bringing the old name back.
    const late = { version: license.version, terms: license.terms };
    assert.equal((await client.put(consolePaths.license(license.id), late)).json().code, 'EDIT_CONFLICT');
    const after = read(licenseSchema, await client.get(consolePaths.license(license.id)));
    assert.equal(after.terms.customer, 'New Name');

    const second = await client.put(consolePaths.customer(id), renamed);
    assert.equal(second.json().code, 'EDIT_CONFLICT');
    await create({ name: 'In the Way' });
    const clash = { ...renamed, version: answer.version, name: 'In the Way' };
    assert.equal((await client.put(consolePaths.customer(id), clash)).json().code, 'ALREADY_EXISTS');
    assert.equal((await named('New Name')).licenses, 1);
  });

  it('are made of the names that licenses have, where there are no customers yet', async () => {
    await fixture.issue({ customer: 'From Before' });
    const { database } = fixture.server.portal;
    await database.transact(async db => {
      await db.deleteFrom('customer').execute();
      await makeCustomers(db);
    });
    assert.equal((await named('From Before')).licenses, 1);
  });
});
