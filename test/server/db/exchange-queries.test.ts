import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { toArmor } from '../../../src/bytes/carrier.ts';
import { toHex } from '../../../src/bytes/hex.ts';
import { makeRefresh } from '../../../src/issue/administer/devices.ts';
import {
  type ExchangeFilter,
  type ExchangeLine,
  type ExchangePlace,
  findFiles,
  lookedAt,
  searchExchanges,
} from '../../../src/server/db/console/exchange-queries.ts';
import { isOnPostgres } from '../support/test-database.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { START_MS, type TestPortal, testPortal } from '../support/test-portal.ts';

const nowS = START_MS / 1000;
const first = { after: null, limit: 50 };

/** Files of each kind and decision: two devices, of which the second is refused, and a refresh file. */
async function portalWithFiles(t: Parameters<typeof testPortal>[0]) {
  const portal = await testPortal(t);
  const { license, key } = await portal.issue({ customer: 'Shipyard' });
  const [crane, lathe] = [await TestDevice.create(portal), await TestDevice.create(portal)];
  const request = await crane.request(key, { deviceName: 'crane' });
  await trip(portal, crane, request);
  portal.wait(1);
  await trip(portal, lathe, await lathe.request(key));
  portal.wait(1);
  const activationId = crane.license?.claims.activationId;
  assert(activationId);
  await portal.administer('a', (records, context) => makeRefresh(activationId, records, context));
  portal.wait(86_400);
  await trip(portal, crane, await crane.deactivate());
  return { portal, license, crane, lathe, request };
}

const said = ({ code, kind }: ExchangeLine) => code ?? kind;

suite('searchExchanges()', () => {
  test('gives every file, newest first, with its device and customer', async t => {
    const { portal } = await portalWithFiles(t);
    const { items, next } = await searchExchanges(portal.database.db, {}, first);
    assert.deepEqual(items.map(said), ['deactivation', 'refresh', 'NO_SEATS_LEFT', 'activation-request']);
    assert.deepEqual(
      items.map(({ deviceName, hasReceived, hasAnswer }) => [deviceName, hasReceived, hasAnswer]),
      [
        ['crane', true, true],
        ['crane', false, true],
        ['', true, true],
        ['crane', true, true],
      ],
    );
    assert(items.every(({ customer }) => customer === 'Shipyard'));
    assert.equal(next, null);
  });

  test('narrows by kind, decision, code, day and device', async t => {
    const { portal, crane, lathe } = await portalWithFiles(t);
    const cases: [ExchangeFilter, string[]][] = [
      [{ kind: 'refresh' }, ['refresh']],
      [{ decision: 'refusal' }, ['NO_SEATS_LEFT']],
      [{ decision: 'receipt' }, ['deactivation']],
      [{ decision: 'license' }, ['refresh', 'activation-request']],
      [{ code: 'NO_SEATS_LEFT' }, ['NO_SEATS_LEFT']],
      [{ code: 'DEVICE_COPIED' }, []],
      [{ range: { fromS: nowS + 86_400, untilS: nowS + 2 * 86_400 } }, ['deactivation']],
      [{ range: { fromS: nowS, untilS: nowS + 1 } }, ['activation-request']],
      [{ device: { id: lathe.id } }, ['NO_SEATS_LEFT']],
      [{ device: { id: crane.id }, kind: 'refresh' }, ['refresh']],
    ];
    for (const [filter, expected] of cases) {
      const { items } = await searchExchanges(portal.database.db, filter, first);
      assert.deepEqual(items.map(said), expected, JSON.stringify(filter, undefined, 0));
    }
    const { number } = (await portal.administer('a', records => records.findDevice(lathe.id))) ?? {};
    assert(number);
    const byNumber = await searchExchanges(portal.database.db, { device: { number } }, first);
    assert.deepEqual(byNumber.items.map(said), ['NO_SEATS_LEFT']);
  });

  test('gives pages without gap or repetition, also within one second', async t => {
    const portal = await testPortal(t);
    const { key } = await portal.issue({ maxActivations: 1 });
    for (let index = 0; index < 7; index += 1) {
      const device = await TestDevice.create(portal);
      await trip(portal, device, await device.request(key));
    }
    const seen: string[] = [];
    let after: ExchangePlace | null = null;
    do {
      const part: Awaited<ReturnType<typeof searchExchanges>> = await searchExchanges(
        portal.database.db,
        {},
        { after, limit: 3 },
      );
      seen.push(...part.items.map(({ requestId }) => toHex(requestId)));
      after = part.next;
    } while (after !== null);
    assert.equal(seen.length, 7);
    assert.equal(new Set(seen).size, 7);
  });

  test('looks at no more than so many, and says where it stopped', async t => {
    const { portal } = await portalWithFiles(t);
    const { db } = portal.database;
    const filter = { kind: 'activation-request' } as const;
    const part = await searchExchanges(db, filter, { ...first, most: 2 });
    assert.deepEqual([part.items.length, part.isCut], [0, true]);
    const rest = await searchExchanges(db, filter, { after: part.next, limit: 50, most: 2 });
    assert.deepEqual(rest.items.map(said), ['NO_SEATS_LEFT', 'activation-request']);
  });
});

