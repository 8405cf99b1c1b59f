import { expect, waitUntil } from '@open-wc/testing';
import { toBase64url } from '../../../src/bytes/base64url.ts';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import type { LicenseManager } from '../../../src/client/license-manager.ts';
import { sha256 } from '../../../src/crypto/hash.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import type { License } from '../../../src/format/license.ts';
import { headOf } from '../../../src/license/consumption/consumption.ts';
import { readContents } from '../../../src/store/contents.ts';
import { KEPT_REPORTS } from '../../../src/store/requests.ts';
import { Store } from '../../../src/store/store.ts';
import { withFetch, withoutNetwork } from '../../support/network.ts';
import { filled, ISSUED_AT, TestVendor } from '../../support/vendor.ts';
import {
  closeDevices,
  grant,
  KEY,
  licensedDevice,
  NOW_MS,
  openDevice,
  openFile,
  receiptFor,
} from './device.ts';

const minute = 60_000;
const counted: Partial<License> = { limits: { maximum: 10 } };

/** Waits longer than it takes on a busy machine. */
const soon = (condition: () => boolean) => waitUntil(condition, undefined, { timeout: 20_000 });

/** A portal that answers in the page: what it was asked, and what it does about it. */
class Portal {
  readonly files: string[] = [];
  greetings = 0;
  /** Answers before anything is decided. */
  respond: () => Promise<Response | null> = async () => null;
  readonly #vendor: TestVendor;
  #revision = 7;

  constructor(vendor: TestVendor) {
    this.#vendor = vendor;
  }

  readonly network = async (url: string, init: RequestInit): Promise<Response> => {
    if (url.endsWith('/healthz')) this.greetings += 1;
    const early = await this.respond();
    if (early) return early;
    if (url.endsWith('/healthz')) return Response.json({ status: 'ok' });
    const file = { id: '', name: '', bytes: init.body as Bytes };
    this.files.push(toBase64url(sha256(file.bytes)));
    return new Response(encodeContainer([await this.answer(file)]));
  };

