/**
 * What a person may do at a device, and whether the supervisor's PIN stands in front of it: the one place that decides.
 * What the vendor decides, as a refresh that syncing brings, and counting go on without a person and are not here.
 */
export const needsPin = {
  /** A license key, or user and password. */
  request: true,
  /** An answer, whatever it holds, but for a refresh that clears the PIN. */
  load: true,
  /** Forget a request, whose answer is refused then. */
  discard: true,
  deactivate: true,
  becomeNewDevice: true,
  prepareForCloning: true,
  /** A recovery file moves licenses to whoever has it. */
  makeRecoveryFile: true,
  /** Ask for the seats of a recovery file, or forget what was lost. */
  recover: true,
  setSync: true,
  /** Change the PIN, or take it away. */
  changePin: true,
  /** A name changes no license. */
  rename: false,
  /** States what was counted, and gets the newest license, as syncing does. */
  report: false,
  /** What is sent was made before; its answer is the vendor's. */
  send: false,
} as const satisfies Readonly<Record<string, boolean>>;

/** Something that a person does at a device. */
export type Act = keyof typeof needsPin;

/** How long the acts of a supervisor go on without the PIN being entered again. */
export const OPEN_MS = 2 * 60_000;

/** Digits of a PIN. */
export const PIN_FORM = /^\d{4,12}$/;

/** Wrong PINs that cost no time. */
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 60 * 60_000;

/** PINs that were tried since the last right one. */
export interface TriedPins {
  readonly count: number;
  /** When the last one was tried, by this device's clock. */
  readonly atMs: number;
}

/**
 * How long nobody may try a PIN: half a minute after the third wrong one, twice as long after each further one, an hour
 * at most. A clock that was set back gains nothing.
 */
export function pinWaitMs({ count, atMs }: TriedPins, nowMs: number): number {
  if (count < FREE_TRIES) return 0;
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (count - FREE_TRIES), LONGEST_WAIT_MS);
  return Math.max(0, waitMs - Math.max(0, nowMs - atMs));
}
