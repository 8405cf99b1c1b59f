import type { Bytes } from '../bytes/bytes.ts';
import type { Head, Period, Total } from '../format/claims.ts';
import type { SeatHolder } from './decide/rebind.ts';
import type { Holding, Share } from './decide/share.ts';
import type { Counter } from './license-file/counters.ts';
import type { OrderRecords } from './order-records.ts';
import type { PolicyRecord } from './policy-record.ts';
import type {
  ActivationRecord,
  AuditRecord,
  DeviceRecord,
  ExchangeRecord,
  LicenseFeatureRecord,
  LicenseRecord,
  ProductFeatureRecord,
  ProductRecord,
  SeatRequestRecord,
  UserRecord,
} from './records.ts';

/** Where the portal keeps its records. */
export interface Repository {
  /**
   * Runs `work` alone against the records and resolves once what it wrote is durable. Works that arrive together
   * may share a commit; one that rejects is undone without harm to the others.
   */
  transact<T>(work: (records: Records) => Promise<T>): Promise<T>;
}

/** Sums to add to a counter; both are 0 or more. */
export interface UsageDelta {
  /** Empty for the license's own counter, else the code of a feature. */
  readonly counter: string;
  readonly used: number;
  readonly givenBack: number;
}

/** Whose periods they are. */
export interface ActivationPeriods {
  readonly licenseId: Bytes;
  readonly activationId: Bytes;
}

/** Which number a device file has among all that its device signed. */
export interface SequenceUse {
  readonly deviceId: Bytes;
  readonly deviceSequence: number;
  readonly requestId: Bytes;
}

/** What an exchange reads and writes. `save` inserts or replaces. */
export interface ExchangeRecords {
  /** Of each license that the request was about, in the order of their ids. */
  findExchanges(deviceId: Bytes, requestId: Bytes): Promise<ExchangeRecord[]>;
  saveExchange(exchange: ExchangeRecord): Promise<void>;
  /** Removes what a request was answered about each license. */
  removeExchanges(deviceId: Bytes, requestId: Bytes): Promise<void>;
  /** Whether another request of the device, itself not refused as a copy, has this sequence number. */
  isSequenceTaken(use: SequenceUse): Promise<boolean>;

  findDevice(id: Bytes): Promise<DeviceRecord | null>;
  saveDevice(device: DeviceRecord): Promise<void>;

  findProduct(code: string): Promise<ProductRecord | null>;
  findLicense(id: Bytes): Promise<LicenseRecord | null>;
  findLicenseByKey(keyLookup: Bytes): Promise<LicenseRecord | null>;
  /** Those without a key that are under the one of this license, the oldest first. */
  findBundledLicenses(licenseId: Bytes): Promise<LicenseRecord[]>;
  findUserByName(lookup: Bytes): Promise<UserRecord | null>;
  /** Those that the user is assigned to, the oldest first. */
  findLicensesOfUser(userId: Bytes): Promise<LicenseRecord[]>;
  /** In the order of their codes. */
  findFeatures(licenseId: Bytes): Promise<LicenseFeatureRecord[]>;
  /** In the order of their codes. */
  findProductFeatures(product: string): Promise<ProductFeatureRecord[]>;
  /** Writes seats taken and granted, transfers and rebinds used, and nothing else of the license. */
  saveSeats(license: LicenseRecord): Promise<void>;
  /** Writes the end of a license, and that it was changed. */
  saveEnd(license: LicenseRecord): Promise<void>;
  /**
   * Adds to the totals of license or feature, and to those of the day; a counter that the license does not have is skipped.
   *
   * @param atS - When it was reported, Unix seconds.
   */
  addUsage(licenseId: Bytes, deltas: readonly UsageDelta[], atS: number): Promise<void>;

