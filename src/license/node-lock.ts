import { type Bytes, concatBytes, utf8 } from '../bytes/bytes.ts';
import { hmacSha256With } from '../crypto/hash.ts';

/**
 * The signals of a device and what each weighs when two fingerprints are compared: the one place for this.
 *
 * The order is version 1 of the list and part of the format: a name's place is its place in the fingerprint. Weights
 * and threshold are the device's own and may change with any release. A signal weighs more the less it changes on
 * one machine (updates of browser and driver, docking, travel) and the more it differs between models; canvas and
 * audio hashes, fonts, extension lists and versions change with each update and are not here at all.
 *
 * @see FORMAT.md#fingerprint
 */
const weighted = [
  /** Vendor of the GPU, without driver and API version. Changes with the card. */
  ['gpuVendor', 10],
  /** Family of the GPU's renderer, without driver and API version. */
  ['gpuFamily', 10],
  /** Texture and buffer limits of WebGL. A driver update may change them. */
  ['webglLimits', 5],
  /** Logical processors. */
  ['processors', 8],
  /** Memory in steps, Chromium only. */
  ['memory', 6],
  /** Operating system family. */
  ['platform', 10],
  /** Architecture and bitness. */
  ['architecture', 10],
  /** Family of the browser; another browser is another device anyway. */
  ['browserFamily', 6],
  /** Sign of NaN in the floating-point unit: tells processor families apart. */
  ['nanSign', 4],
  /** Most touch points. A docked touch screen changes it. */
  ['touchPoints', 3],
  /** Color depth. A dock or a remote session changes it. */
  ['colorDepth', 2],
  /** Long and short side of the screen in device pixels. A dock changes it. */
  ['screen', 4],
  /** Time zone. People travel. */
  ['timeZone', 1],
  /** Language. People change it. */
  ['language', 1],
] as const;

/** Name of a signal. */
export type SignalName = (typeof weighted)[number][0];

/** The names of version 1, in the order in which a fingerprint holds them. */
export const SIGNAL_NAMES: readonly SignalName[] = weighted.map(([name]) => name);

/**
 * Share of the comparable weight that must be unchanged, in percent. A dock, another screen, a driver update, a
 * journey, a new graphics card, or more memory keep a device well above; a machine of another model falls below.
 * Machines of one model cannot be told apart: the device key does that.
 */
export const MATCH_THRESHOLD_PERCENT = 60;

const allWeight = weighted.reduce((sum, [, weight]) => sum + weight, 0);

/** Bytes of one signal in a fingerprint. */
const signalLength = 4;
const missing = 0;

/** The signals that this browser gives; what it does not give is left out. */
export type Signals = Readonly<Partial<Record<SignalName, string>>>;

/** How a device compares with the one that a license was made for. */
export interface NodeLockResult {
  /** Whether enough of the weight is unchanged, or nothing could be compared. */
  readonly matches: boolean;
  /** Unchanged share of the comparable weight, 0 to 100. */
  readonly scorePercent: number;
  /** Share of all weight that could be compared, since both sides have the signal, 0 to 100. */
  readonly comparedPercent: number;
  /** Signals that both have and that differ. */
  readonly changed: readonly SignalName[];
}

/**
 * Hashes each signal for itself, so that a comparison can be tolerant and say what changed.
 *
 * @param key - 32 bytes of `fingerprintKey`.
 * @returns 4 bytes a signal in the order of `SIGNAL_NAMES`; a signal that is missing is four zero bytes.
 * @see FORMAT.md#fingerprint
 */
export function fingerprint(key: Bytes, signals: Signals): Bytes {
  const mac = hmacSha256With(key);
  return concatBytes(...SIGNAL_NAMES.map(name => signalHash(mac, name, signals[name])));
}

/** Names of the signals that a fingerprint has. */
export function signalsIn(fingerprint: Bytes): SignalName[] {
  return SIGNAL_NAMES.filter((_, place) => signalAt(fingerprint, place) !== missing);
}

/**
 * Compares the fingerprint in a license with that of the device now. This is an alarm for drift and clones: the
 * device key is the identity. A signal that either side lacks is neutral, and so is a license without fingerprint.
 *
 * @see FORMAT.md#node-lock
 */
export function matchFingerprint(reference: Bytes | undefined, current: Bytes): NodeLockResult {
  const changed: SignalName[] = [];
  let total = 0;
  let unchanged = 0;
  weighted.forEach(([name, weight], place) => {
    const then = signalAt(reference, place);
    const now = signalAt(current, place);
    if (then === missing || now === missing) return;
    total += weight;
    if (then === now) unchanged += weight;
    else changed.push(name);
  });
  const scorePercent = total === 0 ? 100 : Math.floor((100 * unchanged) / total);
  const comparedPercent = Math.floor((100 * total) / allWeight);
  return { matches: scorePercent >= MATCH_THRESHOLD_PERCENT, scorePercent, comparedPercent, changed };
}

function signalHash(
  mac: ReturnType<typeof hmacSha256With>,
  name: SignalName,
  value: string | undefined,
): Bytes {
  if (value === undefined) return new Uint8Array(signalLength);
  return mac(utf8(`${name}=${value}`)).slice(0, signalLength);
}

/** The four bytes at a place as one number; `missing` for zero bytes, and past the end of a shorter list. */
function signalAt(bytes: Bytes | undefined, place: number): number {
  const start = place * signalLength;
  if (bytes === undefined || bytes.length < start + signalLength) return missing;
  let signal = 0;
  for (let index = start; index < start + signalLength; index += 1)
    signal = signal * 256 + (bytes[index] ?? 0);
  return signal;
}
