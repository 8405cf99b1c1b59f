import * as v from 'valibot';
import { maxPasswordLength } from './accounts.ts';
import { line, name, queryCount, unixSeconds } from './fields.ts';
import { licenseStates, maxPageSize } from './licenses.ts';

export const userSorts = ['name', 'created', 'licenses', 'devices'] as const;

/** Query of GET `consolePaths.users`. */
export const userQuerySchema = v.object({
  /** Found in the name, whatever the case. */
  q: v.optional(line(200), ''),
  sort: v.optional(v.picklist(userSorts), 'name'),
  order: v.optional(v.picklist(['asc', 'desc']), 'asc'),
  page: queryCount(1, 1_000_000),
  pageSize: queryCount(50, maxPageSize),
});

/** null: the server makes one of 100 random bits and tells it once. Too easy to guess: PASSWORD_WEAK. */
const password = v.nullable(v.pipe(v.string(), v.maxLength(maxPasswordLength, 'too-long')));

/** Body of POST `consolePaths.users`; ALREADY_EXISTS for a name that differs in capitals and spaces alone. */
export const createUserSchema = v.strictObject({ name: name(128), password });

/** Body of POST `consolePaths.resetPassword`. */
export const resetPasswordSchema = v.strictObject({ password });

const common = {
  /** 32 hexadecimal digits. */
  id: v.string(),
  name: v.string(),
  createdAt: unixSeconds,
  passwordSetAt: unixSeconds,
};

/** A row of the list. */
export const userSummarySchema = v.object({
  ...common,
  /** Licenses that the user may activate. */
  licenses: v.number(),
  /** Devices on which a license of theirs is active. */
  devices: v.number(),
});

/** Answer of GET `consolePaths.users`; `total` counts all pages. */
export const userListSchema = v.object({
  items: v.array(userSummarySchema),
  total: v.number(),
  page: v.number(),
  pageSize: v.number(),
});

/** A license that a user may activate. */
export const licenseOfUserSchema = v.object({
  id: v.string(),
  productName: v.string(),
  customer: v.string(),
  holder: v.string(),
  state: v.picklist(licenseStates),
  assignedAt: unixSeconds,
});

/** An active activation of a user; the license may have been taken from them since. */
export const deviceOfUserSchema = v.object({
  activationId: v.string(),
  licenseId: v.string(),
  productName: v.string(),
  deviceNumber: v.string(),
  /** What the device calls itself; empty when it said nothing. */
  name: v.string(),
  activatedAt: unixSeconds,
});

/** Answer of GET of one user. */
export const userSchema = v.object({
  ...common,
  /** The newest assignment first, at most 500. */
  licenses: v.array(licenseOfUserSchema),
  /** The newest first, at most 500. */
  devices: v.array(deviceOfUserSchema),
});

/** Answer of POST of a user, with 201, and of a new password. */
export const userPasswordSchema = v.object({
  id: v.string(),
  name: v.string(),
  /** The password that the server made, which cannot be read again; null when staff chose it. */
  password: v.nullable(v.string()),
});

export type UserSort = (typeof userSorts)[number];
export type UserQuery = v.InferOutput<typeof userQuerySchema>;
export type CreateUser = v.InferInput<typeof createUserSchema>;
export type ResetPassword = v.InferInput<typeof resetPasswordSchema>;
export type UserSummary = v.InferOutput<typeof userSummarySchema>;
export type UserList = v.InferOutput<typeof userListSchema>;
export type LicenseOfUser = v.InferOutput<typeof licenseOfUserSchema>;
export type DeviceOfUser = v.InferOutput<typeof deviceOfUserSchema>;
export type User = v.InferOutput<typeof userSchema>;
export type UserPassword = v.InferOutput<typeof userPasswordSchema>;
