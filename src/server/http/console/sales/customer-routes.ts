import { Hono } from 'hono';
import {
  type Customer,
  type CustomerList,
  createCustomerSchema,
  customerQuerySchema,
  editCustomerSchema,
} from '../../../../api/customers.ts';
import { consolePaths } from '../../../../api/paths.ts';
import type { Bytes } from '../../../../bytes/bytes.ts';
import { toHex } from '../../../../bytes/hex.ts';
import { createCustomer, editCustomer } from '../../../../issue/administer/customers.ts';
import { notFound } from '../../../../issue/administer/required.ts';
import {
  findListedCustomer,
  type ListedCustomer,
  listCustomers,
} from '../../../db/console/customer-queries.ts';
import { fieldsOf, readJson } from '../../request/body.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import { type ConsolePortal, idParam } from '../console-env.ts';

/** List, create, read and edit customers. */
export function createCustomerRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const { db } = portal.database;
  app.get(consolePaths.customers, async context => {
    const { q, sort, order, page, pageSize } = fieldsOf(customerQuerySchema, context.req.query());
    const limits = { offset: (page - 1) * pageSize, limit: pageSize };
    const { items, total } = await listCustomers(db, q, { sort, order, ...limits });
    return context.json({ items: items.map(viewListed), total, page, pageSize } satisfies CustomerList);
  });
  app.post(consolePaths.customers, async context => {
    const terms = await readJson(context.req.raw, createCustomerSchema);
    const { id } = await portal.administer(context.get('account').email, (records, administration) =>
      createCustomer(terms, records, administration),
    );
    return context.json(await viewCustomer(portal, id), 201);
  });
  app.get(consolePaths.customer(':id'), async context => {
    return context.json(await viewCustomer(portal, idParam(context.req.param('id'), 16)));
  });
  app.put(consolePaths.customer(':id'), async context => {
    const id = idParam(context.req.param('id'), 16);
    const { version, ...terms } = await readJson(context.req.raw, editCustomerSchema);
    await portal.administer(context.get('account').email, (records, administration) =>
      editCustomer({ id, version, terms }, records, administration),
    );
    return context.json(await viewCustomer(portal, id));
  });
  return app;
}

async function viewCustomer({ database }: ConsolePortal, id: Bytes): Promise<Customer> {
  const customer = await findListedCustomer(database.db, id);
  if (customer === null) throw notFound('customer');
  return viewListed(customer);
}

function viewListed({ id, name, email, note, licenses, orders, version, createdAtS }: ListedCustomer) {
  return { id: toHex(id), name, email, note, licenses, orders, version, createdAt: createdAtS };
}
