import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { auditListSchema } from '../../../src/api/audit.ts';
import { type Device, deviceListSchema } from '../../../src/api/devices.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { MAX_REFRESH_GROUP, madeRefreshListSchema } from '../../../src/api/refresh.ts';
import { fromBase64url } from '../../../src/bytes/base64url.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import type { TestDevice } from '../support/test-device.ts';

const cleanup = suiteCleanup();
let fixture: ConsoleFixture;

before(async () => {
  fixture = await consoleFixture(cleanup);
});

/** A license with several devices, the first activated first. */
async function activated(count: number) {
  const license = await fixture.issue({ maxActivations: count });
  const devices: TestDevice[] = [];
  const shown: Device[] = [];
  for (let each = 0; each < count; each += 1) {
    devices.push(await fixture.activate(license.key));
    const known = new Set(shown.map(({ activationId }) => activationId));
    shown.push(...(await listed(license.id)).filter(({ activationId }) => !known.has(activationId)));
  }
  return { license, devices, ids: shown.map(({ activationId }) => activationId ?? ''), shown };
}

async function listed(id: string): Promise<Device[]> {
  return read(deviceListSchema, await fixture.client.get(consolePaths.licenseDevices(id))).items;
}

async function make(activationIds: readonly string[]) {
  const answer = await fixture.client.post(consolePaths.refreshFiles, { activationIds });
  assert.equal(answer.status, 200, answer.body.toString());
  return read(madeRefreshListSchema, answer).items;
}

describe('refresh files for many devices', () => {
  it('are made for each, in order, and each device takes its own and no other', async () => {
    const { devices, ids } = await activated(3);
    const items = await make([...ids].reverse());
    assert.deepEqual(
      items.map(({ activationId }) => activationId),
      [...ids].reverse(),
    );
    for (const [index, device] of devices.entries()) {
      const before = device.license?.claims.revision ?? 0;
      for (const item of items) {
        assert.ok('file' in item);
        const isOwn = item.activationId === ids[index];
        const loading = device.load(fromBase64url(item.file));
        if (isOwn) assert.equal((await loading).kind, 'license');
        else await assert.rejects(loading, { code: 'DEVICE_MISMATCH' });
      }
      assert.ok((device.license?.claims.revision ?? 0) > before);
    }
  });

  it('have a revision and an entry in the history each', async () => {
    const { license, ids, shown } = await activated(2);
    await make(ids);
    const after = await listed(license.id);
    for (const { activationId, revision } of shown) {
      const now = after.find(each => each.activationId === activationId);
      assert.ok((now?.revision ?? 0) > revision);
      assert.ok(now?.files.some(({ kind }) => kind === 'refresh'));
    }
    const { items } = read(auditListSchema, await fixture.client.get(consolePaths.licenseAudit(license.id)));
    const entries = items.filter(({ action }) => action === 'activation.refresh');
    assert.deepEqual(
      entries.map(({ deviceNumber }) => deviceNumber).sort(),
      shown.map(({ deviceNumber }) => deviceNumber).sort(),
    );
  });

  it('clear the PIN of a device when that is asked for, which the log tells apart', async () => {
    const { license, devices, ids, shown } = await activated(1);
    const plain = await fixture.client.post(consolePaths.refreshFile(ids[0] ?? ''));
    await devices[0]?.load(new Uint8Array(plain.body));
    assert.equal(devices[0]?.license?.claims.clearPin, undefined);
    const { status, body } = await fixture.client.post(consolePaths.clearPinFile(ids[0] ?? ''));
    assert.equal(status, 200);
    await devices[0]?.load(new Uint8Array(body));
    assert.equal(devices[0]?.license?.claims.clearPin, true);
    const { items } = read(auditListSchema, await fixture.client.get(consolePaths.licenseAudit(license.id)));
    const entries = items.filter(({ action }) => action === 'device.clear-pin');
    assert.deepEqual(
      entries.map(({ deviceNumber }) => deviceNumber),
      [shown[0]?.deviceNumber],
    );
    const next = await fixture.client.post(consolePaths.refreshFile(ids[0] ?? ''));
    await devices[0]?.load(new Uint8Array(next.body));
    assert.equal(devices[0]?.license?.claims.clearPin, undefined, 'it goes once');
  });

  it('fail one by one: a device that there is not harms no other', async () => {
    const { ids } = await activated(2);
    const unknown = 'f'.repeat(32);
    const items = await make([ids[0] ?? '', unknown, ids[1] ?? '']);
    assert.deepEqual(
      items.map(item => ('code' in item ? item.code : 'file')),
      ['file', 'NOT_FOUND', 'file'],
    );
  });

  it('lock the devices that are blocked or whose seat was released', async () => {
    const { devices, ids, shown } = await activated(3);
    await fixture.client.post(consolePaths.blockDevice(shown[0]?.deviceId ?? ''));
    await fixture.client.post(consolePaths.releaseSeat(ids[1] ?? ''));
    const items = await make(ids);
    const states = ['blocked', 'released', undefined];
    for (const [index, item] of items.entries()) {
      assert.ok('file' in item);
      await devices[index]?.load(fromBase64url(item.file));
      assert.equal(devices[index]?.license?.claims.licenseState, states[index]);
    }
  });

  it('are refused as a whole for no device, one twice, too many, or what is no id', async () => {
    const ids = Array.from({ length: MAX_REFRESH_GROUP + 1 }, (_, each) =>
      each.toString(16).padStart(32, '0'),
    );
    const [first = ''] = ids;
    for (const [activationIds, rule] of [
      [[], 'required'],
      [[first, first], 'repeated'],
      [ids, 'too-many'],
      [['x'], 'format'],
    ] as const) {
      const answer = await fixture.client.post(consolePaths.refreshFiles, { activationIds });
      assert.equal(answer.status, 400);
      assert.equal(answer.json<{ data: { rule: string } }>().data.rule, rule);
    }
    assert.equal((await make(ids.slice(0, MAX_REFRESH_GROUP))).length, MAX_REFRESH_GROUP);
  });
});
