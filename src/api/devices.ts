import * as v from 'valibot';
import { exchangeSchema } from './exchanges.ts';
import { line, queryCount, unixSeconds } from './fields.ts';
import { maxPageSize, totalsSchema } from './licenses.ts';

/** How an activation stands: it holds a seat, or how it lost it; of a device that never had one, refused. */
export const activationStates = ['active', 'deactivated', 'released', 'replaced', 'refused'] as const;

/** One activation of the license and the device that has it, or a device that was refused so far. */
export const deviceSchema = v.object({
  /** 32 hexadecimal digits; null for a device that was refused. */
  activationId: v.nullable(v.string()),
  /** 64 hexadecimal digits. */
  deviceId: v.string(),
  /** 12 digits in fours, as people read it aloud. */
  deviceNumber: v.string(),
  /** What the device calls itself; empty when it said nothing. */
  name: v.string(),
  platform: v.string(),
  appVersion: v.string(),
  /** Who activated it; null for a license with a key. */
  user: v.nullable(v.string()),
  activationType: v.picklist(['offline', 'online']),
  state: v.picklist(activationStates),
  /** The vendor blocked the device itself, for every license. */
  blocked: v.boolean(),
  /** When a copy of the device's profile was noticed last; null again once that was dealt with. */
  copiedAt: v.nullable(unixSeconds),
  firstSeenAt: unixSeconds,
  lastSeenAt: unixSeconds,
  /** Revision of the newest license file made for it; 0 for a device that was refused. */
  revision: v.number(),
  /** As reported by this device. */
  totals: v.array(totalsSchema),
  /** Its newest files first, at most 20. */
  files: v.array(exchangeSchema),
});

/** Answer of GET `consolePaths.licenseDevices`, those with a seat first, then the newest, then those refused; at most 500 each. */
export const deviceListSchema = v.object({ items: v.array(deviceSchema) });

/** How a device stands: it holds a seat, it held one, or it was refused so far; blocked and copied beside that. */
export const deviceStates = ['active', 'no-seat', 'refused', 'blocked', 'copied'] as const;

export const deviceSorts = ['seen', 'first-seen', 'name', 'platform'] as const;

/** Query of GET `consolePaths.devices`. */
export const deviceQuerySchema = v.object({
  /**
   * The 12 digits by which people name a device; or a whole license key or id, for the devices that have, or had, or asked
   * for that license; or a text in name, platform, customer or holder, whatever the case.
   */
  q: v.optional(line(200), ''),
  state: v.optional(v.picklist(deviceStates)),
  sort: v.optional(v.picklist(deviceSorts), 'seen'),
  order: v.optional(v.picklist(['asc', 'desc']), 'desc'),
  page: queryCount(1, 1_000_000),
  pageSize: queryCount(50, maxPageSize),
});

/** A license as a device that asked for it is shown. */
export const licenseOfDeviceSchema = v.object({
  /** 32 hexadecimal digits. */
  id: v.string(),
  customer: v.string(),
  holder: v.string(),
  product: v.string(),
  productName: v.string(),
  /** Whether it gives a maximum out in shares. */
  hasShares: v.boolean(),
});

const said = {
  /** 64 hexadecimal digits. */
  id: v.string(),
  /** 12 digits in fours, as people read it aloud. */
  number: v.string(),
  /** What the device calls itself; empty when it said nothing. */
  name: v.string(),
  platform: v.string(),
  appVersion: v.string(),
  blocked: v.boolean(),
  copiedAt: v.nullable(unixSeconds),
  firstSeenAt: unixSeconds,
  lastSeenAt: unixSeconds,
};

/** A row of the list. */
export const deviceSummarySchema = v.object({
  ...said,
  /** As {@link deviceStates}, without what stands beside. */
  state: v.picklist(['active', 'no-seat', 'refused']),
  /** Those whose seat it holds first, then those that it held or asked for, at most 20. */
  licenses: v.array(licenseOfDeviceSchema),
});

/** Answer of GET `consolePaths.devices`; `total` counts all pages. */
export const deviceSearchSchema = v.object({
  items: v.array(deviceSummarySchema),
  total: v.number(),
  page: v.number(),
  pageSize: v.number(),
  /** Only these many devices were looked at, those that were seen last; null: all. */
  lookedAt: v.nullable(v.number()),
});

/** Answer of GET `consolePaths.device`. */
export const knownDeviceSchema = v.object({
  ...said,
  /** As the device says; a browser cannot prove it. */
  virtualMachine: v.boolean(),
  /** Those with a seat first, then the newest, then those refused; each without its files. At most 100 each. */
  licenses: v.array(v.object({ license: licenseOfDeviceSchema, device: deviceSchema })),
});

export type ActivationState = (typeof activationStates)[number];
export type Device = v.InferOutput<typeof deviceSchema>;
export type DeviceList = v.InferOutput<typeof deviceListSchema>;
export type DeviceQuery = v.InferOutput<typeof deviceQuerySchema>;
export type DeviceSort = (typeof deviceSorts)[number];
export type DeviceState = (typeof deviceStates)[number];
export type DeviceSummary = v.InferOutput<typeof deviceSummarySchema>;
export type DeviceSearch = v.InferOutput<typeof deviceSearchSchema>;
export type LicenseOfDevice = v.InferOutput<typeof licenseOfDeviceSchema>;
export type KnownDevice = v.InferOutput<typeof knownDeviceSchema>;
