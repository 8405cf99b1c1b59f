import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { releaseSeat, setDeviceBlocked } from '../../../src/issue/administer/devices.ts';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import { approveRebind, withdrawRebind } from '../../../src/issue/administer/rebinds.ts';
import type { LicenseRecord } from '../../../src/issue/records.ts';
import type { LicenseKey } from '../../../src/license/license-key.ts';
import type { Signals } from '../../../src/license/node-lock.ts';
import { createLog } from '../../../src/server/log.ts';
import { FINGERPRINT_DAYS, keepRetention } from '../../../src/server/retention.ts';
import { kiosk } from '../../support/kiosk.ts';
import { dataFolder } from '../support/data-folder.ts';
import { issueBundle } from '../support/license-bundle.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { type TestPortal, testPortal } from '../support/test-portal.ts';

const day = 86_400;

const other: Signals = { ...kiosk, gpuVendor: 'amd', gpuFamily: 'radeon', processors: '16', memory: '32' };

interface Story {
  readonly portal: TestPortal;
  readonly license: LicenseRecord;
  readonly key: LicenseKey;
  /** Has the only seat. */
  readonly before: TestDevice;
  /** The same machine after its storage was lost: another key. */
  readonly after: TestDevice;
}

/** A license with one seat, no transfers, and a machine that had it and lost its storage. */
async function lostStorage(t: TestContext, terms: Partial<LicenseTerms> = {}): Promise<Story> {
  const portal = await testPortal(t);
  const { license, key } = await portal.issue({ maxTransfers: 0, ...terms });
  const before = await TestDevice.create(portal);
  assert.equal(await trip(portal, before, await before.request(key, { signals: kiosk })), null);
  return { portal, license, key, before, after: await TestDevice.create(portal) };
}

function activationOf({ license }: TestDevice): Bytes {
  assert(license);
  return license.claims.activationId;
}

/** A person at the vendor gives the seat of one device to another. */
function approve({ portal, license }: Pick<Story, 'portal' | 'license'>, from: TestDevice, to: TestDevice) {
  const asking = { licenseId: license.id, deviceId: to.id, activationId: activationOf(from) };
  return portal.administer('owner@example', (records, context) => approveRebind(asking, records, context));
}

function block({ portal }: Story, device: TestDevice) {
  return portal.administer('owner@example', (records, context) =>
    setDeviceBlocked({ deviceId: device.id, blocked: true }, records, context),
  );
}

async function countsOf({ portal, license }: Story) {
  const { seatsTaken, seatsGranted, transfersUsed, rebindsUsed, meter } = await portal.license(license.id);
  return { seatsTaken, seatsGranted, transfersUsed, rebindsUsed, used: meter.used };
}

async function actionsOf({ portal: { database } }: Story): Promise<string[]> {
  const rows = await database.db.selectFrom('audit').select('action').orderBy('sequence').execute();
  return rows.map(({ action }) => action).filter(action => /rebind/.test(action));
}

const refusedBecause = (rule: string) => (error: unknown) =>
  error instanceof LatchkeyError && error.code === 'FIELD_REFUSED' && error.data?.rule === rule;

const isNotFound = (error: unknown) => error instanceof LatchkeyError && error.code === 'NOT_FOUND';

