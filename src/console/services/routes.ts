/** The tabs of a license. */
export const licenseTabs = ['details', 'features', 'devices', 'usage', 'history'] as const;

export type LicenseTab = (typeof licenseTabs)[number];

/** A page of the console. */
export type Route =
  | {
      page:
        | 'overview'
        | 'licenses'
        | 'issue'
        | 'products'
        | 'new-product'
        | 'users'
        | 'new-user'
        | 'devices'
        | 'exchanges'
        | 'audit'
        | 'unknown';
    }
  | { page: 'customers' | 'new-customer' | 'orders' | 'import' | 'refresh-files' }
  | { page: 'support' }
  | { page: 'user' | 'customer' | 'order' | 'device' | 'policy'; id: string }
  | { page: 'product' | 'new-policy'; code: string }
  | { page: 'handover'; of: 'license' | 'order'; id: string }
  | { page: 'license'; id: string; tab: LicenseTab };

/** Addresses of the pages. */
export const addresses = {
  overview: '/',
  support: '/support',
  licenses: '/licenses',
  issue: '/licenses/new',
  import: '/licenses/import',
  license: (id: string, tab: LicenseTab = 'details') =>
    tab === 'details' ? `/licenses/${id}` : `/licenses/${id}/${tab}`,
  products: '/products',
  newProduct: '/products/new',
  product: (code: string) => `/products/edit/${code}`,
  /** Of a product. */
  newPolicy: (code: string) => `/products/edit/${code}/new-policy`,
  policy: (id: string) => `/products/policies/${id}`,
  users: '/users',
  newUser: '/users/new',
  user: (id: string) => `/users/${id}`,
  customers: '/customers',
  newCustomer: '/customers/new',
  customer: (id: string) => `/customers/${id}`,
  orders: '/orders',
  refreshFiles: '/refresh',
  order: (id: string) => `/orders/${id}`,
  devices: '/devices',
  device: (id: string) => `/devices/${id}`,
  exchanges: '/exchanges',
  audit: '/audit',
  handover: (of: 'license' | 'order', id: string) => `/${of}s/${id}/handover`,
} as const;

const fixed: Readonly<Record<string, Route>> = {
  [addresses.overview]: { page: 'overview' },
  [addresses.support]: { page: 'support' },
  [addresses.licenses]: { page: 'licenses' },
  [addresses.issue]: { page: 'issue' },
  [addresses.import]: { page: 'import' },
  [addresses.products]: { page: 'products' },
  [addresses.newProduct]: { page: 'new-product' },
  [addresses.users]: { page: 'users' },
  [addresses.newUser]: { page: 'new-user' },
  [addresses.customers]: { page: 'customers' },
  [addresses.newCustomer]: { page: 'new-customer' },
  [addresses.orders]: { page: 'orders' },
  [addresses.refreshFiles]: { page: 'refresh-files' },
  [addresses.devices]: { page: 'devices' },
  [addresses.exchanges]: { page: 'exchanges' },
  [addresses.audit]: { page: 'audit' },
};

const numberedPages = ['user', 'customer', 'order'] as const;

/** The page of a path. */
export function routeOf(path: string): Route {
  const plain = path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
  const named = fixed[plain];
  if (named) return named;
  const [, code, more] = /^\/products\/edit\/([a-z0-9-]{1,32})(\/new-policy)?$/.exec(plain) ?? [];
  if (code) return { page: more ? 'new-policy' : 'product', code };
  const policyId = /^\/products\/policies\/([0-9a-f]{32})$/.exec(plain)?.[1];
  if (policyId) return { page: 'policy', id: policyId };
  const [, kind = '', numbered] = /^\/(user|customer|order)s\/([0-9a-f]{32})$/.exec(plain) ?? [];
  const page = numberedPages.find(each => each === kind);
  if (page && numbered) return { page, id: numbered };
  const deviceId = /^\/devices\/([0-9a-f]{64})$/.exec(plain)?.[1];
  if (deviceId) return { page: 'device', id: deviceId };
  const [, of, handed] = /^\/(license|order)s\/([0-9a-f]{32})\/handover$/.exec(plain) ?? [];
  if (handed) return { page: 'handover', of: of === 'order' ? 'order' : 'license', id: handed };
  const [, id, tab = 'details'] = /^\/licenses\/([0-9a-f]{32})(?:\/([a-z]+))?$/.exec(plain) ?? [];
  const known = licenseTabs.find(each => each === tab);
  return id && known ? { page: 'license', id, tab: known } : { page: 'unknown' };
}