  findActivation(id: Bytes): Promise<ActivationRecord | null>;
  /** The one activation of this license that the device holds. */
  findActiveActivation(licenseId: Bytes, deviceId: Bytes): Promise<ActivationRecord | null>;
  /** The active activation of this license with this commitment of a recovery secret. */
  findRecoverable(licenseId: Bytes, recoveryCommitment: Bytes): Promise<ActivationRecord | null>;
  /** Whether the device gave this license up last, and no other was granted it since. */
  isReturning(licenseId: Bytes, deviceId: Bytes): Promise<boolean>;
  /** Whether the device has or had an activation of this license. */
  hadLicense(licenseId: Bytes, deviceId: Bytes): Promise<boolean>;
  /** Active activations of this license with how their devices stand. */
  findHolders(licenseId: Bytes): Promise<SeatHolder[]>;
  findSeatRequest(licenseId: Bytes, deviceId: Bytes): Promise<SeatRequestRecord | null>;
  saveSeatRequest(request: SeatRequestRecord): Promise<void>;
  removeSeatRequest(licenseId: Bytes, deviceId: Bytes): Promise<void>;
  /** Active activations of this license that the user made. */
  countDevicesOfUser(licenseId: Bytes, userId: Bytes): Promise<number>;
  saveActivation(activation: ActivationRecord): Promise<void>;
  findTotals(activationId: Bytes): Promise<Total[]>;
  saveTotals(activationId: Bytes, totals: readonly Total[]): Promise<void>;
  /** Sums of an activation in periods of these numbers. */
  findPeriods(activationId: Bytes, indexes: readonly number[]): Promise<Period[]>;
  /** Sums of all activations of a license in periods of these numbers. */
  findPeriodsOfLicense(licenseId: Bytes, indexes: readonly number[]): Promise<Period[]>;
  /** Adds to the sums of periods, of the activation and of its license. */
  addPeriods(of: ActivationPeriods, rises: readonly Period[]): Promise<void>;
  /** What active activations have used of a counter, in a period if it has one, and what they may use. */
  findHoldings(licenseId: Bytes, of: Pick<Counter, 'counter' | 'index'>): Promise<Holding[]>;
  saveShare(activationId: Bytes, counter: string, share: Share): Promise<void>;
  /** Those that are known of these sequences: an activation gathers one with each report, for years. */
  findHeads(activationId: Bytes, sequences: readonly number[]): Promise<Head[]>;
  /** Adds heads; those that are there stay as they are. */
  saveHeads(activationId: Bytes, heads: readonly Head[]): Promise<void>;

  /** In this order. */
  appendAudit(...entries: readonly AuditRecord[]): Promise<void>;
}

/** What the vendor's console reads and writes besides. */
export interface AdministrationRecords extends OrderRecords {
  saveProduct(product: ProductRecord): Promise<void>;
  saveProductFeature(product: string, feature: ProductFeatureRecord): Promise<void>;
  removeProductFeature(product: string, code: string): Promise<void>;
  /** Whether any license grants this feature. */
  isFeatureGranted(product: string, code: string): Promise<boolean>;

  findPolicy(id: Bytes): Promise<PolicyRecord | null>;
  /** In the order of their names. */
  findPolicies(product: string): Promise<PolicyRecord[]>;
  savePolicy(policy: PolicyRecord): Promise<void>;
  removePolicy(id: Bytes): Promise<void>;

  insertLicense(license: LicenseRecord): Promise<void>;
  /** Writes what an edit may change: neither id, product, type and key nor what exchanges count. */
  updateLicense(license: LicenseRecord): Promise<void>;
  /** Makes these the features of the license; what was counted for one that stays is kept. */
  replaceFeatures(licenseId: Bytes, features: readonly LicenseFeatureRecord[]): Promise<void>;
  findUser(id: Bytes): Promise<UserRecord | null>;
  saveUser(user: UserRecord): Promise<void>;
  countUsersOfLicense(licenseId: Bytes): Promise<number>;
  isUserOfLicense(licenseId: Bytes, userId: Bytes): Promise<boolean>;
  assignUser(licenseId: Bytes, userId: Bytes, assignedAtS: number): Promise<void>;
  removeUser(licenseId: Bytes, userId: Bytes): Promise<void>;

  /** Marks active activations of these licenses: what their files say has changed, and none carries it yet. */
  markChanged(licenseIds: readonly Bytes[], atS: number): Promise<void>;
  /** Takes the mark of a copy off all activations of a device. */
  clearCopies(deviceId: Bytes): Promise<void>;

  /** Sets the adjustment of a counter in a period; without an index the one that counts where it never begins anew. */
  saveAdjustment(
    licenseId: Bytes,
    counter: string,
    adjustment: { index: number | null; amount: number },
  ): Promise<void>;
}

/** All records, inside a transaction. */
export interface Records extends ExchangeRecords, AdministrationRecords {}
