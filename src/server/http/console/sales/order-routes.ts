import { type Context, Hono } from 'hono';
import {
  editOrderSchema,
  type IssuedList,
  issueInOrdersSchema,
  type Order,
  type OrderList,
  orderQuerySchema,
} from '../../../../api/orders.ts';
import { consolePaths } from '../../../../api/paths.ts';
import type { Bytes } from '../../../../bytes/bytes.ts';
import { toHex } from '../../../../bytes/hex.ts';
import { editOrder, setOrderEnabled } from '../../../../issue/administer/orders.ts';
import { notFound } from '../../../../issue/administer/required.ts';
import { findListedOrder, type ListedOrder, listOrders } from '../../../db/console/order-queries.ts';
import { fieldsOf, readJson } from '../../request/body.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import { type ConsolePortal, idParam } from '../console-env.ts';
import { issueGroup } from './ordered-licenses.ts';

/** List, read and edit orders, disable and enable them whole, and issue licenses in them. */
export function createOrderRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const { db } = portal.database;
  app.get(consolePaths.orders, async context => {
    const { q, customer, sort, order, page, pageSize } = fieldsOf(orderQuerySchema, context.req.query());
    const limits = { offset: (page - 1) * pageSize, limit: pageSize };
    const { items, total } = await listOrders(db, { text: q, customer }, { sort, order, ...limits });
    return context.json({ items: items.map(viewListed), total, page, pageSize } satisfies OrderList);
  });
  app.post(consolePaths.issueInOrders, async context => {
    const group = await readJson(context.req.raw, issueInOrdersSchema);
    const items = await issueGroup(group, portal, context.get('account').email);
    return context.json({ items } satisfies IssuedList);
  });
  app.get(consolePaths.order(':id'), async context => {
    return context.json(await viewOrder(portal, idParam(context.req.param('id'), 16)));
  });
  app.put(consolePaths.order(':id'), async context => {
    const id = idParam(context.req.param('id'), 16);
    const edit = await readJson(context.req.raw, editOrderSchema);
    await portal.administer(context.get('account').email, (records, administration) =>
      editOrder({ id, ...edit }, records, administration),
    );
    return context.json(await viewOrder(portal, id));
  });
  const setEnabled = async (context: Context<SiteEnv>, enabled: boolean) => {
    const id = idParam(context.req.param('id'), 16);
    await portal.administer(context.get('account').email, (records, administration) =>
      setOrderEnabled({ id, enabled }, records, administration),
    );
    return context.json(await viewOrder(portal, id));
  };
  app.post(consolePaths.disableOrder(':id'), context => setEnabled(context, false));
  app.post(consolePaths.enableOrder(':id'), context => setEnabled(context, true));
  return app;
}

async function viewOrder({ database }: ConsolePortal, id: Bytes): Promise<Order> {
  const order = await findListedOrder(database.db, id);
  if (order === null) throw notFound('order');
  return viewListed(order);
}

function viewListed({ id, number, customer, note, licenses, disabled, version, createdAtS }: ListedOrder) {
  return { id: toHex(id), number, customer, note, licenses, disabled, version, createdAt: createdAtS };
}
