import { expect } from '@open-wc/testing';
import { openDB } from 'idb';
import { LatchkeyError } from '../../../src/errors.ts';
import { readContents } from '../../../src/store/contents.ts';
import { nextSequence, raiseHighWaterMark } from '../../../src/store/device.ts';
import { ONLY } from '../../../src/store/records.ts';
import { Store } from '../../../src/store/store.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { newStore, withFailingPut } from './fresh-store.ts';

describe('Store', () => {
  it('is empty at first', async () => {
    const contents = await readContents(newStore());
    expect(contents).to.deep.equal({
      keyPair: null,
      device: null,
      trust: null,
      requests: [],
      licenses: [],
      counters: [],
      ended: [],
      refusals: [],
    });
  });

  it('write() leaves nothing behind when its body throws after a put', async () => {
    const store = newStore();
    const code = await codeOfAsync(() =>
      store.write(['device'], async tx => {
        await tx.objectStore('device').put({ name: 'x', sequence: 1, highWaterMarkMs: 1 }, ONLY);
        throw new LatchkeyError('LICENSE_MISSING', 'stopped here');
      }),
    );
    expect(code).to.equal('LICENSE_MISSING');
    expect((await readContents(store)).device).to.equal(null);
  });

  it('write() leaves nothing behind when a second put fails for want of space', async () => {
    const store = newStore();
    const device = { name: 'x', sequence: 1, highWaterMarkMs: 1 };
    const code = await withFailingPut('QuotaExceededError', 'trust', () =>
      codeOfAsync(() =>
        store.write(['device', 'trust'], async tx => {
          await tx.objectStore('device').put(device, ONLY);
          const record = { profile: '', domainId: new Uint8Array(32), root: new Uint8Array(32) };
          await tx.objectStore('trust').put({ ...record, rootVersion: 1, files: [] }, ONLY);
        }),
      ),
    );
    expect(code).to.equal('STORAGE_FULL');
    expect((await readContents(store)).device).to.equal(null);
  });

  it('makes way for a newer version of the app in another tab, and says so afterwards', async () => {
    const name = `latchkey-${Math.random()}`;
    const store = new Store(name);
    await readContents(store);
    const newer = await openDB(name, 3);
    expect(newer.version).to.equal(3);
    expect(await codeOfAsync(() => readContents(store))).to.equal('STORAGE_BLOCKED');
    newer.close();
  });

  it('says STORAGE_BLOCKED while another tab holds an older database open', async () => {
    const name = `latchkey-${Math.random()}`;
    const stubborn = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const code = await codeOfAsync(() => readContents(new Store(name, 2)));
    expect(code).to.equal('STORAGE_BLOCKED');
    stubborn.close();
  });

  it('keeps what an older version of the app stored', async () => {
    const name = `latchkey-${Math.random()}`;
    const stores = ['keys', 'device', 'trust', 'requests', 'licenses', 'counters', 'ended', 'refusals'];
    const older = await openDB(name, 1, {
      upgrade: database => {
        for (const store of stores) database.createObjectStore(store);
      },
    });
    await older.put('device', { name: 'Press 7', sequence: 4, highWaterMarkMs: 9 }, ONLY);
    older.close();
    const store = new Store(name);
    expect((await readContents(store)).device?.name).to.equal('Press 7');
    expect(await store.read(tx => tx.objectStore('former').getAll())).to.deep.equal([]);
    await store.close();
  });

  it('opens again after it was closed', async () => {
    const store = newStore();
    await nextSequence(store, 5);
    await store.close();
    expect((await readContents(store)).device?.sequence).to.equal(1);
  });

  it('undoes what is not committed when its page is frozen, and holds no other page up', async () => {
    const name = `latchkey-${Math.random()}`;
    const store = new Store(name);
    await nextSequence(store, 5);
    const frozen = codeOfAsync(() =>
      store.write(['device'], async tx => {
        await tx.objectStore('device').put({ name: 'left', sequence: 9, highWaterMarkMs: 9 }, ONLY);
        leavePage(true);
        // Asked of a page that is frozen, and so never answered there.
        await tx.objectStore('device').get(ONLY);
      }),
    );
    expect(await frozen).to.equal('STORAGE_FAILED');
    const newer = await openDB(name, 3, { blocked: () => expect.fail('the page holds the database') });
    expect((await newer.get('device', ONLY)).sequence).to.equal(1);
    newer.close();
  });

  it('reads again when its page is back what it was reading when that was frozen', async () => {
    const store = newStore();
    await nextSequence(store, 5);
    let attempts = 0;
    const sequence = store.read(async tx => {
      attempts += 1;
      if (attempts === 1) leavePage(true);
      return (await tx.objectStore('device').get(ONLY))?.sequence;
    });
    const early = await Promise.race([sequence, new Promise(resolve => setTimeout(resolve, 50, 'frozen'))]);
    expect(early).to.equal('frozen');
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(await sequence).to.equal(1);
    expect(attempts).to.equal(2);
  });

  it('opens again when its page is back, and commits what a page that is not kept had begun', async () => {
    const store = newStore();
    await nextSequence(store, 5);
    leavePage(true);
    const counted = nextSequence(store, 5);
    leavePage(false);
    expect(await counted).to.equal(2);
    expect((await readContents(store)).device?.sequence).to.equal(2);
  });

  it('nextSequence() never gives two tabs the same number', async () => {
    const name = `latchkey-${Math.random()}`;
    const [one, two] = [new Store(name), new Store(name)];
    const numbers = await Promise.all([one, two, one, two, one].map(store => nextSequence(store, 0)));
    expect(new Set(numbers).size).to.equal(5);
  });

  it('raiseHighWaterMark() never lowers the mark', async () => {
    const store = newStore();
    expect(await raiseHighWaterMark(store, 5000)).to.equal(5000);
    expect(await raiseHighWaterMark(store, 4000)).to.equal(5000);
  });
});

/** What a browser tells a page that a person leaves; one that is kept is frozen then. */
function leavePage(persisted: boolean): void {
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted }));
}
