import * as v from 'valibot';
import { unixSeconds } from './fields.ts';
import { totalsSchema } from './licenses.ts';

/** How an activation stands: it holds a seat, or how it lost it; of a device that never had one, refused. */
export const activationStates = ['active', 'deactivated', 'released', 'replaced', 'refused'] as const;

export const exchangeKinds = ['activation-request', 'usage-report', 'deactivation', 'refresh'] as const;

export const exchangeDecisions = ['license', 'receipt', 'refusal'] as const;

/** A file that came in, or a refresh file that went out, and what was decided. */
export const exchangeSchema = v.object({
  /** 32 hexadecimal digits of the request id; of a refresh file a number of its own. */
  id: v.string(),
  at: unixSeconds,
  kind: v.picklist(exchangeKinds),
  decision: v.picklist(exchangeDecisions),
  /** The refusal's code; null when granted. */
  code: v.nullable(v.string()),
  /** 64 hexadecimal digits. */
  deviceId: v.string(),
  /** 12 digits in fours, as people read it aloud. */
  deviceNumber: v.string(),
  deviceName: v.string(),
  /** 32 hexadecimal digits; null when a request was refused. */
  activationId: v.nullable(v.string()),
  /** Revision of the license in the answer; null when it holds none. */
  revision: v.nullable(v.number()),
});

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

/** Answer of GET `consolePaths.licenseExchanges`, newest first, at most 200. */
export const exchangeListSchema = v.object({ items: v.array(exchangeSchema) });

/** What a person did, or the portal by itself, to the license or to a device of it. */
export const auditEntrySchema = v.object({
  at: unixSeconds,
  /** E-mail address of the account, or `system`. */
  actor: v.string(),
  /** For example `license.edit`. */
  action: v.string(),
  /** Name of the user whom it is about; null when it is about none. */
  user: v.nullable(v.string()),
  /** Names of the fields that changed; of `device.copied` the sign of it. */
  changed: v.array(v.string()),
  /** 12 digits in fours, where a device is concerned. */
  deviceNumber: v.nullable(v.string()),
});

/** Answer of GET `consolePaths.licenseAudit`, newest first, at most 200. */
export const auditListSchema = v.object({ items: v.array(auditEntrySchema) });

export type ActivationState = (typeof activationStates)[number];
export type Exchange = v.InferOutput<typeof exchangeSchema>;
export type ExchangeList = v.InferOutput<typeof exchangeListSchema>;
export type Device = v.InferOutput<typeof deviceSchema>;
export type DeviceList = v.InferOutput<typeof deviceListSchema>;
export type AuditEntry = v.InferOutput<typeof auditEntrySchema>;
export type AuditList = v.InferOutput<typeof auditListSchema>;
