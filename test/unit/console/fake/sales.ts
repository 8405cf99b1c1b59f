import { type Customer, createCustomerSchema, editCustomerSchema } from '../../../../src/api/customers.ts';
import type { License } from '../../../../src/api/licenses.ts';
import {
  editOrderSchema,
  type Issued,
  issueInOrdersSchema,
  type Order,
  orderedLicenseSchema,
} from '../../../../src/api/orders.ts';
import { consolePaths } from '../../../../src/api/paths.ts';
import { parseFields } from '../../../../src/api/problem.ts';
import type { Answer, ReceivedCall } from '../fake-server.ts';
import { day, idOf, now, sampleLicense } from '../samples.ts';

export const acme: Customer = {
  id: idOf(700),
  name: 'Acme Bottling',
  email: 'licenses@acme.example',
  note: '',
  licenses: 1,
  orders: 1,
  version: 1,
  createdAt: now - 90 * day,
};

export const northwind: Customer = { ...acme, id: idOf(701), name: 'Northwind Print', email: '', orders: 0 };

export const autumnOrder: Order = {
  id: idOf(800),
  number: 'A-2026-10',
  customer: acme.name,
  note: 'Paid',
  licenses: 3,
  disabled: 1,
  version: 1,
  createdAt: now - 30 * day,
};

/** Customers, orders and what is issued in them, in memory. */
export class FakeSales {
  customers: Customer[] = [structuredClone(acme), structuredClone(northwind)];
  orders: Order[] = [structuredClone(autumnOrder)];
  /** Called before a group is issued. */
  onIssue = () => {};
  /** By order and reference. */
  readonly issued = new Map<string, License>();

  answer(call: ReceivedCall): Answer | null {
    if (call.path === consolePaths.exportLicenses) {
      return { status: 200, bytes: Promise.resolve(new TextEncoder().encode('order\r\n')) };
    }
    return this.#customers(call) ?? this.#orders(call);
  }

  #customers({ method, path, query, body }: ReceivedCall): Answer | null {
    if (path === consolePaths.customers && method === 'POST') return this.#create(body);
    if (path === consolePaths.customers) return ok(listOf(this.customers, query, ({ name }) => name));
    const customer = this.customers.find(({ id }) => path === consolePaths.customer(id));
    if (!customer) return null;
    if (method !== 'PUT') return ok(customer);
    const checked = parseFields(editCustomerSchema, body);
    if ('problem' in checked) return refused('FIELD_REFUSED', checked.problem);
    const { version, ...terms } = checked.fields;
    if (version !== customer.version) return refused('EDIT_CONFLICT', { version: customer.version });
    return ok(Object.assign(customer, terms, { version: version + 1 }));
  }

  #create(body: unknown): Answer {
    const checked = parseFields(createCustomerSchema, body);
    if ('problem' in checked) return refused('FIELD_REFUSED', checked.problem);
    if (this.customers.some(({ name }) => name === checked.fields.name))
      return refused('ALREADY_EXISTS', { field: 'name' });
    const customer = { ...northwind, ...checked.fields, id: idOf(710), licenses: 0 };
    this.customers.push(customer);
    return { status: 201, body: customer };
  }

  #orders({ method, path, query, body }: ReceivedCall): Answer | null {
    if (path === consolePaths.issueInOrders) return this.#issue(body);
    if (path === consolePaths.orders)
      return ok(listOf(this.orders, query, ({ number, customer }) => `${number} ${customer}`));
    const order = this.orders.find(({ id }) => path.startsWith(consolePaths.order(id)));
    if (!order) return null;
    if (path === consolePaths.disableOrder(order.id)) return ok(Object.assign(order, { disabled: 3 }));
    if (path === consolePaths.enableOrder(order.id)) return ok(Object.assign(order, { disabled: 0 }));
    if (method !== 'PUT') return ok(order);
    const checked = parseFields(editOrderSchema, body);
    if ('problem' in checked) return refused('FIELD_REFUSED', checked.problem);
    const { version, note } = checked.fields;
    if (version !== order.version) return refused('EDIT_CONFLICT', { version: order.version });
    return ok(Object.assign(order, { note, version: version + 1 }));
  }

  #issue(body: unknown): Answer {
    const checked = parseFields(issueInOrdersSchema, body);
    if ('problem' in checked) return refused('FIELD_REFUSED', checked.problem);
    const { isTrial, licenses } = checked.fields;
    if (!isTrial) this.onIssue();
    return ok({ items: licenses.map(license => this.#issueOne(license, isTrial)) });
  }

  #issueOne(license: unknown, isTrial: boolean): Issued {
    const checked = parseFields(orderedLicenseSchema, license);
    if ('problem' in checked) return { outcome: 'refused', ...checked.problem };
    const { order: number, reference, terms, ...kind } = checked.fields;
    if (kind.product === 'not-there') return { outcome: 'refused', field: 'product', rule: 'not-allowed' };
    const place = `${number}\n${reference}`;
    const present = this.issued.get(place);
    if (present) return { outcome: 'present', id: present.id, key: present.key };
    if (isTrial) return { outcome: 'good' };
    const made = sampleLicense(2000 + this.issued.size, kind, terms);
    this.issued.set(place, made);
    if (!this.orders.some(each => each.number === number)) {
      this.orders.push({ ...autumnOrder, id: idOf(810 + this.orders.length), number });
    }
    return { outcome: 'issued', id: made.id, key: made.key };
  }
}

function listOf<Item>(all: readonly Item[], query: URLSearchParams, textOf: (item: Item) => string) {
  const q = (query.get('q') ?? query.get('customer') ?? '').toLowerCase();
  const found = all.filter(item => textOf(item).toLowerCase().includes(q));
  const page = Number(query.get('page') ?? 1);
  const pageSize = Number(query.get('pageSize') ?? 50);
  const items = found.slice((page - 1) * pageSize, page * pageSize);
  return { items, total: found.length, page, pageSize };
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function refused(code: string, data: unknown): Answer {
  return { status: code === 'FIELD_REFUSED' ? 400 : 409, body: { code, data } };
}
