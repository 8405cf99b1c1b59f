import * as v from 'valibot';
import { code, id16, line, name, paragraph, queryCount, unixSeconds } from './fields.ts';
import { licenseTermsSchema, licenseTypes } from './license-terms.ts';
import { maxPageSize } from './licenses.ts';
import { fieldRules } from './problem.ts';

export const orderSorts = ['created', 'number', 'customer', 'licenses'] as const;

/** Licenses that one person issues at once, in groups. */
export const maxLicensesAtOnce = 5000;

/** Licenses of one group: bounds how long an exchange waits behind it. */
export const maxLicensesInGroup = 50;

/** Query of GET `consolePaths.orders`. */
export const orderQuerySchema = v.object({
  /** Found in number, customer or note, whatever the case. */
  q: v.optional(line(200), ''),
  /** The whole name of a customer. */
  customer: v.optional(line(128)),
  sort: v.optional(v.picklist(orderSorts), 'created'),
  order: v.optional(v.picklist(['asc', 'desc']), 'desc'),
  page: queryCount(1, 1_000_000),
  pageSize: queryCount(50, maxPageSize),
});

/** Number of an order. */
export const orderNumberSchema = name(64);

/** Body of PUT `consolePaths.order`; EDIT_CONFLICT when somebody changed the order since it was read. */
export const editOrderSchema = v.strictObject({
  version: v.pipe(v.number(), v.integer('not-whole')),
  note: paragraph(4000),
});

/** A license to issue with a key, in an order that is made when there is none of its number. */
export const orderedLicenseSchema = v.strictObject({
  order: orderNumberSchema,
  /** What is issued under one reference of an order is issued once, however often it is sent. */
  reference: name(64),
  product: code,
  type: v.picklist(licenseTypes),
  trial: v.boolean(),
  /** The policy that it comes from, one of the product. */
  policyId: v.optional(v.nullable(id16), null),
  terms: licenseTermsSchema,
});

/**
 * Body of POST `consolePaths.issueInOrders`. Each license is looked at by itself, against {@link orderedLicenseSchema}: one that is
 * refused holds up no other.
 */
export const issueInOrdersSchema = v.strictObject({
  /** Nothing is written: the answer says what would be. */
  isTrial: v.boolean(),
  licenses: v.pipe(v.array(v.unknown()), v.maxLength(maxLicensesInGroup, 'too-many')),
});

/** What became of a license; `good`: it would be issued; `present`: it was issued before under its reference. */
export const issuedSchema = v.variant('outcome', [
  v.object({ outcome: v.picklist(['issued', 'present']), id: v.string(), key: v.string() }),
  v.object({ outcome: v.literal('good') }),
  v.object({ outcome: v.literal('refused'), field: v.string(), rule: v.picklist(fieldRules) }),
]);

/** Answer of POST `consolePaths.issueInOrders`, in the order of what was sent. */
export const issuedListSchema = v.object({ items: v.array(issuedSchema) });

/** Answer of GET and PUT of one order, and a row of the list. */
export const orderSchema = v.object({
  /** 32 hexadecimal digits. */
  id: v.string(),
  number: v.string(),
  customer: v.string(),
  note: v.string(),
  licenses: v.number(),
  /** Of its licenses. */
  disabled: v.number(),
  version: v.number(),
  createdAt: unixSeconds,
});

/** Answer of GET `consolePaths.orders`; `total` counts all pages. */
export const orderListSchema = v.object({
  items: v.array(orderSchema),
  total: v.number(),
  page: v.number(),
  pageSize: v.number(),
});

export type OrderSort = (typeof orderSorts)[number];
export type OrderQuery = v.InferOutput<typeof orderQuerySchema>;
export type EditOrder = v.InferInput<typeof editOrderSchema>;
export type OrderedLicense = v.InferOutput<typeof orderedLicenseSchema>;
export type Issued = v.InferOutput<typeof issuedSchema>;
export type IssuedList = v.InferOutput<typeof issuedListSchema>;
export type Order = v.InferOutput<typeof orderSchema>;
export type OrderList = v.InferOutput<typeof orderListSchema>;