test('findFiles() gives the file as it came, byte for byte, and the answer that was handed out', async t => {
  const { portal, crane, request } = await portalWithFiles(t);
  const { items } = await searchExchanges(portal.database.db, { device: { id: crane.id } }, first);
  const [requested] = items.filter(({ kind }) => kind === 'activation-request');
  assert(requested);
  const files = await findFiles(portal.database.db, requested);
  assert(files?.received);
  assert.equal(toHex(files.received), toHex(request));
  const { container } = await portal.exchange(request);
  assert(toHex(container).endsWith(toHex(files.answer)));
  assert.equal(await findFiles(portal.database.db, { ...requested, requestId: new Uint8Array(16) }), null);
});

test('a file that comes as text is kept in its binary form', async t => {
  const portal = await testPortal(t);
  const { key } = await portal.issue();
  const device = await TestDevice.create(portal);
  const request = await device.request(key);
  await portal.exchange(new TextEncoder().encode(toArmor(request)));
  const [row] = await portal.database.db.selectFrom('exchange').select('received').execute();
  assert.equal(row?.received && toHex(row.received), toHex(request));
});

suite('what is looked at', () => {
  const plans: [name: string, filter: ExchangeFilter, index: RegExp][] = [
    ['of all', {}, /exchange_by_time/],
    ['of a day', { range: { fromS: nowS, untilS: nowS + 86_400 } }, /exchange_by_time/],
    ['of what was refused', { decision: 'refusal' }, /exchange_refused_by_time/],
    ['of one device', { device: { id: new Uint8Array(32) } }, /exchange_key|sqlite_autoindex_exchange_1/],
  ];
  for (const [name, filter, index] of plans) {
    test(`is found by an index: ${name}`, async t => {
      const { portal } = await portalWithFiles(t);
      assert.match(await planOf(portal, filter), index);
    });
  }
});

/** PostgreSQL reads a table of few rows as a whole, unless it is told not to. */
const ids = { requestId: new Uint8Array(16), licenseId: new Uint8Array(16) };

async function planOf({ database: { db } }: TestPortal, filter: ExchangeFilter): Promise<string> {
  const after = { decidedAtS: nowS + 1e6, deviceId: new Uint8Array(32), ...ids };
  const { sql, parameters } = lookedAt(db, filter, after).limit(1).compile();
  const explain = isOnPostgres ? 'explain' : 'explain query plan';
  return db.connection().execute(async connection => {
    if (isOnPostgres) await connection.executeQuery(CompiledQuery.raw('set enable_seqscan = off'));
    const { rows } = await connection.executeQuery(CompiledQuery.raw(`${explain} ${sql}`, [...parameters]));
    if (isOnPostgres) await connection.executeQuery(CompiledQuery.raw('reset enable_seqscan'));
    return JSON.stringify(rows);
  });
}
