import type { Bytes } from '../bytes/bytes.ts';
import type { CborMap, CborValue } from '../bytes/cbor.ts';
import {
  amount,
  byteString,
  bytes,
  type Codec,
  choice,
  type Decoded,
  flag,
  integer,
  list,
  MAX_AMOUNT,
  rangeError,
  text,
  textMap,
  time,
  tuple,
  typeError,
} from './codec.ts';
import { deviceKey, ed25519Key, p256Key } from './public-keys.ts';
import { claim, record } from './record.ts';

/** Code of a product: also part of addresses and file names. */
export const productCode = text(32, /^[a-z0-9][a-z0-9-]*$/);

/** Code of a feature; also the name of its counter. */
export const featureCode = text(32, /^[A-Za-z0-9][A-Za-z0-9._-]*$/);

/** Name of a counter: a feature's code, or the empty text for the license's own. */
const counter = text(32, /^(|[A-Za-z0-9][A-Za-z0-9._-]*)$/);

/** A head of the consumption chain: the hash after the entry of this number. */
const head = tuple({ sequence: amount, head: bytes(32) });
export type Head = Decoded<typeof head>;

const total = tuple({ counter, used: amount, givenBack: amount });
/** The two rising sums of one counter. */
export type Total = Decoded<typeof total>;

const consumption = tuple({
  sequence: amount,
  head: bytes(32),
  totals: list(total, 65, ({ counter }) => counter),
});
/** The sums of an activation after the entry `sequence`, and the chain's head there. */
export type Consumption = Decoded<typeof consumption>;

const period = tuple({ counter, index: amount, used: amount, givenBack: amount });
/** The two rising sums of one counter in one period. */
export type Period = Decoded<typeof period>;

const limits = record(
  {
    /** Ceiling on what may be used; absent: unlimited. */
    maximum: claim(1, amount),
    /** What may be used past the maximum; absent: nothing. */
    overageMaximum: claim(2, amount),
    /** Added to used - givenBack of this activation: what others used, or a reset. May be negative. */
    baseline: claim(3, integer(-MAX_AMOUNT, MAX_AMOUNT)),
    resetPeriod: claim(4, choice({ daily: 1, weekly: 2, monthly: 3, annually: 4 })),
    /** Ceiling on used - givenBack of this activation alone: its share of what several may use. */
    allotment: claim(5, amount),
    /** More may be given back than was used. */
    mayBeNegative: claim(6, flag),
  },
  {
    required: [],
    optional: ['maximum', 'overageMaximum', 'baseline', 'resetPeriod', 'allotment', 'mayBeNegative'],
  },
);
/** The ceilings of one counter. */
export type Limits = Decoded<typeof limits>;

const feature = record(
  {
    code: claim(1, featureCode),
    name: claim(2, text(48)),
    expiresAt: claim(3, time),
    /** Present: a consumption feature. */
    limits: claim(4, limits),
  },
  { required: ['code'], optional: ['name', 'expiresAt', 'limits'] },
);
/** A feature of a license; with limits it is counted. */
export type Feature = Decoded<typeof feature>;

const hours = integer(0, 876_000);
const days = integer(0, 36_500);
const keyState = choice({ retired: 1, compromised: 2 });

const issuerKey = record(
  {
    /** Ed25519, 32 bytes. */
    key: claim(1, ed25519Key),
    /** Numbers of the kinds that it may sign; absent: license, receipt and refusal. */
    kinds: claim(2, list(integer(0, 65_535), 16)),
    /** Products that it may sign licenses of; absent: all. */
    products: claim(3, list(productCode, 64)),
    /** Bounds of the issue time of its files. */
    validFrom: claim(4, time),
    validUntil: claim(5, time),
    keyState: claim(6, keyState),
    /** How long a stored license lives on after its key was found compromised. */
    graceHours: claim(7, hours),
  },
  { required: ['key', 'validFrom'], optional: ['kinds', 'products', 'validUntil', 'keyState', 'graceHours'] },
);
/** A key that signs licenses, receipts and refusals. */
export type IssuerKey = Decoded<typeof issuerKey>;

const sealingKey = record(
  {
    /** P-256, 65 bytes, uncompressed. */
    key: claim(1, p256Key),
    keyState: claim(6, keyState),
  },
  { required: ['key'], optional: ['keyState'] },
);
/** A key that device files are sealed to. */
export type SealingKey = Decoded<typeof sealingKey>;

const reportWithin = tuple({ days, graceDays: days });
export type ReportWithin = Decoded<typeof reportWithin>;

/** What a request takes the place of, with the recovery secret if there is one. */
export interface Replaces {
  /** An activation id (16 bytes) or a device id (32 bytes). */
  readonly id: Bytes;
  readonly secret?: Bytes | undefined;
}

const replacedId = byteString(16, 32, 16).fromCbor;
const secret = bytes(32);

