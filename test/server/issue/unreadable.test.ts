import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { concatBytes, utf8 } from '../../../src/bytes/bytes.ts';
import { FILE_PREFIX, toArmor, toQrText } from '../../../src/bytes/carrier.ts';
import { sha256 } from '../../../src/crypto/hash.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { exchange } from '../../../src/issue/exchange.ts';
import { TestDevice } from '../support/test-device.ts';
import { type TestPortal, testPortal } from '../support/test-portal.ts';

async function refusalOf(portal: TestPortal, device: TestDevice, file: Bytes) {
  const { container, code, kind } = await portal.exchange(file);
  const answer = await device.load(container);
  assert(answer.kind === 'refusal');
  assert.equal(answer.refusal.claims.code, code);
  return { ...answer.refusal.claims, kind };
}

suite('files that do not open', () => {
  test('get a signed refusal that names them by their digest', async t => {
    const portal = await testPortal(t);
    const device = await TestDevice.create(portal);
    const { key } = await portal.issue();
    const file = await device.request(key);
    const cut = file.slice(0, -1);
    const refusal = await refusalOf(portal, device, cut);
    assert.deepEqual(refusal.fileDigest, sha256(cut));
    assert.deepEqual([refusal.kind, refusal.code, refusal.requestId], [null, 'FILE_CUT_SHORT', undefined]);
  });

  test('are refused with the code of what is wrong', async t => {
    const portal = await testPortal(t);
    const stranger = await testPortal(t);
    const device = await TestDevice.create(portal);
    const { key } = await portal.issue();
    const ofStranger = await (await TestDevice.create(stranger)).request(key);
    const license = (await portal.exchange(await device.request(key))).container;
    const cases: [Bytes, string][] = [
      [new Uint8Array(0), 'FILE_EMPTY'],
      [utf8('a letter to the vendor'), 'FILE_NOT_LATCHKEY'],
      [new Uint8Array(70_000), 'FILE_TOO_LARGE'],
      [concatBytes(ofStranger, new Uint8Array(8_192)), 'FILE_TOO_LARGE'],
      [ofStranger, 'SEAL_KEY_UNKNOWN'],
      [license, 'KIND_UNEXPECTED'],
      [portal.keyRing.trust.bundleFile, 'KIND_UNEXPECTED'],
    ];
    for (const [file, code] of cases) {
      assert.equal((await refusalOf(portal, device, file)).code, code);
    }
    const rows = await portal.database.db.selectFrom('exchange').select('code').execute();
    assert.equal(rows.length, 1, 'of these only the genuine request is kept');
  });

  test('fail with a LatchkeyError alone, whichever byte is flipped', async t => {
    const portal = await testPortal(t);
    const device = await TestDevice.create(portal);
    const { key } = await portal.issue();
    const file = await device.request(key);
    for (const place of file.keys()) {
      const flipped = file.slice();
      flipped[place] = (flipped[place] ?? 0) ^ 0x10;
      const { code } = await portal.exchange(flipped);
      assert.notEqual(code, null, `byte ${place}`);
    }
  });
});

test('exchange() takes a file in any carrier', async t => {
  const portal = await testPortal(t);
  const device = await TestDevice.create(portal);
  const { key } = await portal.issue();
  const file = await device.request(key);
  const plain = await portal.exchange(file);
  for (const carried of [utf8(toArmor(file)), utf8(toQrText(file))]) {
    assert.deepEqual((await portal.exchange(carried)).container, plain.container);
  }
});

test('exchange() lays no fault of the portal on the file', async t => {
  const { portal } = await testPortal(t);
  const fault = new LatchkeyError('SERVER_FAILED', 'the thread that opens files has ended');
  const open = () => Promise.reject(fault);
  await assert.rejects(
    exchange(concatBytes(FILE_PREFIX, Uint8Array.of(0xd0)), { ...portal, open }),
    error => error === fault,
  );
});

test('exchange() lets a failure of the repository through and decides nothing', async t => {
  const portal = await testPortal(t);
  const device = await TestDevice.create(portal);
  const { key } = await portal.issue();
  const file = await device.request(key);
  await portal.database.db.schema.alterTable('exchange').renameTo('elsewhere').execute();
  await assert.rejects(portal.exchange(file), error => !(error instanceof LatchkeyError));
  await portal.database.db.schema.alterTable('elsewhere').renameTo('exchange').execute();
  const rows = await portal.database.db.selectFrom('activation').select('id').execute();
  assert.equal(rows.length, 0);
  assert.equal((await portal.exchange(file)).code, null);
});