suite('a rebind by a person', () => {
  test('lets the very same file have the seat, with neither seat nor transfer nor consumption counted anew', async t => {
    const story = await lostStorage(t, { limits: { maximum: 100, overageMaximum: 0 } });
    const { portal, key, before, after } = story;
    before.consume(30);
    await trip(portal, before, await before.report());
    const file = await after.request(key, { signals: kiosk });
    assert.equal(await trip(portal, after, file), 'NO_SEATS_LEFT');

    await approve(story, before, after);
    assert.equal(await trip(portal, after, file), null);
    assert.deepEqual(await countsOf(story), {
      ...{ seatsTaken: 1, seatsGranted: 1, transfersUsed: 0, rebindsUsed: 0, used: 30 },
    });
    assert.equal(after.license?.claims.limits?.baseline, 30, 'the device begins with what was used');
    assert.throws(() => after.consume(71));
    after.consume(70);
    assert.equal(await trip(portal, after, await after.report()), null);
    assert.equal((await countsOf(story)).used, 100);
    assert.deepEqual(await actionsOf(story), ['activation.approve-rebind', 'activation.rebind']);
  });

  test('leaves the old device its late report, which counts once and brings a license that has ended', async t => {
    const story = await lostStorage(t, { limits: { maximum: 100, overageMaximum: 0 } });
    const { portal, key, before, after } = story;
    const file = await after.request(key, { signals: kiosk });
    await trip(portal, after, file);
    await approve(story, before, after);
    await trip(portal, after, file);

    before.consume(12);
    const late = await before.report();
    for (const _ of [1, 2]) {
      assert.equal(await trip(portal, before, late), null);
      assert.equal(before.license?.claims.licenseState, 'replaced');
      assert.equal((await countsOf(story)).used, 12);
    }
    await trip(portal, after, await after.report());
    assert.equal(after.license?.claims.limits?.baseline, 12);
    const { container, code } = await portal.exchange(await before.deactivate());
    assert.equal(code, null);
    assert.equal((await before.load(container)).kind, 'receipt');
    assert.equal((await countsOf(story)).seatsTaken, 1, 'it frees no seat that it has not');
  });

  test('moves the share of a maximum along, so that others get no less', async t => {
    const limits = { maximum: 20, overageMaximum: 0, share: 10 };
    const story = await lostStorage(t, { limits, maxActivations: 2 });
    const { portal, key, before, after } = story;
    const second = await TestDevice.create(portal);
    await trip(portal, second, await second.request(key, { signals: other }));
    before.consume(4);
    await trip(portal, before, await before.report());
    const file = await after.request(key, { signals: kiosk });
    await trip(portal, after, file);
    await approve(story, before, after);
    await trip(portal, after, file);
    assert.equal(after.license?.claims.limits?.allotment, 6, '20, less 4 used and 10 held by the other');
    await trip(portal, second, await second.report());
    assert.equal(second.license?.claims.limits?.allotment, 10);
  });

  test('is for a device that was refused a seat, and for a seat that is there', async t => {
    const story = await lostStorage(t);
    const { portal, key, before, after } = story;
    await assert.rejects(approve(story, before, after), isNotFound);
    await trip(portal, after, await after.request(key, { signals: kiosk }));
    const elsewhere = await portal.issue();
    const another = await TestDevice.create(portal);
    await trip(portal, another, await another.request(elsewhere.key));
    await assert.rejects(approve(story, another, after), refusedBecause('not-allowed'));
    await portal.administer('owner@example', (records, context) =>
      releaseSeat(activationOf(before), records, context),
    );
    await assert.rejects(approve(story, before, after), refusedBecause('not-allowed'));
  });

  test('can be taken back until the device comes for it', async t => {
    const story = await lostStorage(t);
    const { portal, license, key, before, after } = story;
    const file = await after.request(key, { signals: kiosk });
    await trip(portal, after, file);
    await approve(story, before, after);
    await portal.administer('owner@example', (records, context) =>
      withdrawRebind({ licenseId: license.id, deviceId: after.id }, records, context),
    );
    assert.equal(await trip(portal, after, file), 'NO_SEATS_LEFT');
    assert.equal(await trip(portal, before, await before.report()), null);
    assert.equal(before.license?.claims.licenseState, undefined);
  });

  test('is not for a blocked device, nor around the block of one, also when the block came after the yes', async t => {
    const story = await lostStorage(t);
    const { portal, key, before, after } = story;
    const file = await after.request(key, { signals: kiosk });
    await trip(portal, after, file);
    await approve(story, before, after);
    await block(story, before);
    assert.equal(await trip(portal, after, file), 'NO_SEATS_LEFT');
    await assert.rejects(approve(story, before, after), refusedBecause('not-allowed'));
    const third = await TestDevice.create(portal);
    await trip(portal, third, await third.request(key, { signals: kiosk }));
    await block(story, third);
    await assert.rejects(approve(story, before, third), refusedBecause('not-allowed'));
    assert.equal((await countsOf(story)).seatsTaken, 1);
  });

  test('lets a request that names what it replaces have it', async t => {
    const story = await lostStorage(t);
    const { portal, key, before, after } = story;
    const replaces = { id: activationOf(before) };
    const file = await after.request(key, { signals: kiosk, replaces });
    assert.equal(await trip(portal, after, file), 'REBIND_NEEDS_APPROVAL');
    await approve(story, before, after);
    assert.equal(await trip(portal, after, file), null);
    assert.equal((await countsOf(story)).seatsTaken, 1);
  });

  test('of a user makes room within the devices of that user', async t => {
    const portal = await testPortal(t);
    const { license } = await portal.issueForUsers(['anna'], { devicesPerUser: 1, maxActivations: 3 });
    const user = await portal.credentials('anna');
    const [before, after] = [await TestDevice.create(portal), await TestDevice.create(portal)];
    await trip(portal, before, await before.request(undefined, { user, signals: kiosk }));
    const file = await after.request(undefined, { user, signals: kiosk });
    assert.equal(await trip(portal, after, file), 'NO_SEATS_LEFT');
    await approve({ portal, license }, before, after);
    assert.equal(await trip(portal, after, file), null);
    assert.equal((await portal.license(license.id)).seatsTaken, 1);
  });

  test('comes before a seat of another license of the user that came free', async t => {
    const portal = await testPortal(t);
    const { license } = await portal.issueForUsers(['anna']);
    portal.wait(1);
    const { license: later } = await portal.issueForUsers(['anna']);
    const user = await portal.credentials('anna');
    const devices = await Promise.all([1, 2, 3].map(() => TestDevice.create(portal)));
    const [before, second, after] = devices;
    assert(before && second && after);
    await trip(portal, before, await before.request(undefined, { user, signals: kiosk }));
    await trip(portal, second, await second.request(undefined, { user, signals: other }));
    const file = await after.request(undefined, { user, signals: kiosk });
    assert.equal(await trip(portal, after, file), 'NO_SEATS_LEFT');
    await approve({ portal, license }, before, after);
    await trip(portal, second, await second.deactivate());
    assert.equal(await trip(portal, after, file), null);
    assert.equal((await portal.license(license.id)).seatsTaken, 1);
    assert.equal((await portal.license(later.id)).seatsTaken, 0);
  });
});

