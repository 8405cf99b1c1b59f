import type { Bytes } from '../bytes/bytes.ts';
import type { ErrorCode, ErrorData } from '../errors.ts';
import type { License } from '../format/license.ts';
import type { Receipt } from '../format/receipt.ts';
import type { CounterStatus } from '../license/consumption/remaining.ts';
import type { FeatureStatus, LicenseStatus } from '../license/status.ts';

/** A license on this device, verified, and what it allows now. Ids are lower-case hex. */
export interface LicenseView {
  readonly id: string;
  readonly activationId: string;
  readonly claims: License;
  readonly status: LicenseStatus;
  /** In the order of the license. */
  readonly features: readonly FeatureStatus[];
  /** The license's own counter; null when it counts nothing. */
  readonly consumption: CounterStatus | null;
  /** Entries of consumption that no answer has acknowledged yet. */
  readonly unreported: number;
  readonly loadedAtMs: number;
}

/** What the portal said when it refused a file. */
export interface RefusalView {
  /** A newer portal may know codes that this version does not. */
  readonly code: string;
  readonly data: ErrorData;
  readonly issuedAtMs: number;
}

/** A file that waits for its answer. */
export interface RequestView {
  readonly id: string;
  readonly kind: 'activation-request' | 'usage-report';
  readonly fileName: string;
  readonly createdAtMs: number;
  /** null: not saved yet. */
  readonly savedAtMs: number | null;
  /** The portal's latest refusal; the same file may be uploaded again. */
  readonly refusal: RefusalView | null;
}

/** A license that this device gave up. */
export interface DeactivationView {
  /** The activation id. */
  readonly id: string;
  readonly licenseId: string;
  /** The last license, or null when its file can no longer be read. */
  readonly claims: License | null;
  readonly fileName: string;
  readonly endedAtMs: number;
  readonly savedAtMs: number | null;
  /** Why the portal could not take the file; it may be saved and uploaded again. */
  readonly refusal: RefusalView | null;
  /** null: the portal has not confirmed yet, or nobody has brought its receipt. */
  readonly receipt: Receipt | null;
}

/**
 * By what a license is asked for, as a person types it: a license key, a user name with its password, or null, which
 * leaves it to whoever carries the file. A text alone is a license key.
 */
export type Credentials =
  | string
  | { readonly key: string }
  | { readonly user: string; readonly password: string }
  | null;

/** A file to carry, or to send. */
export interface DeviceFile {
  /** Of the request, or of the activation that it ends. */
  readonly id: string;
  readonly name: string;
  readonly bytes: Bytes;
}

/** What loading a file did. */
export type LoadResult =
  | { readonly kind: 'activated' | 'refreshed' | 'already-loaded'; readonly licenseIds: readonly string[] }
  | { readonly kind: 'refused'; readonly requestId: string; readonly refusal: RefusalView }
  | { readonly kind: 'receipt'; readonly activationId: string }
  | { readonly kind: 'trust' };

/** A stored file that this device cannot use: told, never thrown. */
export interface BrokenView {
  readonly licenseId: string;
  readonly code: ErrorCode;
}

/** Why something did not work, for its words. */
export interface Reason {
  readonly code: ErrorCode;
  readonly data: ErrorData;
}

/** How an activation went: the portal answered, or there is a file to carry to it, and why. */
export type Activation =
  | { readonly way: 'online'; readonly result: LoadResult }
  | { readonly way: 'file'; readonly file: DeviceFile; readonly reason: Reason };

/** How the recovery file stands: it gives the licenses back when the browser has lost them. */
export interface RecoveryView {
  /** When one was saved last; null: never. */
  readonly savedAtMs: number | null;
  /** Whether the one that was saved has every license that is here. */
  readonly isCurrent: boolean;
  /** Whether a person wanted none for these licenses. */
  readonly isDeclined: boolean;
}

/** How syncing with the portal goes. */
export interface SyncView {
  readonly isOn: boolean;
  /** The browser says that there is no network. */
  readonly isOffline: boolean;
  /** When a portal last answered over the network; null: never. */
  readonly answeredAtMs: number | null;
  /** Why the latest attempt did not do; null when it did. */
  readonly problem: Reason | null;
}