const replaces: Codec<Replaces> = {
  toCbor: ({ id, secret }) => (secret === undefined ? [id] : [id, secret]),
  fromCbor(value, at) {
    if (!Array.isArray(value)) throw typeError(at, 'an array');
    const [id = null, given] = value;
    if (value.length > 2) throw rangeError(at, '1 or 2 items');
    const replaced = { id: replacedId(id, `${at}.id`) };
    return given === undefined ? replaced : { ...replaced, secret: secret.fromCbor(given, `${at}.secret`) };
  },
};

/** Reserved, kept as they are: an answer has a file for each of several licenses. */
const bundledClaims: Codec<CborMap> = {
  toCbor: value => value,
  fromCbor(value, at) {
    if (!(value instanceof Map)) throw typeError(at, 'a map');
    return value;
  },
};

const refusalDatum: Codec<string | number> = {
  toCbor: value => value,
  fromCbor(value: CborValue, at) {
    if (typeof value === 'string') return text(200).fromCbor(value, at);
    return integer(-MAX_AMOUNT, MAX_AMOUNT).fromCbor(value, at);
  },
};

/**
 * Every claim of version 1. One number has one meaning in all kinds.
 *
 * @see FORMAT.md#claim-registry
 */
export const claims = {
  requestId: claim(1, bytes(16)),
  deviceId: claim(2, bytes(32)),
  licenseId: claim(3, bytes(16)),
  /** Unix seconds. */
  expiresAt: claim(4, time),
  /** Unix seconds. */
  startsAt: claim(5, time),
  /** Unix seconds; in device files the device's clock. */
  issuedAt: claim(6, time),
  activationId: claim(7, bytes(16)),
  /** In device files: the revision that is installed. */
  revision: claim(8, amount),
  product: claim(9, productCode),
  /** Number of this file among all that the device key signed. */
  deviceSequence: claim(10, amount),
  /** The latest time that the device has seen, Unix seconds. */
  highWaterMark: claim(11, time),
  bundleVersion: claim(12, amount),
  rootVersion: claim(13, amount),
  /** Four bytes for each signal, in the order of version 1 of the list. */
  fingerprint: claim(14, byteString(4, 56, 4)),
  deviceName: claim(15, text(32)),
  appVersion: claim(16, text(24)),
  platform: claim(17, text(24)),
  /** P-256 public key, 65 bytes uncompressed (64 in the file, without the leading 04). */
  deviceKey: claim(18, deviceKey),
  keyLookup: claim(19, bytes(8)),
  keyProof: claim(20, bytes(16)),
  userLookup: claim(21, bytes(8)),
  userProof: claim(22, bytes(16)),
  /** SHA-256 of the recovery secret. */
  recoveryCommitment: claim(23, bytes(32)),
  replaces: claim(24, replaces),
  online: claim(25, flag),
  virtualMachine: claim(26, flag),
  consumption: claim(27, consumption),
  heads: claim(
    28,
    list(head, 9, ({ sequence }) => String(sequence)),
  ),
  /** The installed license file, as it was loaded. */
  license: claim(29, byteString(1, 8 * 1024)),
  licenseType: claim(30, choice({ perpetual: 0, 'time-limited': 1, subscription: 2, consumption: 3 })),
  trial: claim(31, flag),
  graceHours: claim(32, hours),
  features: claim(
    33,
    list(feature, 64, ({ code }) => code),
  ),
  /** Ceilings of the license's own counter. */
  limits: claim(34, limits),
  /** Absent: active. */
  licenseState: claim(35, choice({ disabled: 1, released: 2, blocked: 3, replaced: 4, ended: 5 })),
  /** Up to where the portal has counted. */
  acknowledged: claim(36, head),
  reportWithin: claim(37, reportWithin),
  /** true: the device sets its high-water mark to issuedAt, once. */
  clockCorrection: claim(38, flag),
  holder: claim(39, text(64)),
  /** Unix seconds. */
  maintenanceUntil: claim(40, time),
  customFields: claim(41, textMap(text(256), { max: 16, maxKeyBytes: 48 })),
  periods: claim(
    42,
    list(period, 64, ({ counter, index }) => `${index} ${counter}`),
  ),
  /** How many periods may open without a refresh. */
  maxOpenPeriods: claim(43, integer(1, 10_000)),
  preventVm: claim(44, flag),
  bundled: claim(45, list(bundledClaims, 16)),
  /** Minutes from UTC at which periods begin, the same all year; absent: 0. */
  utcOffset: claim(46, integer(-720, 840)),
  /** What people call the product; absent: its code. */
  productName: claim(47, text(64)),
  /** true: the device forgets its supervisor's PIN, once. */
  clearPin: claim(48, flag),
  /** A decision code. */
  code: claim(50, text(40, /^[A-Z][A-Z0-9_]*$/)),
  data: claim(51, textMap(refusalDatum, { max: 16, maxKeyBytes: 32 })),
  fileDigest: claim(52, bytes(32)),
  issuerKeys: claim(60, list(issuerKey, 32)),
  sealingKeys: claim(61, list(sealingKey, 32)),
  portals: claim(62, list(text(200), 8)),
  /** Ed25519, 32 bytes. */
  newRoot: claim(63, ed25519Key),
} as const;
