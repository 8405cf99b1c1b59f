import { consolePaths } from '../../../api/paths.ts';
import {
  type CreateProduct,
  type EditProduct,
  type Product,
  type ProductList,
  productListSchema,
  productSchema,
} from '../../../api/products.ts';
import { type Profile, profileSchema } from '../../../api/profile.ts';
import type { ConsoleCalls } from './console-calls.ts';

export class ProductApi {
  readonly #calls: ConsoleCalls;

  constructor(calls: ConsoleCalls) {
    this.#calls = calls;
  }

  list(): Promise<ProductList> {
    return this.#calls.get(consolePaths.products, productListSchema);
  }

  read(code: string): Promise<Product> {
    return this.#calls.get(consolePaths.product(code), productSchema);
  }

  create(body: CreateProduct): Promise<Product> {
    return this.#calls.json({ method: 'POST', path: consolePaths.products, body }, productSchema);
  }

  edit(code: string, body: EditProduct): Promise<Product> {
    return this.#calls.json({ method: 'PUT', path: consolePaths.product(code), body }, productSchema);
  }

  /** What an app of a product knows of its vendor: its name, the portals. */
  profile(product: string): Promise<Profile> {
    return this.#calls.get(consolePaths.profile, profileSchema, new URLSearchParams({ product }));
  }
}
