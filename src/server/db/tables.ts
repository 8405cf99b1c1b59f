import type { Generated } from 'kysely';
import type { Bytes } from '../../bytes/bytes.ts';
import type { ErrorCode } from '../../errors.ts';
import type { ForkPolicy, ForkSign } from '../../issue/decide/fork.ts';
import type { AuditAction } from '../../issue/records.ts';
import type { ResetPeriod } from '../../license/consumption/period.ts';

/** true or false as both databases keep it in an integer column. */
export type Flag = 0 | 1;

interface MeterColumns {
  /** null: unlimited. */
  maximum: number | null;
  overage_maximum: number;
  used: number;
  given_back: number;
  adjustment: number;
  period_adjustment: Generated<number>;
  /** Number of the period that it is for; null: there is none. */
  adjustment_period: number | null;
  reset_period: ResetPeriod | null;
  may_be_negative: Flag;
  share: number | null;
}

/** A name with its value; whatever the server must remember about itself. */
export interface SettingTable {
  name: string;
  value: string;
}

export interface SigningKeyTable {
  /** First 8 bytes of the thumbprint. */
  kid: Bytes;
  role: 'root' | 'issuer' | 'sealing';
  state: 'active' | 'retired' | 'compromised';
  /** 32 bytes (Ed25519) or 65 bytes (P-256). */
  public_key: Bytes;
  /** Sealed under the master key; null: kept elsewhere. */
  private_key_sealed: Bytes | null;
  valid_from_s: number;
  valid_until_s: number | null;
  created_at_s: number;
}

export interface TrustFileTable {
  kind: 'root-change' | 'trust-bundle';
  version: number;
  file: Bytes;
}

export interface ProductTable {
  code: string;
  name: string;
  /** null: the default. */
  fork_policy: ForkPolicy | null;
  version: number;
  created_at_s: number;
}

export interface FeatureTable {
  product: string;
  code: string;
  name: string;
  type: 'activation' | 'consumption';
}

export interface PolicyTable {
  id: Bytes;
  product: string;
  name: string;
  type: LicenseTable['type'];
  trial: Flag;
  /** JSON object, as the rules have the terms of a policy. */
  terms: string;
  version: number;
  created_at_s: number;
  updated_at_s: number;
}

export interface LicenseTable extends MeterColumns {
  id: Bytes;
  product: string;
  type: 'perpetual' | 'time-limited' | 'subscription' | 'consumption';
  trial: Flag;
  policy_id: Bytes | null;
  enabled: Flag;
  key_lookup: Bytes | null;
  key_sealed: Bytes | null;
  bundled_with: Bytes | null;
  holder: string;
  customer: string;
  note: string;
  starts_at_s: number | null;
  expires_at_s: number | null;
  validity_days: number | null;
  grace_hours: number;
  maintenance_until_s: number | null;
  max_activations: number | null;
  max_users: number | null;
  devices_per_user: number | null;
  max_transfers: number | null;
  transfers_used: number;
  max_rebinds: number | null;
  rebind_likeness: number;
  rebinds_used: number;
  allow_offline: Flag;
  prevent_vm: Flag;
  report_within_days: number | null;
  report_grace_days: number | null;
  max_open_periods: number | null;
  /** Minutes. */
  utc_offset: number;
  /** JSON object of texts. */
  custom_fields: string;
  /** JSON object of texts. */
  metadata: string;
  seats_taken: number;
  seats_granted: number;
  /** null: it belongs to no order. */
  order_id: Bytes | null;
  order_reference: string | null;
  version: number;
  created_at_s: number;
  updated_at_s: number;
  deleted_at_s: number | null;
}

export interface CustomerTable {
  id: Bytes;
  name: string;
  email: string;
  note: string;
  version: number;
  created_at_s: number;
  updated_at_s: number;
}

export interface OrderTable {
  id: Bytes;
  number: string;
  /** Name of a customer, or empty. */
  customer: string;
  note: string;
  version: number;
  created_at_s: number;
}

export interface LicenseFeatureTable extends MeterColumns {
  license_id: Bytes;
  product: string;
  code: string;
  expires_at_s: number | null;
}

export interface LicenseUserTable {
  id: Bytes;
  name: string;
  lookup: Bytes;
  key_sealed: Bytes;
  password_set_at_s: number;
  created_at_s: number;
}