  /** What it would answer a file that is carried to it. */
  async answer(file: Parameters<typeof openFile>[1]): Promise<Bytes> {
    const { kind, claims } = await openFile(this.#vendor, file);
    if (kind === 'deactivation') return receiptFor(this.#vendor, file);
    this.#revision += 1;
    const about =
      kind === 'usage-report'
        ? { activationId: claims.activationId, acknowledged: headOf(claims.consumption) }
        : { activationId: filled(16, 6) };
    return grant(this.#vendor, file, { ...counted, ...about, revision: this.#revision });
  }
}

describe('LicenseManager sync', () => {
  let vendor: TestVendor;
  let portal: Portal;
  before(async () => {
    vendor = await TestVendor.create();
  });
  beforeEach(() => {
    portal = new Portal(vendor);
  });
  afterEach(closeDevices);

  /** The same device in another tab, or after a restart, where syncing is on. */
  const reopen = (database: string, nowMs = NOW_MS) => openDevice(vendor, { database, nowMs, sync: true });
  /** Another device syncs meanwhile: when it has, the ones that were opened before it have had their start. */
  async function witness(): Promise<void> {
    const { manager } = await openDevice(vendor, { sync: true });
    await manager.request(KEY);
    dispatchEvent(new Event('online'));
    await soon(() => manager.sync.answeredAtMs !== null || manager.sync.problem !== null);
  }
  const isIdle = (manager: LicenseManager) =>
    manager.openRequests.length === 0 && manager.deactivations.every(({ receipt }) => receipt !== null);

  it('sends the kept files, the same bytes as a stick would carry, and loads the answers', async () => {
    const { manager, database } = await licensedDevice(vendor, counted);
    const files = [await manager.deactivate(), await manager.request(KEY)];
    await withFetch(portal.network, async () => {
      const { manager: again } = await reopen(database);
      await soon(() => again.isUnlocked && isIdle(again));
      expect(again.sync.answeredAtMs).to.equal(NOW_MS);
      expect(again.sync.problem).to.equal(null);
    });
    expect(portal.files).to.deep.equal(files.map(({ bytes }) => toBase64url(sha256(bytes))));
    expect(portal.greetings).to.equal(0);
  });

  it('reports consumption, and asks nothing when nothing is due', async () => {
    const { manager, database } = await licensedDevice(vendor, counted);
    await manager.consume(3);
    await withFetch(portal.network, async () => {
      const { manager: again } = await reopen(database, NOW_MS + 6 * minute);
      await soon(() => again.licenses[0]?.unreported === 0);
      expect(again.licenses[0]?.consumption?.total).to.equal(3);
      await again.close();
      await reopen(database, NOW_MS + 7 * minute);
      await witness();
    });
    expect(portal.files).to.have.lengthOf(2);
    expect(portal.greetings).to.equal(1);
  });

  it('makes no report while no portal is there, and says why', async () => {
    const { manager, database } = await licensedDevice(vendor, counted);
    await manager.consume(3);
    portal.respond = async () => new Response('<title>Sign in</title>');
    await withFetch(portal.network, async () => {
      const { manager: again } = await reopen(database, NOW_MS + 6 * minute);
      await soon(() => again.sync.problem?.code === 'PORTAL_ANSWER_REFUSED');
      expect(again.openRequests).to.have.lengthOf(0);
    });
    expect(portal.files).to.have.lengthOf(0);
  });

  it('says no more that it failed once what it failed with was carried, or forgotten', async () => {
    const { manager, database } = await licensedDevice(vendor, counted);
    await manager.consume(3);
    const report = await manager.report();
    portal.respond = async () => new Response('', { status: 503 });
    await withFetch(portal.network, async () => {
      const { manager: again, clock } = await reopen(database, NOW_MS + minute);
      await soon(() => again.sync.problem?.code === 'SERVER_BUSY');
      clock.nowMs += minute;
      await again.load(await portal.answer(report));
      await soon(() => again.sync.problem === null);
      const { id } = await again.report();
      expect(again.sync.problem?.code).to.equal('SERVER_BUSY');
      await again.discard(id);
      expect(again.sync.problem).to.equal(null);
    });
  });

  it('is done by one tab, and the others see what came of it', async () => {
    const { manager, database } = await openDevice(vendor);
    await manager.request(KEY);
    await withFetch(portal.network, async () => {
      const tabs = await Promise.all([reopen(database), reopen(database), reopen(database)]);
      for (const tab of tabs) await soon(() => tab.manager.isUnlocked && isIdle(tab.manager));
      for (const tab of tabs) await soon(() => tab.manager.sync.answeredAtMs === NOW_MS);
    });
    expect(portal.files).to.have.lengthOf(1);
  });

  it('sends nothing when it is off, which outlives a restart, and begins when it is turned on', async () => {
    const { manager, database } = await openDevice(vendor);
    await manager.request(KEY);
    await manager.setSync(false);
    await withFetch(portal.network, async () => {
      const { manager: again } = await reopen(database);
      expect(again.sync.isOn).to.equal(false);
      await witness();
      expect(again.openRequests).to.have.lengthOf(1);
      await again.setSync(true);
      await soon(() => again.isUnlocked);
    });
    expect(portal.files).to.have.lengthOf(2);
  });

  it('waits while the browser says that there is no network, and goes when it is back', async () => {
    const { manager, database } = await openDevice(vendor);
    await manager.request(KEY);
    await withFetch(portal.network, async () => {
      const { manager: again } = await withoutNetwork(async () => {
        const device = await reopen(database);
        await soon(() => device.manager.sync.isOffline);
        dispatchEvent(new Event('offline'));
        return device;
      });
      await soon(() => {
        dispatchEvent(new Event('online'));
        return again.isUnlocked;
      });
      expect(again.sync.isOffline).to.equal(false);
    });
    expect(portal.files).to.have.lengthOf(1);
  });

  it('goes over a network that came back while the former one failed', async () => {
    const { manager, database } = await openDevice(vendor);
    await manager.request(KEY);
    portal.respond = async () => {
      portal.respond = async () => null;
      dispatchEvent(new Event('online'));
      throw new TypeError('Failed to fetch');
    };
    await withFetch(portal.network, async () => {
      const { manager: again } = await reopen(database);
      await soon(() => again.isUnlocked);
      expect(again.sync.problem).to.equal(null);
    });
  });

  it('begins nothing more once the device is closed', async () => {
    const { manager, database } = await openDevice(vendor);
    const files = [await manager.request(KEY), await manager.request(KEY)];
    let close = async () => {};
    portal.respond = async () => {
      await close();
      return null;
    };
    await withFetch(portal.network, async () => {
      const { manager: again } = await reopen(database);
      close = () => again.close();
      await soon(() => portal.files.length > 0);
      portal.respond = async () => null;
      await witness();
    });
    const own = files.map(({ bytes }) => toBase64url(sha256(bytes)));
    expect(portal.files.filter(file => own.includes(file))).to.have.lengthOf(1);
  });

  it('keeps to the time for which a portal asked, also when the network comes back and after a restart', async () => {
    const { manager, database } = await openDevice(vendor);
    await manager.request(KEY);
    let calls = 0;
    portal.respond = async () => {
      calls += 1;
      return new Response('', { status: 503, headers: { 'retry-after': '600' } });
    };
    await withFetch(portal.network, async () => {
      const { manager: again } = await reopen(database);
      await soon(() => again.sync.problem?.code === 'SERVER_BUSY');
      dispatchEvent(new Event('online'));
      await again.close();
      const early = await reopen(database, NOW_MS + 599_000);
      await witness();
      expect(calls).to.equal(2);
      await early.manager.close();
      portal.respond = async () => null;
      const { manager: late } = await reopen(database, NOW_MS + 600_000);
      await soon(() => late.isUnlocked);
      expect(late.sync.problem).to.equal(null);
    });
  });

  it('shows a refusal as one from a stick', async () => {
    const { manager, database } = await openDevice(vendor);
    const request = await manager.request(KEY);
    const { requestId } = (await openFile(vendor, request)).claims;
    const refusal = {
      requestId,
      issuedAt: ISSUED_AT + 60,
      code: 'NO_SEATS_LEFT',
      data: { maxActivations: 3 },
    };
    const file = await vendor.refusal(refusal);
    portal.respond = async () => new Response(encodeContainer([file]));
    await withFetch(portal.network, async () => {
      const { manager: again } = await reopen(database);
      await soon(() => again.openRequests[0]?.refusal?.code === 'NO_SEATS_LEFT');
      await soon(() => again.sync.answeredAtMs === NOW_MS);
      expect(again.sync.problem).to.equal(null);
    });
  });

  it('takes an answer to another file for none', async () => {
    const { manager, database } = await licensedDevice(vendor, counted);
    const file = await grant(vendor, await manager.report(), { ...counted, revision: 8 });
    await manager.request(KEY);
    portal.respond = async () => new Response(encodeContainer([file]));
    await withFetch(portal.network, async () => {
      const { manager: again } = await reopen(database);
      await soon(() => again.sync.problem?.code === 'PORTAL_ANSWER_REFUSED');
      expect(again.openRequests.map(({ kind }) => kind)).to.deep.equal(['activation-request']);
    });
  });

  it('remembers no more answered reports than it needs', async () => {
    const { manager, database, clock } = await licensedDevice(vendor, counted);
    for (let revision = 8; revision < 8 + KEPT_REPORTS + 3; revision += 1) {
      clock.nowMs += 1000;
      await manager.load(await grant(vendor, await manager.report(), { ...counted, revision }));
    }
    const { requests } = await readContents(new Store(database));
    expect(requests.filter(({ kind }) => kind === 'usage-report')).to.have.lengthOf(KEPT_REPORTS + 1);
    expect(requests.filter(({ kind }) => kind === 'activation-request')).to.have.lengthOf(1);
  });
});
