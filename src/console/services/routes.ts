/** The tabs of a license. */
export const licenseTabs = ['details', 'features', 'devices', 'history'] as const;

export type LicenseTab = (typeof licenseTabs)[number];

/** A page of the console. */
export type Route =
  | {
      page: 'overview' | 'licenses' | 'issue' | 'products' | 'new-product' | 'users' | 'new-user' | 'unknown';
    }
  | { page: 'user'; id: string }
  | { page: 'product'; code: string }
  | { page: 'license'; id: string; tab: LicenseTab };

/** Addresses of the pages. */
export const addresses = {
  overview: '/',
  licenses: '/licenses',
  issue: '/licenses/new',
  license: (id: string, tab: LicenseTab = 'details') =>
    tab === 'details' ? `/licenses/${id}` : `/licenses/${id}/${tab}`,
  products: '/products',
  newProduct: '/products/new',
  product: (code: string) => `/products/edit/${code}`,
  users: '/users',
  newUser: '/users/new',
  user: (id: string) => `/users/${id}`,
} as const;

const fixed: Readonly<Record<string, Route>> = {
  [addresses.overview]: { page: 'overview' },
  [addresses.licenses]: { page: 'licenses' },
  [addresses.issue]: { page: 'issue' },
  [addresses.products]: { page: 'products' },
  [addresses.newProduct]: { page: 'new-product' },
  [addresses.users]: { page: 'users' },
  [addresses.newUser]: { page: 'new-user' },
};

/** The page of a path. */
export function routeOf(path: string): Route {
  const plain = path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
  const page = fixed[plain];
  if (page) return page;
  const code = /^\/products\/edit\/([a-z0-9-]{1,32})$/.exec(plain)?.[1];
  if (code) return { page: 'product', code };
  const userId = /^\/users\/([0-9a-f]{32})$/.exec(plain)?.[1];
  if (userId) return { page: 'user', id: userId };
  const [, id, tab = 'details'] = /^\/licenses\/([0-9a-f]{32})(?:\/([a-z]+))?$/.exec(plain) ?? [];
  const known = licenseTabs.find(each => each === tab);
  return id && known ? { page: 'license', id, tab: known } : { page: 'unknown' };
}