export interface AssignmentTable {
  license_id: Bytes;
  user_id: Bytes;
  assigned_at_s: number;
}

export interface DeviceTable {
  id: Bytes;
  number: string;
  public_key: Bytes;
  name: string;
  platform: string;
  app_version: string;
  virtual_machine: Flag;
  blocked: Flag;
  first_seen_at_s: number;
  last_seen_at_s: number;
  copied_at_s: number | null;
}

export interface ActivationTable {
  id: Bytes;
  license_id: Bytes;
  device_id: Bytes;
  user_id: Bytes | null;
  end_reason: 'deactivated' | 'released' | 'replaced' | null;
  ended_at_s: number | null;
  revision: number;
  reported_sequence: number;
  reported_head: Bytes;
  reported_device_sequence: number;
  reported_at_s: number | null;
  final_sequence: number | null;
  fingerprint: Bytes | null;
  recovery_commitment: Bytes | null;
  online: Flag;
  granted_at_s: number;
  replaces: Bytes | null;
  copied_at_s: number | null;
  changed_at_s: number | null;
  carried_by_revision: number | null;
}

export interface SeatRequestTable {
  license_id: Bytes;
  device_id: Bytes;
  fingerprint: Bytes | null;
  asked_at_s: number;
  approved_id: Bytes | null;
  approved_at_s: number | null;
}

export interface ActivationCounterTable {
  activation_id: Bytes;
  counter: string;
  used: number;
  given_back: number;
}

export interface ActivationPeriodTable {
  activation_id: Bytes;
  counter: string;
  period: number;
  used: number;
  given_back: number;
}

/** What devices reported on a day, by the portal's own day in UTC. */
export interface UsageDayTable {
  license_id: Bytes;
  day: number;
  counter: string;
  used: number;
  given_back: number;
}

/** The sums of all activations of a license. */
export interface LicensePeriodTable {
  license_id: Bytes;
  counter: string;
  period: number;
  used: number;
  given_back: number;
}

export interface ShareTable {
  activation_id: Bytes;
  counter: string;
  ceiling: number;
  held: number;
}

export interface ActivationHeadTable {
  activation_id: Bytes;
  sequence: number;
  head: Bytes;
}

export interface ExchangeTable {
  device_id: Bytes;
  request_id: Bytes;
  kind: 'activation-request' | 'usage-report' | 'deactivation' | 'refresh';
  digest: Bytes | null;
  device_sequence: number | null;
  license_id: Bytes;
  activation_id: Bytes | null;
  code: ErrorCode | null;
  fork_sign: ForkSign | null;
  revision: number | null;
  answer: Bytes;
  received: Bytes | null;
  received_at_s: number;
  decided_at_s: number;
}

export interface AuditTable {
  /** 16 random bytes. */
  id: Bytes;
  at_ms: number;
  actor: string;
  action: AuditAction;
  product: string | null;
  license_id: Bytes | null;
  device_id: Bytes | null;
  user_id: Bytes | null;
  /** What it is about besides: a customer or an order, as the action says. */
  subject_id: Bytes | null;
  /** JSON array of field names. */
  changed: string;
  /** Number of the entry, from 1 on without a gap. */
  sequence: number;
  /** Of the entry and all before it, 32 bytes. */
  hash: Bytes;
}

/** The tables of the portal's database. Columns in `_s` hold Unix seconds, in `_ms` milliseconds. */
export interface Tables {
  setting: SettingTable;
  signing_key: SigningKeyTable;
  trust_file: TrustFileTable;
  product: ProductTable;
  feature: FeatureTable;
  policy: PolicyTable;
  license: LicenseTable;
  customer: CustomerTable;
  license_order: OrderTable;
  license_feature: LicenseFeatureTable;
  license_user: LicenseUserTable;
  assignment: AssignmentTable;
  device: DeviceTable;
  activation: ActivationTable;
  seat_request: SeatRequestTable;
  activation_counter: ActivationCounterTable;
  activation_head: ActivationHeadTable;
  activation_period: ActivationPeriodTable;
  license_period: LicensePeriodTable;
  usage_day: UsageDayTable;
  share: ShareTable;
  exchange: ExchangeTable;
  audit: AuditTable;
}
