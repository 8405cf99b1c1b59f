import type { Bytes } from '../bytes/bytes.ts';
import type { LicenseRecord } from './records.ts';

/** Whom the vendor sells to. Licenses and orders name a customer by this name; no name twice. */
export interface CustomerRecord {
  /** 16 bytes. */
  readonly id: Bytes;
  readonly name: string;
  /** May be empty. */
  readonly email: string;
  readonly note: string;
  /** Rises with each edit. */
  readonly version: number;
  readonly createdAtS: number;
  readonly updatedAtS: number;
}

/** Licenses that were sold together. Its number never changes; no number twice. */
export interface OrderRecord {
  /** 16 bytes. */
  readonly id: Bytes;
  readonly number: string;
  /** Name of a customer, or empty. */
  readonly customer: string;
  readonly note: string;
  /** Rises with each edit. */
  readonly version: number;
  readonly createdAtS: number;
}

/** Where a license stands: what is issued to a place twice is issued once. */
export interface Place {
  readonly orderId: Bytes;
  /** Unique in its order. */
  readonly reference: string;
}

/** Customers and orders. `save` inserts or replaces. */
export interface OrderRecords {
  findCustomer(id: Bytes): Promise<CustomerRecord | null>;
  findCustomerByName(name: string): Promise<CustomerRecord | null>;
  saveCustomer(customer: CustomerRecord): Promise<void>;
  /** Writes another name on the customer's licenses, which counts as an edit of them, and on its orders. */
  renameCustomer(change: { before: string; after: string; nowS: number }): Promise<void>;
  findOrder(id: Bytes): Promise<OrderRecord | null>;
  findOrderByNumber(number: string): Promise<OrderRecord | null>;
  saveOrder(order: OrderRecord): Promise<void>;
  findLicenseAt(number: string, reference: string): Promise<LicenseRecord | null>;
  /** Disables or enables the licenses of an order, and those bundled with them, that are not so yet; returns their ids. */
  setOrderEnabled(orderId: Bytes, enabled: boolean, nowS: number): Promise<Bytes[]>;
}
