import type { Bytes } from '../bytes/bytes.ts';
import type { ErrorCode } from '../errors.ts';
import type { ReportWithin } from '../format/claims.ts';
import type { DeviceKind } from '../format/kinds.ts';
import type { LicenseType } from '../format/license.ts';
import type { ResetPeriod } from '../license/consumption/period.ts';
import type { ForkPolicy, ForkSign } from './decide/fork.ts';

/** What a counter may reach and what was counted in all. Total = used - givenBack + adjustment, of its period if it has one. */
export interface Meter {
  /** null: unlimited. */
  readonly maximum: number | null;
  /** What may be used past the maximum. */
  readonly overageMaximum: number;
  /** Sum over all activations; only rises. */
  readonly used: number;
  /** Sum over all activations; only rises. */
  readonly givenBack: number;
  /** null: it never begins anew. */
  readonly resetPeriod: ResetPeriod | null;
  /** More may be given back than was used. */
  readonly mayBeNegative: boolean;
  /** Most that one device may have unused with it; null: each may use all that is left. */
  readonly share: number | null;
  /** Of a counter that never begins anew; kept while it does. */
  readonly adjustment: number;
  readonly periodAdjustment: PeriodAdjustment | null;
}

/** Signed correction of a counter by the vendor: a reset is `givenBack - used`. It counts in one period alone. */
export interface PeriodAdjustment {
  readonly index: number;
  readonly amount: number;
}

/** A product of the vendor; its code is permanent. */
export interface ProductRecord {
  readonly code: string;
  readonly name: string;
  /** What is done about a copied profile that has a license of this product. */
  readonly forkPolicy: ForkPolicy;
  /** Rises with each edit. */
  readonly version: number;
  readonly createdAtS: number;
}

/** A feature is on or off, or it is counted; this never changes. */
export type FeatureType = 'activation' | 'consumption';

/** A feature that licenses of a product may grant. */
export interface ProductFeatureRecord {
  readonly code: string;
  readonly name: string;
  readonly type: FeatureType;
}

/** A feature as one license grants it. */
export interface LicenseFeatureRecord {
  readonly code: string;
  readonly name: string;
  readonly type: FeatureType;
  readonly expiresAtS: number | null;
  readonly meter: Meter;
}

/** A license. `id`, `product` and `type` never change. */
export interface LicenseRecord {
  /** 16 bytes. */
  readonly id: Bytes;
  readonly product: string;
  readonly type: LicenseType;
  readonly trial: boolean;
  /** The policy that it was issued from, which may be deleted by now; 16 bytes; null: none. */
  readonly policyId: Bytes | null;
  readonly enabled: boolean;
  /** 8 bytes; null: the license is for users or bundled with another, and stays so. */
  readonly keyLookup: Bytes | null;
  /** Text and secret of the license key, sealed under the master key. */
  readonly keySealed: Bytes | null;
  /** The license whose key it is under; null: it has one of its own, or is for users. */
  readonly bundledWith: Bytes | null;
  /** Named on the license file; may be empty. */
  readonly holder: string;
  /** For the vendor's eyes; never in a file. */
  readonly customer: string;
  /** For the vendor's eyes; never in a file. */
  readonly note: string;
  readonly startsAtS: number | null;
  readonly expiresAtS: number | null;
  /** Its end is so many days after the first activation; null: it is a day of its own, or there is none. */
  readonly validityDays: number | null;
  readonly graceHours: number;
  readonly maintenanceUntilS: number | null;
  /** null: unlimited. */
  readonly maxActivations: number | null;
  /** Of a license for users; null: unlimited. */
  readonly maxUsers: number | null;
  /** Of a license for users: devices at one time of each; null: unlimited. */
  readonly devicesPerUser: number | null;
  /** null: unlimited; 0: none. */
  readonly maxTransfers: number | null;
  readonly transfersUsed: number;
  /** Times that a device that lost its storage takes its seat again by itself; null: unlimited; 0: a person decides. */
  readonly maxRebinds: number | null;
  /** How alike its fingerprint must be for that, in percent. */
  readonly rebindLikeness: number;
  /** Rebinds without a person. */
  readonly rebindsUsed: number;
  readonly allowOffline: boolean;
  readonly preventVm: boolean;
  readonly reportWithin: ReportWithin | null;
  /** Periods that may open on a device without a newer license; null: unlimited. */
  readonly maxOpenPeriods: number | null;
  /** Minutes from UTC at which periods begin. */
  readonly utcOffset: number;
  /** Written into the license file. */
  readonly customFields: Readonly<Record<string, string>>;
  /** For the vendor's eyes; never in a file. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The license's own counter; it counts for the type consumption. */
  readonly meter: Meter;
  /** Active activations. */
  readonly seatsTaken: number;
  /** Activations ever granted, without those that the vendor released, that went on in their device's own seat, or were rebound. */
  readonly seatsGranted: number;
  /** The order that it was issued in; null: in none. */
  readonly orderId: Bytes | null;
  /** Its place in the order. */
  readonly orderReference: string | null;
  /** Rises with each edit: an edit names the version that it was made from. */
  readonly version: number;
  readonly createdAtS: number;
  readonly updatedAtS: number;
  /** null: it was not deleted. One that was is disabled for good, and no key or user finds it. */
  readonly deletedAtS: number | null;
}

/** A device that named a license that there is, known by its key. */
export interface DeviceRecord {
  /** Thumbprint of the device key, 32 bytes. */
  readonly id: Bytes;
  /** Twelve digits that people read aloud; finds a device, identifies none. */
  readonly number: string;
  /** P-256, 65 bytes. */
  readonly publicKey: Bytes;
  /** What the device calls itself; may be empty. */
  readonly name: string;
  readonly platform: string;
  readonly appVersion: string;
  readonly virtualMachine: boolean;
  /** By the vendor, for every license. */
  readonly blocked: boolean;
  readonly firstSeenAtS: number;
  readonly lastSeenAtS: number;
  /** When a second copy of its profile was noticed last. */
  readonly copiedAtS: number | null;
}

