import * as v from 'valibot';
import { deviceSchema } from './devices.ts';
import { id16, line, unixSeconds } from './fields.ts';
import { licenseStates } from './licenses.ts';

/** Query of GET `consolePaths.support`: the 12 digits that a caller reads, or a license key, or a name. */
export const supportQuerySchema = v.object({ q: v.optional(line(200), '') });

/** The license that a device asked for, as far as a caller's question needs it. */
export const supportLicenseSchema = v.object({
  id: v.string(),
  productName: v.string(),
  customer: v.string(),
  holder: v.string(),
  state: v.picklist(licenseStates),
  /** null: unlimited. */
  maxActivations: v.nullable(v.number()),
  activeActivations: v.number(),
  /** Of a license for users; null: unlimited, or it has a key. */
  devicesPerUser: v.nullable(v.number()),
  maxTransfers: v.nullable(v.number()),
  transfersUsed: v.number(),
});

/** A device that waits for the seat of another one. */
export const seatRequestSchema = v.object({
  askedAt: unixSeconds,
  /** The device whose seat a person gave it; null: none so far. */
  given: v.nullable(v.object({ activationId: v.string(), name: v.string(), deviceNumber: v.string() })),
});

/** A device that somebody calls about, with one license that it has or asked for. */
export const supportCaseSchema = v.object({
  device: deviceSchema,
  license: supportLicenseSchema,
  /** null: it was not refused for want of a seat, or too long ago. */
  seatRequest: v.nullable(seatRequestSchema),
  /** Whether the file that was refused last is decided anew when it is uploaded again. */
  isDecidedAnew: v.boolean(),
});

/** A device among several that a name or a license key finds. */
export const supportMatchSchema = v.object({
  deviceNumber: v.string(),
  name: v.string(),
  customer: v.string(),
  holder: v.string(),
  productName: v.string(),
  lastSeenAt: unixSeconds,
});

/** Answer of GET `consolePaths.support`: what the number finds, or the one device of a name; or several to choose from. */
export const supportSchema = v.object({
  /** The device that was seen last first, at most 20. */
  cases: v.array(supportCaseSchema),
  /** At most 50; empty where there are cases. */
  matches: v.array(supportMatchSchema),
  /** Addresses of the portal, the best first. */
  portals: v.array(v.string()),
});

/** A seat of a license that is taken, and how alike its device is to one that was refused. */
export const seatSchema = v.object({
  activationId: v.string(),
  deviceNumber: v.string(),
  name: v.string(),
  platform: v.string(),
  /** Name of who activated it; null for a license with a key. */
  user: v.nullable(v.string()),
  lastSeenAt: unixSeconds,
  blocked: v.boolean(),
  /** In percent; null: one of them told too little of itself, or what it told was erased. */
  likeness: v.nullable(v.number()),
});

/** Answer of GET `consolePaths.seats`: the most alike first, then the one that was seen longest ago; at most 200. */
export const seatListSchema = v.object({ items: v.array(seatSchema), total: v.number() });

/** Body of POST `consolePaths.rebind`: whose seat the device gets. */
export const rebindSchema = v.object({ activationId: id16 });

export type Support = v.InferOutput<typeof supportSchema>;
export type SupportCase = v.InferOutput<typeof supportCaseSchema>;
export type SupportMatch = v.InferOutput<typeof supportMatchSchema>;
export type Seat = v.InferOutput<typeof seatSchema>;
export type SeatList = v.InferOutput<typeof seatListSchema>;
export type SupportLicense = v.InferOutput<typeof supportLicenseSchema>;