suite('a rebind without a person', () => {
  test('gives a machine that lost its storage its seat at once, and counts that alone', async t => {
    const story = await lostStorage(t, { maxRebinds: 2, limits: { maximum: 100, overageMaximum: 0 } });
    const { portal, key, before, after } = story;
    before.consume(30);
    await trip(portal, before, await before.report());
    assert.equal(await trip(portal, after, await after.request(key, { signals: kiosk })), null);
    assert.deepEqual(await countsOf(story), {
      ...{ seatsTaken: 1, seatsGranted: 1, transfersUsed: 0, rebindsUsed: 1, used: 30 },
    });
    assert.equal(after.license?.claims.limits?.baseline, 30);
    await trip(portal, before, await before.report());
    assert.equal(before.license?.claims.licenseState, 'replaced');
    assert.deepEqual(await actionsOf(story), ['activation.rebind']);
  });

  test("gives a user a seat of the user's own devices, past the devices that each may have", async t => {
    const portal = await testPortal(t);
    const terms = { devicesPerUser: 1, maxActivations: 3, maxRebinds: 1 };
    const { license } = await portal.issueForUsers(['anna', 'ben'], terms);
    const [anna, ben] = [await portal.credentials('anna'), await portal.credentials('ben')];
    const devices = await Promise.all([1, 2, 3].map(() => TestDevice.create(portal)));
    const [ofAnna, ofBen, after] = devices;
    assert(ofAnna && ofBen && after);
    await trip(portal, ofAnna, await ofAnna.request(undefined, { user: anna, signals: kiosk }));
    await trip(portal, ofBen, await ofBen.request(undefined, { user: ben, signals: kiosk }));
    assert.equal(
      await trip(portal, after, await after.request(undefined, { user: ben, signals: kiosk })),
      null,
    );
    await trip(portal, ofAnna, await ofAnna.report());
    await trip(portal, ofBen, await ofBen.report());
    assert.equal(ofAnna.license?.claims.licenseState, undefined);
    assert.equal(ofBen.license?.claims.licenseState, 'replaced');
    assert.equal((await portal.license(license.id)).seatsTaken, 2);
  });

  test('takes no seat while one is free: machines of one model are many machines', async t => {
    const story = await lostStorage(t, { maxRebinds: null, maxActivations: 2 });
    const { portal, key, before, after } = story;
    assert.equal(await trip(portal, after, await after.request(key, { signals: kiosk })), null);
    await trip(portal, before, await before.report());
    assert.equal(before.license?.claims.licenseState, undefined);
    assert.deepEqual([(await countsOf(story)).seatsTaken, (await countsOf(story)).rebindsUsed], [2, 0]);
  });

  test('happens as often as the license says', async t => {
    const story = await lostStorage(t, { maxRebinds: 2 });
    const { portal, key } = story;
    const codes: (string | null)[] = [];
    for (const _ of [1, 2, 3]) {
      portal.wait(2 * day);
      const machine = await TestDevice.create(portal);
      codes.push(await trip(portal, machine, await machine.request(key, { signals: kiosk })));
    }
    assert.deepEqual(codes, [null, null, 'NO_SEATS_LEFT']);
    assert.equal((await countsOf(story)).seatsTaken, 1);
  });

  test('is not for who has the license key and makes a fingerprint up', async t => {
    const { portal, key, before } = await lostStorage(t, { maxRebinds: null });
    const guesses: Signals[] = [{}, { platform: 'windows' }, other, { platform: 'windows', language: 'de' }];
    for (const signals of guesses) {
      const attacker = await TestDevice.create(portal);
      assert.equal(await trip(portal, attacker, await attacker.request(key, { signals })), 'NO_SEATS_LEFT');
    }
    await trip(portal, before, await before.report());
    assert.equal(before.license?.claims.licenseState, undefined);
  });

  test('gives one seat to one of two machines that ask at once', async t => {
    const story = await lostStorage(t, { maxRebinds: null });
    const { portal, key, after } = story;
    const rival = await TestDevice.create(portal);
    const both = await Promise.all(
      [after, rival].map(async device => portal.exchange(await device.request(key, { signals: kiosk }))),
    );
    assert.deepEqual(both.map(({ code }) => code).sort(), ['NO_SEATS_LEFT', null].sort());
    const { seatsTaken, rebindsUsed } = await countsOf(story);
    assert.deepEqual([seatsTaken, rebindsUsed], [1, 1]);
  });

  test('is not for a device that has its key still, so that a seat does not go back and forth', async t => {
    const story = await lostStorage(t, { maxRebinds: null });
    const { portal, key, before, after } = story;
    await trip(portal, after, await after.request(key, { signals: kiosk }));
    portal.wait(2 * day);
    assert.equal(await trip(portal, before, await before.request(key, { signals: kiosk })), 'NO_SEATS_LEFT');
    await trip(portal, after, await after.report());
    assert.equal(after.license?.claims.licenseState, undefined);
  });

  test('gives a copy that was told so and makes a new key no seat of the device that it was copied from', async t => {
    const story = await lostStorage(t, { maxRebinds: null, limits: { maximum: 100, overageMaximum: 0 } });
    const { portal, key, before, after } = story;
    const copy = before.copyProfile();
    before.consume(5);
    await trip(portal, before, await before.report());
    copy.consume(9);
    assert.equal(await trip(portal, copy, await copy.report()), 'DEVICE_COPIED');
    assert.equal(await trip(portal, after, await after.request(key, { signals: kiosk })), 'NO_SEATS_LEFT');
  });

  test('is not opened by old requests that come again', async t => {
    const story = await lostStorage(t, { maxRebinds: 1 });
    const { portal, key, before, after } = story;
    const first = await before.request(key, { signals: kiosk });
    await trip(portal, before, first);
    const early = await after.request(key, { signals: other });
    assert.equal(await trip(portal, after, early), 'NO_SEATS_LEFT');
    assert.equal(await trip(portal, after, await after.request(key, { signals: kiosk })), null);
    const third = await TestDevice.create(portal);
    portal.wait(2 * day);
    await trip(portal, third, await third.request(key, { signals: kiosk }));
    await approve(story, after, third);
    await trip(portal, third, await third.request(key, { signals: kiosk }));

    // The device that had the seat last: its refused file is decided anew, and does not get it back.
    assert.equal((await portal.exchange(early)).code, 'NO_SEATS_LEFT');
    // The file of the first: the answer that it got then, of a revision that its device does not go back to.
    const { isRepeated, code } = await portal.exchange(first);
    assert.deepEqual([isRepeated, code], [true, null]);
    const { seatsTaken, rebindsUsed } = await countsOf(story);
    assert.deepEqual([seatsTaken, rebindsUsed], [1, 1]);
    await trip(portal, third, await third.report());
    assert.equal(third.license?.claims.licenseState, undefined);
  });

  test('does not go around a block', async t => {
    const story = await lostStorage(t, { maxRebinds: null });
    await block(story, story.before);
    const { portal, key, after } = story;
    assert.equal(await trip(portal, after, await after.request(key, { signals: kiosk })), 'NO_SEATS_LEFT');
  });

  test('lets a machine that names what it replaces have it, if it is alike', async t => {
    const story = await lostStorage(t, { maxRebinds: null });
    const { portal, key, before, after } = story;
    const replaces = { id: activationOf(before) };
    const stranger = await TestDevice.create(portal);
    const code = await trip(portal, stranger, await stranger.request(key, { signals: other, replaces }));
    assert.equal(code, 'REBIND_NEEDS_APPROVAL');
    assert.equal(await trip(portal, after, await after.request(key, { signals: kiosk, replaces })), null);
    assert.equal((await countsOf(story)).seatsTaken, 1);
  });
});