/** Somebody whom the vendor licenses by name and password; no account of the console. */
export interface UserRecord {
  /** 16 bytes. */
  readonly id: Bytes;
  /** As the vendor writes it; one user for each normalized form. */
  readonly name: string;
  /** Of the name, 8 bytes. */
  readonly lookup: Bytes;
  /** What is kept of the password, sealed under the master key. */
  readonly keySealed: Bytes;
  readonly passwordSetAtS: number;
  readonly createdAtS: number;
}

/** Why an activation ended. */
export type EndReason = 'deactivated' | 'released' | 'replaced';

/** A seat of a license, taken by a device. */
export interface ActivationRecord {
  /** 16 bytes. */
  readonly id: Bytes;
  readonly licenseId: Bytes;
  readonly deviceId: Bytes;
  /** Who activated it; null for a license key. */
  readonly userId: Bytes | null;
  /** null while it is active. */
  readonly endReason: EndReason | null;
  readonly endedAtS: number | null;
  readonly revision: number;
  /** Highest entry of the consumption chain that was counted, with the head there. */
  readonly reportedSequence: number;
  readonly reportedHead: Bytes;
  /** Device sequence of the file that brought it. */
  readonly reportedDeviceSequence: number;
  readonly reportedAtS: number | null;
  /** Last entry of the chain, stated by the deactivation or by the request that replaces it. */
  readonly finalSequence: number | null;
  /** Salted for this license; personal data, erased some time after the end. */
  readonly fingerprint: Bytes | null;
  /** SHA-256 of the recovery secret. */
  readonly recoveryCommitment: Bytes | null;
  readonly online: boolean;
  readonly grantedAtS: number;
  /** The activation of another device whose seat it took over. */
  readonly replaces: Bytes | null;
  /** When a fork of its chain was noticed last. */
  readonly copiedAtS: number | null;
  /** When its license changed first after the file that the device is known to have; null: it has not. */
  readonly changedAtS: number | null;
  /** The first revision that carries all that has changed; null: no such file was made, or there is nothing. */
  readonly carriedByRevision: number | null;
}

/** A device that was refused for want of a seat: what a person needs to give it the seat of another, and the yes. */
export interface SeatRequestRecord {
  readonly licenseId: Bytes;
  readonly deviceId: Bytes;
  /** As the refused request states it; personal data, erased some time later. */
  readonly fingerprint: Bytes | null;
  readonly askedAtS: number;
  /** The activation whose seat a person gave it; null: none so far. */
  readonly approvedId: Bytes | null;
  readonly approvedAtS: number | null;
}

/** What a device file was answered about one license, or a refresh file that the vendor made. */
export interface ExchangeRecord {
  readonly deviceId: Bytes;
  /** 16 bytes; of a refresh a number of its own. */
  readonly requestId: Bytes;
  readonly kind: DeviceKind | 'refresh';
  /** SHA-256 over protected header and payload of the signed message; null for a refresh. */
  readonly digest: Bytes | null;
  /** null for a refresh. */
  readonly deviceSequence: number | null;
  readonly licenseId: Bytes;
  /** null when a request was refused. */
  readonly activationId: Bytes | null;
  /** The code of the refusal, or why nothing of a license under the key was granted; null for a license or receipt. */
  readonly code: ErrorCode | null;
  /** Revision of the license in the answer; null when it holds none. */
  readonly revision: number | null;
  /** By what the file shows a second copy of its device; null: it shows none. */
  readonly forkSign: ForkSign | null;
  /** The license, receipt or refusal file; empty: a license that was erased with its fingerprint, or what has no file beside the others'. */
  readonly answer: Bytes;
  /** The file in its binary form, sealed as it came, at most 8 KiB; null: a refresh, or erased since. */
  readonly received: Bytes | null;
  /** When the file came for the first time. */
  readonly receivedAtS: number;
  readonly decidedAtS: number;
}

/** One line of the record of who did what. */
export interface AuditRecord {
  readonly atMs: number;
  /** E-mail address of the account, or `system`. */
  readonly actor: string;
  readonly action: AuditAction;
  readonly product: string | null;
  readonly licenseId: Bytes | null;
  readonly deviceId: Bytes | null;
  readonly userId: Bytes | null;
  /** The customer or the order that it is about, as the action says. */
  readonly subjectId: Bytes | null;
  /**
   * Names of the fields that changed; of `device.copied` the sign of it; of a rebind the number of
   * the device that had the seat; of a policy its name before them; of an export
   * whether it holds keys.
   */
  readonly changed: readonly string[];
}

export type AuditAction =
  | 'product.create'
  | 'product.edit'
  | 'policy.create'
  | 'policy.edit'
  | 'policy.delete'
  | 'license.create'
  | 'license.bundle'
  | 'license.edit'
  | 'license.enable'
  | 'license.disable'
  | 'license.delete'
  | 'license.reset-usage'
  | 'license.assign-user'
  | 'license.remove-user'
  | 'license.export'
  | 'customer.create'
  | 'customer.edit'
  | 'order.create'
  | 'order.edit'
  | 'order.disable'
  | 'order.enable'
  | 'user.create'
  | 'user.reset-password'
  | 'activation.refresh'
  | 'device.clear-pin'
  | 'activation.release'
  | 'activation.adopt'
  | 'activation.approve-rebind'
  | 'activation.withdraw-rebind'
  | 'activation.rebind'
  | 'device.block'
  | 'device.unblock'
  | 'device.copied'
  | 'device.settle-copies';
