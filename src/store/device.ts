import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import {
  type DeviceRecord,
  ONLY,
  type RecoveryRecord,
  type SyncRecord,
  type TrustRecord,
} from './records.ts';
import type { Store, Writing } from './store.ts';

const NEW_DEVICE: DeviceRecord = { name: '', sequence: 0, highWaterMarkMs: 0 };

/**
 * Keeps the device's key pair unless there is one, and returns the pair as IndexedDB gives it back: two tabs that
 * begin at once end with one key. Some browsers lose a key or refuse to store it (Safari's private mode).
 *
 * @throws DEVICE_KEY_NOT_STORED - when the pair cannot be stored or does not come back.
 */
export async function keepDeviceKey(store: Store, pair: CryptoKeyPair): Promise<CryptoKeyPair> {
  try {
    await store.write(['keys'], async tx => {
      const keys = tx.objectStore('keys');
      if (!(await keys.get(ONLY))) await keys.put(pair, ONLY);
    });
  } catch (cause) {
    if (cause instanceof LatchkeyError && cause.code !== 'STORAGE_FAILED') throw cause;
    throw new LatchkeyError('DEVICE_KEY_NOT_STORED', 'the browser does not store the device key', { cause });
  }
  const stored = await store.read(tx => tx.objectStore('keys').get(ONLY));
  if (isKeyPair(stored)) return stored;
  throw new LatchkeyError('DEVICE_KEY_NOT_STORED', 'the device key did not come back from the database');
}

/** Whether a key pair came back whole. */
export function isKeyPair(stored: CryptoKeyPair | undefined): stored is CryptoKeyPair {
  return stored?.privateKey instanceof CryptoKey && stored.publicKey instanceof CryptoKey;
}

/** Takes the number of the next file that this device signs. A number is never used twice; one may be skipped. */
export function nextSequence(store: Store, clockMs: number): Promise<number> {
  return store.write(['device'], async tx => {
    const device = await changeDevice(tx, old => ({ ...raised(old, clockMs), sequence: old.sequence + 1 }));
    return device.sequence;
  });
}

/** Raises the high-water mark; it never falls here. Returns the mark, in milliseconds. */
export function raiseHighWaterMark(store: Store, clockMs: number): Promise<number> {
  return store.write(['device'], async tx => {
    const device = await changeDevice(tx, old => raised(old, clockMs));
    return device.highWaterMarkMs;
  });
}

/** Renames the device; the next request carries the name. */
export async function renameDevice(store: Store, name: string): Promise<void> {
  await store.write(['device'], tx => changeDevice(tx, old => ({ ...old, name })));
}

/** Notes how syncing goes, or whether it shall. */
export async function noteSync(store: Store, note: (old: SyncRecord) => SyncRecord): Promise<void> {
  await store.write(['device'], tx => changeDevice(tx, old => ({ ...old, sync: note(old.sync ?? {}) })));
}

/**
 * Keeps a recovery secret unless there is one, and returns the one that is kept, read back: a request that states its hash
 * may leave only then.
 */
export async function keepRecoverySecret(store: Store, secret: Bytes): Promise<Bytes> {
  const kept = await store.write(['device'], tx =>
    changeDevice(tx, old => ({ ...old, recovery: old.recovery ?? { secret } })),
  );
  const read = await store.read(tx => tx.objectStore('device').get(ONLY));
  const stored = read?.recovery?.secret;
  if (stored && kept.recovery && equalBytes(stored, kept.recovery.secret)) return stored;
  throw new LatchkeyError('STORAGE_FAILED', 'the recovery secret did not come back as written');
}

/** Notes that a recovery file was saved, or that a person wants none. */
export async function noteRecovery(store: Store, note: Omit<RecoveryRecord, 'secret'>): Promise<void> {
  await store.write(['device'], tx =>
    changeDevice(tx, old => (old.recovery ? { ...old, recovery: { ...old.recovery, ...note } } : old)),
  );
}

/** Changes the high-water mark inside a transaction that changes other stores as well. */
export async function moveMark(tx: Writing, mark: Mark): Promise<void> {
  await changeDevice(tx, old =>
    'setToMs' in mark ? { ...old, highWaterMarkMs: mark.setToMs } : raised(old, mark.raiseToMs),
  );
}

/** Where the high-water mark goes: up, or, by a signed clock correction, to a moment. */
export type Mark = { raiseToMs: number } | { setToMs: number };

/** Keeps the root and what it signed. A root once pinned stays: only files that it signed replace others. */
export async function keepTrust(store: Store, trust: TrustRecord): Promise<void> {
  await store.write(['trust'], tx => tx.objectStore('trust').put(trust, ONLY));
}

/**
 * Pins the root at the first start. A root that another tab has pinned meanwhile stays, and is returned.
 */
export function pinTrust(store: Store, trust: TrustRecord): Promise<TrustRecord> {
  return store.write(['trust'], async tx => {
    const pinned = await tx.objectStore('trust').get(ONLY);
    if (!pinned) await tx.objectStore('trust').put(trust, ONLY);
    return pinned ?? trust;
  });
}

/** Changes the device's record inside a transaction. */
export async function changeDevice(
  tx: Writing,
  change: (old: DeviceRecord) => DeviceRecord,
): Promise<DeviceRecord> {
  const devices = tx.objectStore('device');
  const device = change((await devices.get(ONLY)) ?? NEW_DEVICE);
  await devices.put(device, ONLY);
  return device;
}

function raised(device: DeviceRecord, clockMs: number): DeviceRecord {
  return { ...device, highWaterMarkMs: Math.max(device.highWaterMarkMs, clockMs) };
}