suite('a free seat beside the one that is named', () => {
  test('is granted as to any device, and leaves the one that is named alone', async t => {
    const story = await lostStorage(t, { maxRebinds: null, maxActivations: 2 });
    const { portal, key, before, after } = story;
    const replaces = { id: activationOf(before) };
    assert.equal(await trip(portal, after, await after.request(key, { signals: kiosk, replaces })), null);
    const { seatsTaken, rebindsUsed } = await countsOf(story);
    assert.deepEqual([seatsTaken, rebindsUsed], [2, 0]);
    await trip(portal, before, await before.report());
    assert.equal(before.license?.claims.licenseState, undefined);
  });

  test('goes to nobody who names a device that is blocked', async t => {
    const story = await lostStorage(t, { maxRebinds: null, maxActivations: 2 });
    const { portal, key, before, after } = story;
    await block(story, before);
    const replaces = { id: activationOf(before) };
    const file = await after.request(key, { signals: kiosk, replaces });
    assert.equal(await trip(portal, after, file), 'REBIND_NEEDS_APPROVAL');
    assert.equal((await countsOf(story)).seatsTaken, 1);
  });
});

suite('a rebind of licenses under one key', () => {
  test('without a person gives a machine all its seats again, or none', async t => {
    for (const [viewerAllows, code] of [
      [1, null],
      [0, 'NO_SEATS_LEFT'],
    ] as const) {
      const portal = await testPortal(t, dataFolder(t));
      const given = { maxRebinds: 1, maxTransfers: 0 };
      const { key, licenses } = await issueBundle(portal, {
        ...{ plotter: given, cutter: given },
        viewer: { ...given, maxRebinds: viewerAllows },
      });
      const [before, after] = [await TestDevice.create(portal), await TestDevice.create(portal)];
      await portal.exchange(await before.request(key, { signals: kiosk }));
      assert.equal((await portal.exchange(await after.request(key, { signals: kiosk }))).code, code);
      for (const { id } of Object.values(licenses)) {
        const { seatsTaken, seatsGranted, rebindsUsed } = await portal.license(id);
        assert.deepEqual([seatsTaken, seatsGranted, rebindsUsed], [1, 1, code === null ? 1 : 0]);
      }
    }
  });

  test('by a person is for each of them, and the file does once all have a seat', async t => {
    const portal = await testPortal(t);
    const { key, licenses } = await issueBundle(portal);
    const [before, after] = [await TestDevice.create(portal), await TestDevice.create(portal)];
    await portal.exchange(await before.request(key, { signals: kiosk }));
    const file = await after.request(key, { signals: kiosk });
    for (const { id: licenseId } of Object.values(licenses)) {
      assert.equal((await portal.exchange(file)).code, 'NO_SEATS_LEFT');
      await portal.administer('owner@example', async (records, context) => {
        const held = await records.findActiveActivation(licenseId, before.id);
        assert(held);
        const asking = { licenseId, deviceId: after.id, activationId: held.id };
        await approveRebind(asking, records, context);
      });
    }
    assert.equal((await portal.exchange(file)).code, null);
    for (const { id } of Object.values(licenses)) assert.equal((await portal.license(id)).seatsTaken, 1);
  });
});

