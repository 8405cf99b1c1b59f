import { expect } from '@open-wc/testing';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { toHex } from '../../../src/bytes/hex.ts';
import type { LicenseManager } from '../../../src/client/license-manager.ts';
import type { DeviceFile } from '../../../src/client/views.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import type { License } from '../../../src/format/license.ts';
import { readContents } from '../../../src/store/contents.ts';
import { Store } from '../../../src/store/store.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { withFetch } from '../../support/network.ts';
import { filled, ISSUED_AT, TestVendor } from '../../support/vendor.ts';
import { withFailingPut } from '../store/fresh-store.ts';
import { closeDevices, grant, KEY, openDevice, profileText, receiptFor } from './device.ts';

const products = ['press-studio', 'ink-lab', 'color-desk'] as const;
type Product = (typeof products)[number];

const ids = {
  'press-studio': { licenseId: filled(16, 31), activationId: filled(16, 41) },
  'ink-lab': { licenseId: filled(16, 32), activationId: filled(16, 42) },
  'color-desk': { licenseId: filled(16, 33), activationId: filled(16, 43) },
};

const idOf = (product: Product) => toHex(ids[product].licenseId);

describe('LicenseManager with licenses of several products', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  afterEach(closeDevices);

  /** A device that any product of the vendor may use. */
  async function device() {
    return openDevice(vendor, { profile: await profileText(vendor, { product: undefined }) });
  }

  function licenseOf(product: Product, request: DeviceFile, changes: Partial<License> = {}): Promise<Bytes> {
    return grant(vendor, request, { product, ...ids[product], ...changes });
  }

  async function answer(request: DeviceFile, changes: Partial<License> = {}): Promise<Bytes[]> {
    return Promise.all(products.map(product => licenseOf(product, request, changes)));
  }

  const shown = ({ licenses }: LicenseManager) => licenses.map(({ id }) => id).sort();

  it('load() installs all of one answer, closes its request, and knows the file again', async () => {
    const { manager } = await device();
    const container = encodeContainer(await answer(await manager.request(KEY)));
    const all = products.map(idOf);
    expect(await manager.load(container)).to.deep.equal({ kind: 'activated', licenseIds: all });
    expect(shown(manager)).to.deep.equal([...all].sort());
    expect(manager.openRequests).to.have.lengthOf(0);
    expect(await manager.load(container)).to.deep.equal({ kind: 'already-loaded', licenseIds: all });
  });

  it('load() leaves all or nothing when storing one of them fails', async () => {
    const { manager, database } = await device();
    const container = encodeContainer(await answer(await manager.request(KEY)));
    for (const store of ['licenses', 'counters', 'requests', 'device']) {
      const code = await withFailingPut('QuotaExceededError', store, () =>
        codeOfAsync(() => manager.load(container)),
      );
      expect(code, store).to.equal('STORAGE_FULL');
      const { licenses, counters } = await readContents(new Store(database));
      expect([licenses.length, counters.length], store).to.deep.equal([0, 0]);
      expect(manager.openRequests, store).to.have.lengthOf(1);
    }
    expect((await manager.load(container)).kind).to.equal('activated');
  });

  it('load() takes none when one of them is changed, cut, of another device or of another request', async () => {
    const { manager } = await device();
    const request = await manager.request(KEY);
    const [first, second, third] = await answer(request);
    if (!first || !second || !third) throw new TypeError('expected three');
    const other = await (await device()).manager.request(KEY);
    const foreign = await licenseOf('color-desk', other);
    const stray = await licenseOf('color-desk', request, { requestId: filled(16, 99) });
    const rows: [string, Bytes][] = [
      ['SIGNATURE_INVALID', encodeContainer([first, changed(second), third])],
      ['FILE_CUT_SHORT', encodeContainer([first, second, third]).slice(0, -1)],
      ['FILE_CUT_SHORT', encodeContainer([first, second, third.slice(0, -1)])],
      ['DEVICE_MISMATCH', encodeContainer([first, second, foreign])],
      ['KIND_UNEXPECTED', encodeContainer([first, second, stray])],
      ['KIND_UNEXPECTED', encodeContainer([first, second, second])],
    ];
    for (const [code, container] of rows) {
      expect(await codeOfAsync(() => manager.load(container))).to.equal(code);
      expect(manager.licenses).to.have.lengthOf(0);
      expect(manager.openRequests).to.have.lengthOf(1);
    }
  });

  it('load() takes the rest once the whole answer is there, where a part of it came first', async () => {
    const { manager } = await device();
    const files = await answer(await manager.request(KEY));
    await manager.load(encodeContainer(files.slice(0, 1)));
    expect(shown(manager)).to.deep.equal([idOf('press-studio')]);
    expect((await manager.load(encodeContainer(files))).kind).to.equal('activated');
    expect(manager.licenses).to.have.lengthOf(3);
  });

  it('load() passes over what was given up or refreshed since the request, and takes the others', async () => {
    const { manager } = await device();
    await manager.load(encodeContainer(await answer(await manager.request(KEY), { revision: 1 })));
    const renewal = await answer(await manager.request(KEY), { revision: 2, issuedAt: ISSUED_AT + 60 });
    const receipt = await receiptFor(vendor, await manager.deactivate(idOf('ink-lab')));
    const newest = await licenseOf('color-desk', await manager.report(idOf('color-desk')), {
      revision: 9,
      issuedAt: ISSUED_AT + 90,
    });
    await manager.load(newest);
    const loaded = await manager.load(encodeContainer(renewal));
    expect(loaded).to.deep.equal({ kind: 'refreshed', licenseIds: [idOf('press-studio')] });
    expect(shown(manager)).to.deep.equal([idOf('press-studio'), idOf('color-desk')].sort());
    expect(manager.openRequests).to.have.lengthOf(0);
    const revisions = manager.licenses.map(({ claims }) => claims.revision).sort();
    expect(revisions).to.deep.equal([2, 9]);
    expect((await manager.load(receipt)).kind).to.equal('receipt');
  });

  it('load() tells why when nothing of an answer is to be installed', async () => {
    const { manager } = await device();
    const files = await answer(await manager.request(KEY));
    await manager.load(encodeContainer(files));
    for (const product of products) await manager.deactivate(idOf(product));
    expect(await codeOfAsync(() => manager.load(encodeContainer(files)))).to.equal('ACTIVATION_ENDED');
    expect(manager.licenses).to.have.lengthOf(0);
    expect(manager.deactivations).to.have.lengthOf(3);
  });

  it('activateOnline() brings the very answer that a stick would', async () => {
    const { manager } = await device();
    const network = async (_: string, init: RequestInit) => {
      const request = { id: '', name: '', bytes: init.body as Bytes };
      return new Response(encodeContainer(await answer(request)));
    };
    await withFetch(network, async () => {
      expect(await manager.activateOnline(KEY)).to.deep.equal({
        kind: 'activated',
        licenseIds: products.map(idOf),
      });
    });
    expect(manager.licenses).to.have.lengthOf(3);
    expect(manager.openRequests).to.have.lengthOf(0);
  });

  it('a device that is set to a product takes no answer with another one', async () => {
    const { manager } = await openDevice(vendor, {
      profile: await profileText(vendor, { product: 'ink-lab' }),
    });
    const request = await manager.request(KEY);
    const files = await answer(request);
    expect(await codeOfAsync(() => manager.load(encodeContainer(files)))).to.equal('PRODUCT_MISMATCH');
    expect((await manager.load(await licenseOf('ink-lab', request))).kind).to.equal('activated');
  });
});

/** The same file with another signature. */
function changed(file: Bytes): Bytes {
  return file.map((byte, at) => (at === file.length - 1 ? byte ^ 1 : byte));
}
