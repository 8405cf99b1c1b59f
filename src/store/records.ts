import type { DBSchema } from 'idb';
import type { Bytes } from '../bytes/bytes.ts';
import type { ErrorCode, ErrorData } from '../errors.ts';
import type { Consumption, Head, Period } from '../format/claims.ts';

/**
 * What the device keeps, as it lies in IndexedDB. Files are kept as the bytes that came or went: whatever they say
 * is verified and decoded anew at each start. Ids in `id` are lower-case hex.
 */
export interface DeviceRecord {
  /** What people call this device; it travels in requests. */
  name: string;
  /** How many files this device has signed; each carries the next number. */
  sequence: number;
  /** The latest moment this device has seen, in milliseconds; the clock may not fall far behind it. */
  highWaterMarkMs: number;
  sync?: SyncRecord;
  pin?: PinRecord;
  recovery?: RecoveryRecord;
}

/** The supervisor's PIN, of which only a hash is kept. */
export interface PinRecord {
  /** 16 bytes. */
  salt: Bytes;
  /** Argon2id of the PIN, 16 bytes. */
  hash: Bytes;
  /** Tries since the last right one, and when the last was, by this device's clock. */
  tried: { count: number; atMs: number };
}

/** By what a seat is got back when this database is lost. */
export interface RecoveryRecord {
  /** 32 bytes; requests state its hash, and the recovery file has it. */
  secret: Bytes;
  /** When a recovery file was saved last, and with which activations. */
  saved?: { atMs: number; activationIds: string[] };
  /** Activations for which a person wanted none. */
  declined?: string[];
}

/** How syncing goes, for all tabs and the next start. Times are of this device's clock. */
export interface SyncRecord {
  /** What a person chose; absent: what the app chose. */
  isOn?: boolean;
  /** When a portal last answered over the network. */
  answeredAtMs?: number;
  /** The attempts that failed since, and the last of them. */
  failed?: { count: number; atMs: number; code: ErrorCode; data: ErrorData };
}

/** The root pinned at the first start, and what has come since. */
export interface TrustRecord {
  /** The profile as it was fetched, JSON text. */
  profile: string;
  domainId: Bytes;
  /** The pinned root, 32 bytes, and its number. */
  root: Bytes;
  rootVersion: number;
  /** Root changes in order, then the newest trust bundle: whole files. */
  files: Bytes[];
}

/** A file that this device signed and that waits for its answer. */
export interface RequestRecord {
  /** The request id; for a usage report that has none, the digest. */
  id: string;
  kind: 'activation-request' | 'usage-report';
  requestId: Bytes;
  /** The inner Sign1: what was signed, kept so that it can be sealed again to a newer key. */
  signed: Bytes;
  /** SHA-256 by which the portal knows the file again. */
  digest: Bytes;
  /** The sealed file, the same bytes each time it is saved. */
  file: Bytes;
  sealKid: Bytes;
  /** SHA-256 of the files as they were sealed before, to former keys: a stick may still carry one. */
  formerDigests?: Bytes[];
  createdAtMs: number;
  /** The high-water mark that the file states, milliseconds. */
  statedMarkMs: number;
  savedAtMs?: number;
  answeredAtMs?: number;
  /** Of an activation request: the key of its fingerprint, 32 bytes, kept for the license that answers it. */
  fingerprintKey?: Bytes;
  /** Of a usage report: the activation it reports. */
  activationId?: string;
}

export interface LicenseRecord {
  /** The license id. */
  id: string;
  activationId: string;
  /** The license file as it came. */
  file: Bytes;
  /** Key of the fingerprint, 32 bytes, from the request. */
  fingerprintKey: Bytes;
  loadedAtMs: number;
}

/** What one activation has consumed. */
export interface CountState {
  consumption: Consumption;
  /** The chain's heads to state in the next report: the acknowledged one, then each reported one. */
  heads: readonly Head[];
  /** The sums of each period, those that changed last first; of counters that begin anew. */
  periods?: readonly Period[];
}

export interface CounterRecord {
  /** The activation id. */
  id: string;
  state: CountState;
}

/** An activation that this device gave up. It stays, so that the activation is refused forever. */
export interface EndedRecord {
  /** The activation id. */
  id: string;
  licenseId: string;
  /** The last license file, to say what it was. */
  licenseFile: Bytes;
  /** Of the license, 32 bytes: by it a new request for the same license key is known. */
  fingerprintKey?: Bytes;
  /** What the activation had consumed at its end. */
  consumption?: Consumption;
  periods?: readonly Period[];
  requestId: Bytes;
  signed: Bytes;
  digest: Bytes;
  /** The sealed deactivation file, to be saved until the receipt is there. */
  file: Bytes;
  sealKid: Bytes;
  /** SHA-256 of the files as they were sealed before, to former keys: a stick may still carry one. */
  formerDigests?: Bytes[];
  endedAtMs: number;
  savedAtMs?: number;
  /** The portal's receipt as it came. */
  receipt?: Bytes;
}

/** The portal's latest refusal of one file. */
export interface RefusalRecord {
  /** Id of the request that was refused. */
  id: string;
  file: Bytes;
  loadedAtMs: number;
}

/** A device key that another has replaced since its profile was copied, with all that belonged to it. */
export interface FormerRecord {
  /** The device id. */
  id: string;
  keyPair: CryptoKeyPair;
  setAsideAtMs: number;
  requests: RequestRecord[];
  licenses: LicenseRecord[];
  counters: CounterRecord[];
  ended: EndedRecord[];
}

export interface LatchkeySchema extends DBSchema {
  keys: { key: string; value: CryptoKeyPair };
  device: { key: string; value: DeviceRecord };
  trust: { key: string; value: TrustRecord };
  requests: { key: string; value: RequestRecord };
  licenses: { key: string; value: LicenseRecord };
  counters: { key: string; value: CounterRecord };
  ended: { key: string; value: EndedRecord };
  refusals: { key: string; value: RefusalRecord };
  former: { key: string; value: FormerRecord };
}

/** Key of the stores that hold one record only. */
export const ONLY = 'this';

/** Key of the key pair that is to take the place of the device's own. */
export const NEXT = 'next';
