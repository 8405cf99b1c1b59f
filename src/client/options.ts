import type { Crypto } from '../crypto/crypto.ts';
import type { Clock } from '../platform/clock.ts';
import type { Machine } from '../platform/signals.ts';

/** Name of a device's database unless an app says otherwise. */
export const DATABASE = 'latchkey';

/** How a device is opened; everything can be left out. */
export interface OpenOptions {
  /**
   * Where this origin serves its profile, or the element that holds it, such as `#profile`; `/profile` unless said
   * otherwise.
   */
  profileUrl?: string;
  /** The product to license, where the profile leaves it open. */
  product?: string;
  /** Version of the app, told in requests; at most 24 bytes. */
  appVersion?: string;
  /**
   * When this version of the app was released, in milliseconds since the Unix epoch: a license may cover only what was
   * released until a day. Left out, every version is covered.
   */
  appReleasedAtMs?: number | undefined;
  /** Name of the IndexedDB database; `latchkey` unless said otherwise. */
  database?: string;
  /**
   * Whether files go to the portal by themselves where there is a network, until a person says otherwise; true unless
   * said otherwise.
   */
  sync?: boolean;
  clock?: Clock;
  crypto?: Crypto;
  /** Reads what the browser tells of the machine. */
  machine?: () => Promise<Machine>;
}
