import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { sha256 } from '../../../src/crypto/hash.ts';
import { releaseSeat, setDeviceBlocked } from '../../../src/issue/administer/devices.ts';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import { removeUser } from '../../../src/issue/administer/users.ts';
import type { LicenseRecord } from '../../../src/issue/records.ts';
import { fingerprintKey, keySecret } from '../../../src/license/credentials.ts';
import type { LicenseKey } from '../../../src/license/license-key.ts';
import type { Signals } from '../../../src/license/node-lock.ts';
import type { ActivationRequestInput } from '../../../src/request/activation-request.ts';
import { kiosk } from '../../support/kiosk.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { type TestPortal, testPortal } from '../support/test-portal.ts';

const another: Signals = { ...kiosk, gpuVendor: 'amd', gpuFamily: 'radeon', processors: '16', memory: '32' };
const secret = new Uint8Array(32).fill(7);
const counted = { limits: { maximum: 100, overageMaximum: 0 } };

interface Story {
  readonly portal: TestPortal;
  readonly license: LicenseRecord;
  readonly key: LicenseKey;
  /** Has the only seat, and a recovery file. */
  readonly before: TestDevice;
}

/** A license with one seat and no transfers, and a machine that has it, with a recovery secret. */
async function withRecoveryFile(t: TestContext, terms: Partial<LicenseTerms> = {}): Promise<Story> {
  const portal = await testPortal(t);
  const { license, key } = await portal.issue({ maxTransfers: 0, ...counted, ...terms });
  const before = await TestDevice.create(portal);
  const commitment = { recoveryCommitment: sha256(secret) };
  assert.equal(
    await trip(portal, before, await before.request(key, { signals: kiosk, ...commitment })),
    null,
  );
  return { portal, license, key, before };
}

/** What a recovery file makes a request of, on a machine with these signals. */
function recovering(
  { portal, key }: Story,
  { license, consumption, periods }: TestDevice,
  { signals = kiosk, proof = secret }: { signals?: Signals; proof?: Bytes } = {},
): ActivationRequestInput {
  assert(license && consumption);
  const { domainId } = portal.keyRing.trust;
  return {
    replaces: { id: license.claims.activationId, secret: proof },
    recoveryCommitment: sha256(secret),
    fingerprintKey: fingerprintKey(domainId, keySecret(domainId, key)),
    ...{ signals, consumption, periods },
  };
}

async function recover(story: Story, from: TestDevice, how: { signals?: Signals; proof?: Bytes } = {}) {
  const device = await TestDevice.create(story.portal);
  const code = await trip(
    story.portal,
    device,
    await device.request(undefined, recovering(story, from, how)),
  );
  return { device, code };
}

async function countsOf({ portal, license }: Story) {
  const { seatsTaken, seatsGranted, transfersUsed, rebindsUsed, meter } = await portal.license(license.id);
  return { seatsTaken, seatsGranted, transfersUsed, rebindsUsed, used: meter.used };
}

const oneSeat = { seatsTaken: 1, seatsGranted: 1, transfersUsed: 0, rebindsUsed: 0 };

