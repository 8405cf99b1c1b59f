import { LatchkeyError } from '../errors.ts';
import { isKeyPair } from './device.ts';
import { type FormerRecord, NEXT, ONLY } from './records.ts';
import type { Store, StoreName, Writing } from './store.ts';

/** What belongs to one device key, and to no other. */
const OF_THE_KEY = ['requests', 'licenses', 'counters', 'ended', 'refusals'] as const;
const CHANGED: StoreName[] = ['keys', 'former', 'device', ...OF_THE_KEY];

/**
 * Makes `pair` the device's key. First it is stored beside the old one and read back; then, in one transaction, the old
 * key and all that belongs to it are set aside and the new one takes its place. Until then nothing has changed.
 *
 * @param id - Of the former device, lower-case hex.
 * @throws DEVICE_KEY_NOT_STORED - when the pair cannot be stored or does not come back.
 */
export async function replaceDeviceKey(
  store: Store,
  pair: CryptoKeyPair,
  { id, nowMs }: { id: string; nowMs: number },
): Promise<void> {
  await store.write(['keys'], tx => tx.objectStore('keys').put(pair, NEXT)).catch(notStored);
  if (!isKeyPair(await store.read(tx => tx.objectStore('keys').get(NEXT)))) notStored();
  await store.write(CHANGED, async tx => {
    const keys = tx.objectStore('keys');
    const [next, keyPair] = await Promise.all([keys.get(NEXT), keys.get(ONLY)]);
    if (!next || !keyPair) throw new LatchkeyError('STORAGE_FAILED', 'another tab replaced the key');
    await tx.objectStore('former').put(await gather(tx, { id, keyPair, setAsideAtMs: nowMs }), id);
    await keys.put(next, ONLY);
    await keys.delete(NEXT);
    for (const name of OF_THE_KEY) await tx.objectStore(name).clear();
    await forgetRecovery(tx);
  });
}

/** Erases the device's key and all that belongs to it, and whatever was set aside. What the vendor is stays. */
export async function eraseDevice(store: Store): Promise<void> {
  await store.write(CHANGED, async tx => {
    await forgetRecovery(tx);
    const device = await tx.objectStore('device').get(ONLY);
    for (const name of ['keys', 'former', ...OF_THE_KEY] as const) await tx.objectStore(name).clear();
    if (device) await tx.objectStore('device').put({ ...device, name: '', sequence: 0 }, ONLY);
  });
  const key = await store.read(tx => tx.objectStore('keys').get(ONLY));
  if (key) throw new LatchkeyError('STORAGE_FAILED', 'the device key is still there');
}

/** A copy of the profile has the same secret: each device is to have its own. */
async function forgetRecovery(tx: Writing): Promise<void> {
  const device = await tx.objectStore('device').get(ONLY);
  if (!device?.recovery) return;
  const { recovery: _, ...rest } = device;
  await tx.objectStore('device').put(rest, ONLY);
}

async function gather(
  tx: Writing,
  former: Pick<FormerRecord, 'id' | 'keyPair' | 'setAsideAtMs'>,
): Promise<FormerRecord> {
  const [requests, licenses, counters, ended] = await Promise.all([
    tx.objectStore('requests').getAll(),
    tx.objectStore('licenses').getAll(),
    tx.objectStore('counters').getAll(),
    tx.objectStore('ended').getAll(),
  ]);
  return { ...former, requests, licenses, counters, ended };
}

function notStored(cause?: unknown): never {
  if (cause instanceof LatchkeyError && cause.code !== 'STORAGE_FAILED') throw cause;
  throw new LatchkeyError('DEVICE_KEY_NOT_STORED', 'the browser does not store a new device key', { cause });
}
