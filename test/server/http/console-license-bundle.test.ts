import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { deviceListSchema } from '../../../src/api/devices.ts';
import { exchangeListSchema } from '../../../src/api/exchanges.ts';
import { defaultTerms } from '../../../src/api/license-terms.ts';
import { licenseListSchema, licenseSchema } from '../../../src/api/licenses.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { problemSchema } from '../../../src/api/problem.ts';
import { parseLicenseKey } from '../../../src/license/license-key.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { TestDevice } from '../support/test-device.ts';

async function withViewer(test: Parameters<typeof consoleFixture>[0]) {
  const fixture = await consoleFixture(test);
  const { client, issue } = fixture;
  const viewer = { code: 'viewer', name: 'Plot Viewer', features: [] };
  assert.equal((await client.post(consolePaths.products, viewer)).status, 201);
  const first = await issue({ maxActivations: 2 });
  const member = await issue({ maxActivations: 1 }, { product: 'viewer', bundledWith: first.id });
  return { ...fixture, first, member };
}

async function reading({ client }: ConsoleFixture, id: string) {
  return read(licenseSchema, await client.get(consolePaths.license(id)));
}

suite('a license bundle in the console', () => {
  test('shows each license the others, and the one key', async t => {
    const fixture = await withViewer(t);
    const { first, member } = fixture;
    const shown = await reading(fixture, first.id);
    assert.equal(member.key, first.key);
    assert.deepEqual([shown.users, member.users], [null, null]);
    assert.deepEqual(shown.bundled, [
      { id: member.id, product: 'viewer', productName: 'Plot Viewer', state: 'active', hasKey: false },
    ]);
    assert.deepEqual(member.bundled, [
      { id: first.id, product: 'plotter', productName: 'Plotter', state: 'active', hasKey: true },
    ]);
  });

  test('is found whole by its key', async t => {
    const { client, first, member, issue } = await withViewer(t);
    await issue();
    const found = read(licenseListSchema, await client.get(`${consolePaths.licenses}?q=${first.key}`));
    assert.deepEqual(found.items.map(({ id }) => id).sort(), [first.id, member.id].sort());
  });

  test('refuses with a field and a rule what cannot be under a key', async t => {
    const { client, first, member } = await withViewer(t);
    const body = { product: 'viewer', type: 'perpetual', trial: false, terms: defaultTerms() };
    for (const [changes, field, rule] of [
      [{ bundledWith: first.id }, 'product', 'repeated'],
      [{ bundledWith: member.id }, 'bundledWith', 'not-allowed'],
      [{ bundledWith: first.id, users: [] }, 'users', 'not-allowed'],
      [{ bundledWith: 'none' }, 'bundledWith', 'format'],
    ] as const) {
      const answer = await client.post(consolePaths.licenses, { ...body, ...changes });
      assert.equal(answer.status, 400, answer.body.toString());
      assert.deepEqual(read(problemSchema, answer).data, { field, rule });
    }
    const list = read(licenseListSchema, await client.get(consolePaths.licenses));
    assert.equal(list.total, 2, 'and nothing half saved');
  });

  test('shows one exchange at each license, and why nothing was granted', async t => {
    const fixture = await withViewer(t);
    const { client, server, first, member, send } = fixture;
    const key = parseLicenseKey(first.key);
    const [granted, refused] = [
      await TestDevice.create(server.portal),
      await TestDevice.create(server.portal),
    ];
    await send(granted, await granted.request(key));
    const answer = await send(refused, await refused.request(key));
    assert(answer.kind === 'refusal');
    const { code, data } = answer.refusal.claims;
    assert.deepEqual([code, data?.product], ['NO_SEATS_LEFT', 'Plot Viewer']);
    const told = async (id: string) => {
      const devices = read(deviceListSchema, await client.get(consolePaths.licenseDevices(id)));
      const exchanges = read(exchangeListSchema, await client.get(consolePaths.licenseExchanges(id)));
      return [devices.items.map(({ state }) => state), exchanges.items.map(exchange => exchange.code).sort()];
    };
    assert.deepEqual(await told(first.id), [
      ['active', 'refused'],
      ['BUNDLED_LICENSE_REFUSED', null],
    ]);
    assert.deepEqual(await told(member.id), [
      ['active', 'refused'],
      ['NO_SEATS_LEFT', null],
    ]);
  });

  test('keeps the key for the others when the license that has it is disabled', async t => {
    const { client, server, first, member, send } = await withViewer(t);
    await client.post(consolePaths.disableLicense(first.id));
    const device = await TestDevice.create(server.portal);
    const answer = await send(device, await device.request(parseLicenseKey(first.key)));
    assert(answer.kind === 'license');
    assert.deepEqual(
      answer.licenses.map(({ claims }) => claims.product),
      ['viewer'],
    );
    const shown = read(licenseSchema, await client.get(consolePaths.license(member.id)));
    assert.deepEqual(
      [shown.state, shown.activeActivations, shown.bundled[0]?.state],
      ['active', 1, 'disabled'],
    );
  });
});