suite('a recovery file', () => {
  test('gives the machine seat and consumption back without key, person, transfer or second seat', async t => {
    const story = await withRecoveryFile(t);
    const { portal, before } = story;
    before.consume(12);
    await trip(portal, before, await before.report());
    before.consume(18);

    const { device, code } = await recover(story, before);
    assert.equal(code, null);
    assert.equal(device.license?.claims.limits?.baseline, 30, 'also what was never reported');
    assert.deepEqual(await countsOf(story), { ...oneSeat, used: 30 });
    const { db } = portal.database;
    const rows = await db
      .selectFrom('audit')
      .select('action')
      .where('action', '=', 'activation.rebind')
      .execute();
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['activation.rebind'],
    );
  });

  test('that is old lowers nothing, and one that was answered twice counts once', async t => {
    const story = await withRecoveryFile(t);
    const { portal, before } = story;
    before.consume(5);
    const old = before.copyProfile();
    before.consume(20);
    await trip(portal, before, await before.report());

    const device = await TestDevice.create(portal);
    const file = await device.request(undefined, recovering(story, old));
    for (const _ of [1, 2]) assert.equal(await trip(portal, device, file), null);
    assert.equal(device.license?.claims.limits?.baseline, 25);
    assert.deepEqual(await countsOf(story), { ...oneSeat, used: 25 });
  });

  test('stays good for the next loss, since the seat keeps its secret', async t => {
    const story = await withRecoveryFile(t);
    const { before } = story;
    before.consume(3);
    const first = await recover(story, before);
    first.device.consume(4);
    await trip(story.portal, first.device, await first.device.report());
    const second = await recover(story, before);
    assert.equal(second.code, null);
    assert.equal(second.device.license?.claims.limits?.baseline, 7);
    assert.deepEqual(await countsOf(story), { ...oneSeat, used: 7 });
    const { container } = await story.portal.exchange(await first.device.report());
    await first.device.load(container);
    assert.equal(first.device.license?.claims.licenseState, 'replaced');
  });

  test('used again by the machine that has the seat changes nothing', async t => {
    const story = await withRecoveryFile(t);
    const { device } = await recover(story, story.before);
    const id = device.license?.claims.activationId;
    const again = await device.request(undefined, recovering(story, story.before));
    assert.equal(await trip(story.portal, device, again), null);
    assert.deepEqual(device.license?.claims.activationId, id);
    assert.deepEqual(await countsOf(story), { ...oneSeat, used: 0 });
  });

  test('leaves a report that was on its way no sign of a copy', async t => {
    const story = await withRecoveryFile(t);
    const { portal, before } = story;
    before.consume(5);
    const onItsWay = await before.report();
    before.consume(5);
    await recover(story, before);
    assert.equal(await trip(portal, before, onItsWay), null);
    assert.equal(before.license?.claims.licenseState, 'replaced');
    assert.equal(
      (await portal.database.db.selectFrom('device').select('copied_at_s').execute())[0]?.copied_at_s,
      null,
    );
    assert.equal((await countsOf(story)).used, 10);
  });

  test('on another machine is a transfer, where one is left', async t => {
    const none = await withRecoveryFile(t);
    assert.equal((await recover(none, none.before, { signals: another })).code, 'TRANSFERS_USED_UP');
    const one = await withRecoveryFile(t, { maxTransfers: 1 });
    assert.equal((await recover(one, one.before, { signals: another })).code, null);
    assert.deepEqual(await countsOf(one), {
      ...oneSeat,
      seatsTaken: 1,
      seatsGranted: 2,
      transfersUsed: 1,
      used: 0,
    });
  });

  test('with another secret, or of an activation that was released, names no license', async t => {
    const story = await withRecoveryFile(t);
    const { portal, before, license } = story;
    const wrong = await recover(story, before, { proof: new Uint8Array(32).fill(8) });
    assert.equal(wrong.code, 'CREDENTIALS_MISSING');
    const activationId = before.license?.claims.activationId;
    assert(activationId);
    await portal.administer('owner@example', (records, context) =>
      releaseSeat(activationId, records, context),
    );
    assert.equal((await recover(story, before)).code, 'CREDENTIALS_MISSING');
    const seats = await portal.license(license.id);
    assert.equal(seats.seatsTaken, 0);
  });

  test('of a device that the vendor blocked gives nothing', async t => {
    const story = await withRecoveryFile(t);
    const { portal, before } = story;
    await portal.administer('owner@example', (records, context) =>
      setDeviceBlocked({ deviceId: before.id, blocked: true }, records, context),
    );
    assert.equal((await recover(story, before)).code, 'DEVICE_BLOCKED');
  });

  test('of a user gives the license back without a password, while the license is theirs', async t => {
    const portal = await testPortal(t);
    const { license } = await portal.issueForUsers(['anna'], {
      maxActivations: 1,
      maxTransfers: 0,
      devicesPerUser: 1,
    });
    const user = await portal.credentials('anna');
    const before = await TestDevice.create(portal);
    const asked = await before.request(undefined, {
      user,
      signals: kiosk,
      recoveryCommitment: sha256(secret),
    });
    assert.equal(await trip(portal, before, asked), null);
    assert(before.license);
    const input = {
      replaces: { id: before.license.claims.activationId, secret },
      recoveryCommitment: sha256(secret),
      fingerprintKey: fingerprintKey(portal.keyRing.trust.domainId, user.secret),
      signals: kiosk,
    };
    const after = await TestDevice.create(portal);
    assert.equal(await trip(portal, after, await after.request(undefined, input)), null);
    const [seat] = await portal.database.db
      .selectFrom('activation')
      .select('user_id')
      .where('end_reason', 'is', null)
      .execute();
    assert.deepEqual(seat?.user_id, await portal.user('anna'));

    const userId = await portal.user('anna');
    await portal.administer('owner@example', async (records, context) =>
      removeUser({ license, userId }, records, context),
    );
    const next = await TestDevice.create(portal);
    assert.equal(await trip(portal, next, await next.request(undefined, input)), 'USER_NOT_LICENSED');
  });

  test('brings what was used of the month, and the share of a maximum', async t => {
    const limits = { maximum: 20, overageMaximum: 0, resetPeriod: 'monthly', share: 10 } as const;
    const story = await withRecoveryFile(t, { limits });
    story.before.consume(4);
    const { device, code } = await recover(story, story.before);
    assert.equal(code, null);
    const { baseline, allotment } = device.license?.claims.limits ?? {};
    assert.deepEqual([baseline, allotment], [4, 10]);
    device.consume(10);
    assert.throws(() => device.consume(1), 'its share');
    assert.equal(await trip(story.portal, device, await device.report()), null);
    const [month] = await story.portal.database.db.selectFrom('license_period').selectAll().execute();
    assert.equal(month?.used, 14);
  });
});