test('a rebind leaves a device that gave the license up its way back without a transfer', async t => {
  const story = await lostStorage(t, { maxActivations: 2 });
  const { portal, key, before, after } = story;
  const second = await TestDevice.create(portal);
  await trip(portal, second, await second.request(key, { signals: other }));
  const file = await after.request(key, { signals: kiosk });
  await trip(portal, after, file);
  portal.wait(60);
  await trip(portal, second, await second.deactivate());
  portal.wait(60);
  await approve(story, before, after);
  await trip(portal, after, file);
  assert.equal(await trip(portal, second, await second.request(key, { signals: other })), null);
  assert.equal((await countsOf(story)).transfersUsed, 0);
});

test('a machine whose hardware changed keeps its seat by its key alone', async t => {
  const story = await lostStorage(t);
  const { portal, key, before } = story;
  assert.equal(await trip(portal, before, await before.request(key, { signals: other })), null);
  const { seatsTaken, rebindsUsed } = await countsOf(story);
  assert.deepEqual([seatsTaken, rebindsUsed], [1, 0]);
});

test('what a refused device told of itself is forgotten after its days, and when it gets its seat', async t => {
  const story = await lostStorage(t);
  const { portal, key, before, after } = story;
  const waiting = async () =>
    (await portal.database.db.selectFrom('seat_request').selectAll().execute()).length;
  const run = () =>
    keepRetention({ database: portal.database, log: createLog('silent'), nowMs: portal.portal.nowMs })();
  const file = await after.request(key, { signals: kiosk });
  await trip(portal, after, file);
  await approve(story, before, after);
  await trip(portal, after, file);
  assert.equal(await waiting(), 0);

  const third = await TestDevice.create(portal);
  await trip(portal, third, await third.request(key, { signals: kiosk }));
  portal.wait(FINGERPRINT_DAYS * day - 1);
  await run();
  assert.equal(await waiting(), 1);
  portal.wait(1);
  await run();
  assert.equal(await waiting(), 0);
});
