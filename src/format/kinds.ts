/**
 * The kinds of file and their numbers in the protected header (`typ`, label 16).
 *
 * @see FORMAT.md#kinds
 */
export const KINDS = {
  'activation-request': 65201,
  'usage-report': 65202,
  deactivation: 65203,
  license: 65211,
  receipt: 65212,
  refusal: 65213,
  'trust-bundle': 65221,
  'root-change': 65222,
} as const;

/** Name of a kind of file. */
export type Kind = keyof typeof KINDS;

/** What a device signs and seals to the portal. */
export type DeviceKind = 'activation-request' | 'usage-report' | 'deactivation';

/** What a portal answers a device file with. */
export type AnswerKind = 'license' | 'receipt' | 'refusal';

const names = new Map<number, Kind>((Object.keys(KINDS) as Kind[]).map(name => [KINDS[name], name] as const));

/** Returns the kind with this number, or null when version 1 knows none. */
export function kindOf(typ: number): Kind | null {
  return names.get(typ) ?? null;
}

/** Says whether a device makes files of this kind; they are then sealed. */
export function isDeviceKind(kind: Kind): kind is DeviceKind {
  return kind === 'activation-request' || kind === 'usage-report' || kind === 'deactivation';
}

/** Most bytes of claims that a file of this kind may hold once inflated. */
export function maxInflatedBytes(kind: Kind): number {
  return isDeviceKind(kind) ? 16 * 1024 : 256 * 1024;
}

/** Most bytes of a sealed device file. */
export const MAX_DEVICE_FILE_BYTES = 8 * 1024;
