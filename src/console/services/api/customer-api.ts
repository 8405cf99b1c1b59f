import {
  type CreateCustomer,
  type Customer,
  type CustomerList,
  customerListSchema,
  customerSchema,
  type EditCustomer,
} from '../../../api/customers.ts';
import { consolePaths } from '../../../api/paths.ts';
import type { ConsoleCalls } from './console-calls.ts';

export class CustomerApi {
  readonly #calls: ConsoleCalls;

  constructor(calls: ConsoleCalls) {
    this.#calls = calls;
  }

  list(query: URLSearchParams): Promise<CustomerList> {
    return this.#calls.get(consolePaths.customers, customerListSchema, query);
  }

  read(id: string): Promise<Customer> {
    return this.#calls.get(consolePaths.customer(id), customerSchema);
  }

  create(body: CreateCustomer): Promise<Customer> {
    return this.#calls.json({ method: 'POST', path: consolePaths.customers, body }, customerSchema);
  }

  edit(id: string, body: EditCustomer): Promise<Customer> {
    return this.#calls.json({ method: 'PUT', path: consolePaths.customer(id), body }, customerSchema);
  }
}
