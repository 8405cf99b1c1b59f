import type { Bytes } from '../bytes/bytes.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { Trust } from '../verify/trust.ts';
import type { Issuer } from './issuer.ts';
import type { DeviceFile } from './open-device-file.ts';
import type { Repository } from './repository.ts';
import type { SecretBox } from './secrets/secret-box.ts';

/** What issuing takes besides the records: keys, time, and chance. */
export interface IssueContext {
  readonly issuer: Issuer;
  readonly crypto: Crypto;
  readonly secretBox: SecretBox;
  readonly trust: Trust;
  /** Now, Unix seconds. */
  readonly nowS: number;
}

/** A portal: its records, its keys and its clock. */
export interface Portal {
  readonly repository: Repository;
  readonly issuer: Issuer;
  readonly crypto: Crypto;
  readonly secretBox: SecretBox;
  /** Opens a binary file with the portal's sealing keys; see `openDeviceFile`. */
  open(file: Bytes): Promise<DeviceFile>;
  /** What the portal vouches for now, pinned at the first root. */
  trust(): Trust;
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
}

/** What issuing takes at this moment. */
export function contextOf(portal: Portal): IssueContext {
  const { issuer, crypto, secretBox } = portal;
  return { issuer, crypto, secretBox, trust: portal.trust(), nowS: Math.floor(portal.nowMs() / 1000) };
}

/** A revision that is higher than the last one, also at a portal that was restored from a backup. */
export function nextRevision(last: number, nowS: number): number {
  return Math.max(last + 1, nowS);
}
