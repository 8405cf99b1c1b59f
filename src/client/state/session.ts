import type { Crypto } from '../../crypto/crypto.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Machine } from '../../platform/signals.ts';
import type { Store } from '../../store/store.ts';
import type { DeviceState } from './device-state.ts';
import type { Surroundings } from './views.ts';

/** What the steps of a device work with. */
export interface Session {
  readonly store: Store;
  /** Name of its database. */
  readonly database: string;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly appVersion: string;
  /** The product that this device is set to, if it is set to one. */
  readonly product: string | null;
  /** The machine's signals, all of them. */
  readonly machine: () => Promise<Machine>;
  /** The state as it was last read and verified. */
  readonly state: DeviceState;
  /** What the rules look at besides the state. */
  surroundings(): Surroundings;
}
