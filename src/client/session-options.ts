import { webCrypto } from '../crypto/web.ts';
import { systemClock } from '../platform/clock.ts';
import { readMachine } from '../platform/signals.ts';
import { DATABASE, type OpenOptions } from './options.ts';
import type { SessionOptions } from './state/device-session.ts';

/** What a device is opened with: what the app said, and what applies where it said nothing. */
export function sessionOptions(options: OpenOptions): SessionOptions {
  return {
    profileUrl: options.profileUrl ?? '/profile',
    product: options.product ?? null,
    appVersion: options.appVersion ?? '',
    appReleasedAtMs: options.appReleasedAtMs,
    database: options.database ?? DATABASE,
    clock: options.clock ?? systemClock,
    crypto: options.crypto ?? webCrypto(),
    machine: options.machine ?? readMachine,
    sync: options.sync ?? true,
  };
}
