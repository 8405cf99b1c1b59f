import { changeDevice } from './device.ts';
import { ONLY, type PinRecord } from './records.ts';
import type { Store } from './store.ts';

type WaitOf = (tried: PinRecord['tried'], nowMs: number) => number;

/**
 * Counts a try of the PIN, in one transaction, before anybody looks at it; or says how long to wait. null without a PIN.
 * A clock behind the last try is taken as it is now, so that the wait ends.
 */
export function takeTry(
  store: Store,
  nowMs: number,
  waitOf: WaitOf,
): Promise<{ pin: PinRecord } | { waitMs: number } | null> {
  return store.write(['device'], async tx => {
    const { pin } = (await tx.objectStore('device').get(ONLY)) ?? {};
    if (!pin) return null;
    const { count, atMs } = pin.tried;
    const waitMs = waitOf(pin.tried, nowMs);
    const tried = waitMs > 0 ? { count, atMs: Math.min(atMs, nowMs) } : { count: count + 1, atMs: nowMs };
    await changeDevice(tx, old => ({ ...old, pin: { ...pin, tried } }));
    return waitMs > 0 ? { waitMs } : { pin };
  });
}

/** Forgets the wrong tries before a right one. */
export async function noteRightPin(store: Store): Promise<void> {
  await store.write(['device'], tx =>
    changeDevice(tx, ({ pin, ...rest }) =>
      pin ? { ...rest, pin: { ...pin, tried: { count: 0, atMs: 0 } } } : rest,
    ),
  );
}

/** Keeps a new PIN, or none. */
export async function keepPin(store: Store, pin: PinRecord | null): Promise<void> {
  await store.write(['device'], tx =>
    changeDevice(tx, ({ pin: _, ...rest }) => (pin ? { ...rest, pin } : rest)),
  );
}
