import {
  type EditOrder,
  type Issued,
  issuedListSchema,
  type Order,
  type OrderedLicense,
  type OrderList,
  orderListSchema,
  orderSchema,
} from '../../../api/orders.ts';
import { consolePaths } from '../../../api/paths.ts';
import type { ConsoleCalls } from './console-calls.ts';

/** Orders, and the licenses that are issued in them. */
export class OrderApi {
  readonly #calls: ConsoleCalls;

  constructor(calls: ConsoleCalls) {
    this.#calls = calls;
  }

  list(query: URLSearchParams): Promise<OrderList> {
    return this.#calls.get(consolePaths.orders, orderListSchema, query);
  }

  read(id: string): Promise<Order> {
    return this.#calls.get(consolePaths.order(id), orderSchema);
  }

  edit(id: string, body: EditOrder): Promise<Order> {
    return this.#calls.json({ method: 'PUT', path: consolePaths.order(id), body }, orderSchema);
  }

  setEnabled(id: string, isEnabled: boolean): Promise<Order> {
    const path = isEnabled ? consolePaths.enableOrder(id) : consolePaths.disableOrder(id);
    return this.#calls.json({ method: 'POST', path }, orderSchema);
  }

  /** Issues one group; what was issued before under its reference is told again. As a trial nothing is written. */
  async issue(licenses: readonly OrderedLicense[], isTrial: boolean): Promise<Issued[]> {
    const call = { method: 'POST', path: consolePaths.issueInOrders, body: { isTrial, licenses } } as const;
    return (await this.#calls.json(call, issuedListSchema)).items;
  }
}
