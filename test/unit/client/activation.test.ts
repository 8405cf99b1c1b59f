import { expect } from '@open-wc/testing';
import { type Bytes, equalBytes, utf8 } from '../../../src/bytes/bytes.ts';
import { toArmor } from '../../../src/bytes/carrier.ts';
import { toHex } from '../../../src/bytes/hex.ts';
import type { Credentials } from '../../../src/client/index.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import { userCredentials } from '../../../src/license/user.ts';
import { readContents } from '../../../src/store/contents.ts';
import { ONLY } from '../../../src/store/records.ts';
import { Store } from '../../../src/store/store.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { filled, ISSUED_AT, TestVendor } from '../../support/vendor.ts';
import { withFailingPut, withLostKey } from '../store/fresh-store.ts';
import { closeDevices, grant, KEY, licensedDevice, openDevice, openFile } from './device.ts';

describe('LicenseManager activation', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  it('is locked at first, has no number and no key', async () => {
    const { manager, database } = await openDevice(vendor);
    expect(manager.status).to.equal(null);
    expect(manager.isUnlocked).to.equal(false);
    expect(manager.deviceNumber).to.equal(null);
    expect(manager.feature('export').reason).to.equal('LICENSE_MISSING');
    expect((await readContents(new Store(database))).keyPair).to.equal(null);
  });

  it('request() makes no key for a mistyped license key', async () => {
    const { manager, database } = await openDevice(vendor);
    const mistyped = KEY.replace(/^./, KEY.startsWith('A') ? 'B' : 'A');
    expect(await codeOfAsync(() => manager.request(mistyped))).to.equal('LICENSE_KEY_MISTYPED');
    expect(await codeOfAsync(() => manager.request(KEY.slice(0, 12)))).to.equal('LICENSE_KEY_INCOMPLETE');
    expect((await readContents(new Store(database))).keyPair).to.equal(null);
  });

  it('takes a key as a text or by its name, a user with a password, or nothing', async () => {
    const { manager } = await openDevice(vendor);
    const claims = async (credentials: Credentials) =>
      (await openFile(vendor, await manager.request(credentials))).claims;
    const { keyLookup } = keyClaims(await claims(KEY));
    expect(keyClaims(await claims({ key: KEY })).keyLookup).to.deep.equal(keyLookup);
    const user = await claims({ user: ' Mona ', password: 'correct horse' });
    expect(user).to.include.keys('userLookup', 'userProof').and.not.include.keys('keyLookup');
    expect(await claims(null)).to.not.have.any.keys('keyLookup', 'userLookup');
    for (const half of [
      { user: ' ', password: 'correct horse' },
      { user: 'mona', password: '' },
    ]) {
      expect(await codeOfAsync(() => manager.request(half))).to.equal('CREDENTIALS_INCOMPLETE');
    }
    expect(manager.openRequests).to.have.lengthOf(4);
  });

  it('keeps neither password nor what it is hashed to', async () => {
    const { manager, database } = await openDevice(vendor);
    const { key } = await userCredentials(
      { domainId: vendor.pin.domainId, user: 'mona', password: 'correct horse' },
      webCrypto(),
    );
    await manager.request({ user: 'mona', password: 'correct horse' });
    const contents = await readContents(new Store(database));
    const kept = JSON.stringify(contents, (_, value) =>
      value instanceof Uint8Array ? toHex(value as Bytes) : value,
    );
    expect(kept.length).to.be.above(1000);
    expect(kept).to.not.contain(toHex(key));
    expect(kept).to.not.contain('correct horse');
    expect(kept).to.not.contain(toHex(utf8('correct horse')));
  });

  it('goes from request to unlocked, and stays so without the network', async () => {
    const { manager, database } = await licensedDevice(vendor);
    expect(manager.isUnlocked).to.equal(true);
    expect(manager.status?.state).to.equal('active');
    expect(manager.openRequests).to.have.lengthOf(0);
    const again = await openDevice(vendor, { database, profile: null });
    expect(again.manager.isUnlocked).to.equal(true);
    expect(again.manager.deviceNumber).to.match(/^\d{4} \d{4} \d{4}$/);
  });

  it('request() seals at most 512 bytes, the same ones each time', async () => {
    const { manager } = await openDevice(vendor);
    await manager.rename('Press 7 in the north hall, left');
    const request = await manager.request(KEY);
    expect(request.bytes.length).to.be.at.most(512);
    const again = await manager.file(request.id);
    expect(equalBytes(again.bytes, request.bytes)).to.equal(true);
    const { claims } = await openFile(vendor, request);
    expect('deviceName' in claims && claims.deviceName).to.equal('Press 7 in the north hall, left');
  });

  it('request() states of several licenses the one in use', async () => {
    for (const [used, disabled] of [
      [4, 9],
      [9, 4],
    ] as const) {
      const { manager } = await openDevice(vendor);
      for (const number of [used, disabled]) {
        const named = { licenseId: filled(16, number), activationId: filled(16, number) };
        const state = number === disabled ? { licenseState: 'disabled' as const } : {};
        await manager.load(await grant(vendor, await manager.request(KEY), { ...named, ...state }));
      }
      expect(manager.licenses).to.have.lengthOf(2);
      const { claims } = await openFile(vendor, await manager.request(KEY));
      expect('activationId' in claims && claims.activationId).to.deep.equal(filled(16, used));
    }
  });

  it('file() seals anew when the portal has changed its sealing key', async () => {
    const { manager } = await openDevice(vendor);
    const request = await manager.request(KEY);
    const other = await TestVendor.create();
    const sealingKeys = [{ key: vendor.sealingKey, keyState: 'retired' as const }, { key: other.sealingKey }];
    const result = await manager.load(await vendor.bundle({ bundleVersion: 2, sealingKeys }));
    expect(result.kind).to.equal('trust');
    const again = await manager.file(request.id);
    expect(equalBytes(again.bytes, request.bytes)).to.equal(false);
    expect(await codeOfAsync(() => openFile(vendor, again))).to.equal('SEAL_KEY_UNKNOWN');
  });

  it('load() takes armor, and a container with newer keys', async () => {
    const { manager } = await openDevice(vendor);
    const license = await grant(vendor, await manager.request(KEY));
    const bundle = await vendor.bundle({ bundleVersion: 9, portals: ['https://portal.example'] });
    const result = await manager.load(utf8(toArmor(encodeContainer([bundle, license]))));
    expect(result.kind).to.equal('activated');
    expect(manager.portals).to.deep.equal(['https://portal.example']);
  });

  it('load() takes the answers to three open requests in another order', async () => {
    const { manager, clock } = await openDevice(vendor);
    const requests = [];
    for (const key of [KEY, KEY, null]) {
      clock.nowMs += 1000;
      requests.push(await manager.request(key));
    }
    expect(new Set(requests.map(({ name }) => name)).size).to.equal(3);
    const [first, second, third] = await Promise.all(
      requests.map((request, index) =>
        grant(vendor, request, {
          revision: 10 + index,
          licenseId: filled(16, index === 2 ? 9 : 4),
          activationId: filled(16, index === 2 ? 8 : 5),
        }),
      ),
    );
    expect((await manager.load(third ?? filled(0, 0))).kind).to.equal('activated');
    expect((await manager.load(second ?? filled(0, 0))).kind).to.equal('activated');
    expect(await codeOfAsync(() => manager.load(first ?? filled(0, 0)))).to.equal('REVISION_OLD');
    expect(manager.openRequests).to.have.lengthOf(0);
    expect(manager.licenses.map(({ claims }) => claims.revision).sort()).to.deep.equal([11, 12]);
  });

  it('load() says when a file was loaded before, and refuses an older one', async () => {
    const { manager, file, deviceId } = await licensedDevice(vendor);
    expect((await manager.load(file)).kind).to.equal('already-loaded');
    const refresh = await vendor.license({
      ...(manager.licenses[0]?.claims ?? never()),
      requestId: undefined,
      revision: 8,
      deviceId,
    });
    expect((await manager.load(refresh)).kind).to.equal('refreshed');
    expect(await codeOfAsync(() => manager.load(file))).to.equal('REVISION_OLD');
    expect(manager.licenses[0]?.claims.revision).to.equal(8);
  });

  it('load() keeps a refusal beside its request, which stays open until it is granted', async () => {
    const { manager } = await openDevice(vendor);
    const request = await manager.request(KEY);
    const { claims } = await openFile(vendor, request);
    const refusal = await vendor.refusal({
      requestId: claims.requestId,
      issuedAt: ISSUED_AT + 60,
      code: 'NO_SEATS_LEFT',
      data: { maxActivations: 10 },
    });
    expect((await manager.load(refusal)).kind).to.equal('refused');
    expect(manager.openRequests[0]?.refusal).to.deep.include({
      code: 'NO_SEATS_LEFT',
      data: { maxActivations: 10 },
    });
    await manager.load(await grant(vendor, request));
    expect(manager.openRequests).to.have.lengthOf(0);
    expect(await codeOfAsync(() => manager.load(refusal))).to.equal('REVISION_OLD');
    expect(manager.isUnlocked).to.equal(true);
  });

  it('load() refuses what is not for this device, and changes nothing', async () => {
    const { manager, file } = await licensedDevice(vendor);
    const other = await openDevice(vendor);
    const foreign = await other.manager.request(KEY);
    const mine = await manager.request(KEY);
    const cases: [string, Promise<Uint8Array<ArrayBuffer>>][] = [
      ['DEVICE_MISMATCH', grant(vendor, foreign)],
      ['PRODUCT_MISMATCH', grant(vendor, mine, { product: 'other', revision: 9 })],
      ['REQUEST_UNKNOWN', grant(vendor, mine, { requestId: filled(16, 99), activationId: filled(16, 77) })],
      ['REQUEST_UNKNOWN', grant(vendor, mine, { requestId: undefined, activationId: filled(16, 77) })],
      ['ISSUER_UNKNOWN', vendor.license(manager.licenses[0]?.claims ?? never(), { by: vendor.root })],
      [
        'SIGNATURE_INVALID',
        vendor.license(manager.licenses[0]?.claims ?? never(), { domainId: filled(32, 5) }),
      ],
      ['FILE_EMPTY', Promise.resolve(filled(0, 0))],
      ['FILE_CUT_SHORT', Promise.resolve(file.slice(0, -7))],
      ['FILE_NOT_LATCHKEY', Promise.resolve(filled(400, 65))],
      ['FILE_TOO_LARGE', Promise.resolve(filled(10_000_000, 65))],
      ['KIND_UNEXPECTED', Promise.resolve(mine.bytes)],
    ];
    for (const [code, bytes] of cases) {
      const input = await bytes;
      expect(await codeOfAsync(() => manager.load(input)), code).to.equal(code);
    }
    expect(manager.licenses).to.have.lengthOf(1);
    expect(manager.licenses[0]?.claims.revision).to.equal(7);
  });

  it('load() on a device that never asked says so', async () => {
    const { manager } = await openDevice(vendor);
    const other = await openDevice(vendor);
    const license = await grant(vendor, await other.manager.request(KEY));
    expect(await codeOfAsync(() => manager.load(license))).to.equal('REQUEST_UNKNOWN');
  });

  it('leaves old or new state, never a part, when storing a license fails', async () => {
    const { manager, database } = await openDevice(vendor);
    const license = await grant(vendor, await manager.request(KEY));
    for (const store of ['licenses', 'counters', 'requests', 'device']) {
      const code = await withFailingPut('QuotaExceededError', store, () =>
        codeOfAsync(() => manager.load(license)),
      );
      expect(code, store).to.equal('STORAGE_FULL');
      const { licenses, counters } = await readContents(new Store(database));
      expect([licenses.length, counters.length], store).to.deep.equal([0, 0]);
      expect(manager.openRequests, store).to.have.lengthOf(1);
    }
    expect((await manager.load(license)).kind).to.equal('activated');
  });

  it('signs nothing with a key that the browser does not store', async () => {
    const { manager, database } = await openDevice(vendor);
    const code = await withFailingPut('DataCloneError', 'keys', () =>
      codeOfAsync(() => manager.request(KEY)),
    );
    expect(code).to.equal('DEVICE_KEY_NOT_STORED');
    expect((await readContents(new Store(database))).requests).to.have.lengthOf(0);
  });

  it('signs nothing with a key that does not come back, and makes another when keys are kept', async () => {
    const { manager, database } = await openDevice(vendor);
    const code = await withLostKey(() => codeOfAsync(() => manager.request(KEY)));
    expect(code).to.equal('DEVICE_KEY_NOT_STORED');
    expect((await readContents(new Store(database))).requests).to.have.lengthOf(0);
    await manager.request(KEY);
    expect(manager.openRequests).to.have.lengthOf(1);
  });

  it('discard() forgets a request, and an answer to it is refused', async () => {
    const { manager } = await openDevice(vendor);
    const request = await manager.request(KEY);
    const license = await grant(vendor, request);
    await manager.discard(request.id);
    expect(await codeOfAsync(() => manager.load(license))).to.equal('REQUEST_UNKNOWN');
  });

  it('tells a manager in another tab', async () => {
    const { manager, database } = await openDevice(vendor);
    const other = await openDevice(vendor, { database });
    const changed = new Promise(resolve =>
      other.manager.addEventListener('change', () => other.manager.isUnlocked && resolve(true)),
    );
    await manager.load(await grant(vendor, await manager.request(KEY)));
    expect(await changed).to.equal(true);
  });

  it('reads anew when its page is back from being frozen, which heard nothing meanwhile', async () => {
    const { manager, database } = await openDevice(vendor);
    await new Store(database).write(['device'], tx =>
      tx.objectStore('device').put({ name: 'Press 7', sequence: 1, highWaterMarkMs: 0 }, ONLY),
    );
    expect(manager.deviceName).to.equal('');
    const changed = new Promise(resolve =>
      manager.addEventListener('change', () => manager.deviceName && resolve(manager.deviceName)),
    );
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(await changed).to.equal('Press 7');
  });
});

function never(): never {
  throw new TypeError('expected a license');
}

function keyClaims(claims: object): { keyLookup: unknown } {
  if (!('keyLookup' in claims)) throw new TypeError('expected a key');
  return { keyLookup: claims.keyLookup };
}
