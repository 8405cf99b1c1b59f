import { Hono } from 'hono';
import { consolePaths } from '../../../../api/paths.ts';
import { createProductSchema, editProductSchema, type Product } from '../../../../api/products.ts';
import { LatchkeyError } from '../../../../errors.ts';
import { createProduct, editProduct } from '../../../../issue/administer/products.ts';
import { type ListedProduct, listProducts } from '../../../db/console/overview-queries.ts';
import { readJson } from '../../request/body.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import type { ConsolePortal } from '../console-env.ts';

/** List, create and edit products with their features. */
export function createProductRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.get(consolePaths.products, async context => {
    return context.json({ items: (await listProducts(portal.database.db)).map(toProduct) });
  });
  app.post(consolePaths.products, async context => {
    const product = await readJson(context.req.raw, createProductSchema);
    await portal.administer(context.get('account').email, (records, administration) =>
      createProduct(product, records, administration),
    );
    return context.json(await viewProduct(portal, product.code), 201);
  });
  app.get(consolePaths.product(':code'), async context => {
    return context.json(await viewProduct(portal, context.req.param('code') ?? ''));
  });
  app.put(consolePaths.product(':code'), async context => {
    const code = context.req.param('code') ?? '';
    const { version, ...terms } = await readJson(context.req.raw, editProductSchema);
    await portal.administer(context.get('account').email, (records, administration) =>
      editProduct({ code, version, terms }, records, administration),
    );
    return context.json(await viewProduct(portal, code));
  });
  return app;
}

async function viewProduct({ database }: ConsolePortal, code: string): Promise<Product> {
  const product = (await listProducts(database.db)).find(candidate => candidate.code === code);
  if (!product) throw new LatchkeyError('NOT_FOUND', `no such product ${code}`);
  return toProduct(product);
}

function toProduct({ createdAtS, features, ...product }: ListedProduct): Product {
  return { ...product, features: [...features], createdAt: createdAtS };
}
