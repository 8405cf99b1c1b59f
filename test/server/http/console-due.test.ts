import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { deviceListSchema } from '../../../src/api/devices.ts';
import { licenseSchema } from '../../../src/api/licenses.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { dueListSchema, madeRefreshListSchema } from '../../../src/api/refresh.ts';
import { fromBase64url } from '../../../src/bytes/base64url.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';

const cleanup = suiteCleanup();
let fixture: ConsoleFixture;

before(async () => {
  fixture = await consoleFixture(cleanup);
});

/** The list of those of one customer. */
async function due(customer: string, standing: 'to-make' | 'made' = 'to-make') {
  const query = new URLSearchParams({ standing, q: customer });
  return read(dueListSchema, await fixture.client.get(`${consolePaths.refreshFiles}?${query}`));
}

async function edit(id: string, terms: object): Promise<void> {
  const license = read(licenseSchema, await fixture.client.get(consolePaths.license(id)));
  const body = { version: license.version, terms: { ...license.terms, ...terms } };
  assert.equal((await fixture.client.put(consolePaths.license(id), body)).status, 200);
}

async function make(activationId: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fixture.client.post(consolePaths.refreshFiles, { activationIds: [activationId] });
  const [item] = read(madeRefreshListSchema, answer).items;
  assert.ok(item && 'file' in item);
  return fromBase64url(item.file);
}

describe('refresh files that are due', () => {
  it('are listed from a change until the device has named the file that carries it', async () => {
    const { send, issue, activate } = fixture;
    const { id, key } = await issue({ customer: 'Loop' });
    const device = await activate(key);
    assert.equal((await due('loop')).total, 0);

    await edit(id, { graceHours: 24 });
    const list = await due('loop');
    assert.equal(list.total, 1);
    const [item] = list.items;
    assert.ok(item);
    assert.deepEqual([item.customer, item.licenseId, item.productName], ['Loop', id, 'Plotter']);
    assert.deepEqual(
      item.changes.map(({ action, changed }) => [action, changed]),
      [['license.edit', ['graceHours']]],
    );

    const file = await make(item.activationId);
    assert.equal((await due('loop')).total, 0);
    assert.equal((await due('loop', 'made')).total, 1);
    // Its own report, made before the file came, names an older one.
    await send(device, await device.report());
    assert.equal((await due('loop', 'made')).total, 1);
    await device.load(file).catch(() => {});
    await send(device, await device.report());
    assert.equal((await due('loop', 'made')).total, 0);
    assert.equal((await due('loop')).total, 0);
  });

  it('are due again when the license changes again, with all that changed', async () => {
    const { issue, activate } = fixture;
    const { id, key } = await issue({ customer: 'Again' });
    await activate(key);
    await edit(id, { graceHours: 24 });
    const [first] = (await due('again')).items;
    await make(first?.activationId ?? '');
    await fixture.client.post(consolePaths.disableLicense(id));
    assert.equal((await due('again', 'made')).total, 0);
    const [second] = (await due('again')).items;
    assert.deepEqual(
      second?.changes.map(({ action, changed }) => [action, changed]),
      [
        ['license.disable', []],
        ['license.edit', ['graceHours']],
      ],
    );
    assert.equal(second?.changedAt, first?.changedAt);
  });

  it('carry nothing that is for the vendor alone', async () => {
    const { issue, activate } = fixture;
    const { id, key } = await issue({ customer: 'Notes' });
    await activate(key);
    await edit(id, { note: 'called twice', maxActivations: 3 });
    assert.equal((await due('notes')).total, 0);
    await edit(id, { note: 'called again', holder: 'Notes, line 2' });
    const [item] = (await due('notes')).items;
    assert.deepEqual(
      item?.changes.map(({ changed }) => changed),
      [['holder']],
    );
  });

  it('are due for a usage that was set back, an order that was disabled, and no seat that ended', async () => {
    const { client, issue, activate } = fixture;
    const limits = { maximum: 10, overageMaximum: 0 };
    const counted = await issue({ customer: 'Reset', limits, maxActivations: 2 }, { type: 'consumption' });
    await activate(counted.key);
    await activate(counted.key);
    await client.post(consolePaths.resetUsage(counted.id), { counter: '' });
    assert.equal((await due('reset')).total, 2);
    const { items } = read(deviceListSchema, await client.get(consolePaths.licenseDevices(counted.id)));
    await client.post(consolePaths.releaseSeat(items[0]?.activationId ?? ''));
    const left = await due('reset');
    assert.deepEqual(
      left.items.map(({ activationId }) => activationId),
      [items[1]?.activationId],
    );
  });

  it('are counted over all licenses, found by text, and paged, the longest wait first', async () => {
    const { client, issue, activate } = fixture;
    const { id, key } = await issue({ customer: 'Pages', holder: '100 % line', maxActivations: 3 });
    for (const _ of [1, 2, 3]) await activate(key);
    await edit(id, { graceHours: 1 });
    const all = await due('pages');
    assert.equal(all.total, 3);
    const page = async (number: number) => {
      const query = `?q=${encodeURIComponent('100 %')}&pageSize=2&page=${number}`;
      return read(dueListSchema, await client.get(`${consolePaths.refreshFiles}${query}`)).items;
    };
    const paged = [...(await page(1)), ...(await page(2))].map(({ activationId }) => activationId);
    assert.deepEqual(
      paged,
      all.items.map(({ activationId }) => activationId),
    );
    const [{ deviceNumber = '' } = {}] = all.items;
    assert.equal((await due(deviceNumber)).total, 1);
    const everything = await due('');
    assert.equal(everything.total, everything.counts['to-make']);
    assert.ok(everything.counts['to-make'] >= 3);
    const waits = everything.items.map(({ changedAt }) => changedAt);
    assert.deepEqual(
      waits,
      waits.toSorted((one, other) => one - other),
    );
  });
});
