import * as v from 'valibot';
import { line, name, paragraph, queryCount, unixSeconds } from './fields.ts';
import { maxPageSize } from './licenses.ts';

export const customerSorts = ['name', 'created', 'licenses', 'orders'] as const;

/** Query of GET `consolePaths.customers`. */
export const customerQuerySchema = v.object({
  /** Found in name, e-mail address or note, whatever the case. */
  q: v.optional(line(200), ''),
  sort: v.optional(v.picklist(customerSorts), 'name'),
  order: v.optional(v.picklist(['asc', 'desc']), 'asc'),
  page: queryCount(1, 1_000_000),
  pageSize: queryCount(50, maxPageSize),
});

const terms = {
  name: name(128),
  /** May be empty. */
  email: v.union([v.literal(''), v.pipe(line(254), v.email('format'))], 'format'),
  note: paragraph(4000),
};

/** Body of POST `consolePaths.customers`; ALREADY_EXISTS when the name is taken. */
export const createCustomerSchema = v.strictObject(terms);

/**
 * Body of PUT `consolePaths.customer`; EDIT_CONFLICT when somebody changed the customer since it was read. Another name is
 * written on all licenses and orders of the customer.
 */
export const editCustomerSchema = v.strictObject({
  version: v.pipe(v.number(), v.integer('not-whole')),
  ...terms,
});

/** Answer of GET, POST and PUT of one customer, and a row of the list. */
export const customerSchema = v.object({
  /** 32 hexadecimal digits. */
  id: v.string(),
  name: v.string(),
  email: v.string(),
  note: v.string(),
  licenses: v.number(),
  orders: v.number(),
  version: v.number(),
  createdAt: unixSeconds,
});

/** Answer of GET `consolePaths.customers`; `total` counts all pages. */
export const customerListSchema = v.object({
  items: v.array(customerSchema),
  total: v.number(),
  page: v.number(),
  pageSize: v.number(),
});

export type CustomerSort = (typeof customerSorts)[number];
export type CustomerQuery = v.InferOutput<typeof customerQuerySchema>;
export type CreateCustomer = v.InferInput<typeof createCustomerSchema>;
export type EditCustomer = v.InferInput<typeof editCustomerSchema>;
export type Customer = v.InferOutput<typeof customerSchema>;
export type CustomerList = v.InferOutput<typeof customerListSchema>;
