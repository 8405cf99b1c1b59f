import assert from 'node:assert/strict';
import { request } from 'node:http';
import type { DeviceList } from '../../../src/api/devices.ts';
import { defaultTerms, type LicenseType } from '../../../src/api/license-terms.ts';
import type { CreateLicense, License, LicenseList } from '../../../src/api/licenses.ts';
import type { OrderList } from '../../../src/api/orders.ts';
import { authPaths, consolePaths } from '../../../src/api/paths.ts';
import type { CreateProduct, ForkPolicy, Product } from '../../../src/api/products.ts';
import type { UserPassword } from '../../../src/api/users.ts';
import type { Site } from './site.ts';

/** Password that the owner chooses at the first sign-in. */
export const chosenPassword = 'a heron at the lock gate';

/** Account that a first start makes. */
export const owner = 'owner@latchkey.localhost';

/** The vendor's staff, by the same API as the console's pages: for what a journey needs but is not about. */
export class ConsoleApi {
  /** Signs in with the one-time password and changes it. */
  static async open(site: Site): Promise<ConsoleApi> {
    const api = new ConsoleApi(site);
    await api.#post(authPaths.signIn, { email: owner, password: site.ownerPassword });
    const newPassword = chosenPassword;
    await api.#post(authPaths.changePassword, { currentPassword: site.ownerPassword, newPassword });
    return api;
  }

  readonly #site: Site;
  #cookie = '';

  private constructor(site: Site) {
    this.#site = site;
  }

  /** What is done about copies of devices with the demo's product. */
  async setForkPolicy(forkPolicy: ForkPolicy): Promise<void> {
    const path = consolePaths.product('press-studio');
    const { version, name, features }: Product = this.#json(await this.#call('GET', path));
    await this.#call('PUT', path, { version, name, features, forkPolicy });
  }

  async createProduct(product: CreateProduct): Promise<void> {
    await this.#post(consolePaths.products, product);
  }

  /** Issues a license of the demo's product unless another is named. */
  async issue(
    type: LicenseType,
    terms: Partial<CreateLicense['terms']> = {},
    product = 'press-studio',
  ): Promise<License> {
    const body = { product, type, trial: false, terms: { ...defaultTerms(), ...terms } };
    return this.#json(await this.#post(consolePaths.licenses, body));
  }

  /** Issues a license of another product under the key of one. */
  async issueUnder(
    { id }: License,
    product: string,
    terms: Partial<CreateLicense['terms']> = {},
  ): Promise<License> {
    const fixed = { product, type: 'perpetual', trial: false, bundledWith: id };
    return this.#json(
      await this.#post(consolePaths.licenses, { ...fixed, terms: { ...defaultTerms(), ...terms } }),
    );
  }

  /** Issues licenses of the demo's product in an order, and returns the id of the order. */
  async issueInOrder(order: string, count: number): Promise<string> {
    const fixed = { order, product: 'press-studio', type: 'perpetual', trial: false };
    const licenses = Array.from({ length: count }, (_, number) => {
      return { ...fixed, reference: String(number + 1), terms: defaultTerms() };
    });
    await this.#post(consolePaths.issueInOrders, { isTrial: false, licenses });
    const { items }: OrderList = this.#json(await this.#call('GET', `${consolePaths.orders}?q=${order}`));
    return items[0]?.id ?? '';
  }

  /** Creates a user; the password is told once. */
  async createUser(name: string): Promise<UserPassword> {
    return this.#json(await this.#post(consolePaths.users, { name, password: null }));
  }

  /** Gives a user another password, and returns it. */
  async resetPassword(id: string): Promise<string> {
    const answer: UserPassword = this.#json(
      await this.#post(consolePaths.resetPassword(id), { password: null }),
    );
    return answer.password ?? '';
  }

  /** Issues a license of the demo's product to users. */
  async issueTo(users: readonly string[], terms: Partial<CreateLicense['terms']> = {}): Promise<License> {
    const fixed = { product: 'press-studio', type: 'perpetual', trial: false, users };
    return this.#json(
      await this.#post(consolePaths.licenses, { ...fixed, terms: { ...defaultTerms(), ...terms } }),
    );
  }

  async license(id: string): Promise<License> {
    return this.#json(await this.#call('GET', consolePaths.license(id)));
  }

  /** The license of a key as people type it. */
  async find(key: string): Promise<License> {
    const query = `${consolePaths.licenses}?q=${encodeURIComponent(key)}`;
    const { items }: LicenseList = this.#json(await this.#call('GET', query));
    const [item] = items;
    assert.ok(item, `no license of ${key}`);
    return this.license(item.id);
  }

  async edit(id: string, terms: Partial<CreateLicense['terms']>): Promise<License> {
    const license = await this.license(id);
    const body = { version: license.version, terms: { ...license.terms, ...terms } };
    return this.#json(await this.#call('PUT', consolePaths.license(id), body));
  }

  async disable(id: string): Promise<void> {
    await this.#post(consolePaths.disableLicense(id));
  }

  async enable(id: string): Promise<void> {
    await this.#post(consolePaths.enableLicense(id));
  }

  async devices(id: string): Promise<DeviceList['items']> {
    const list: DeviceList = this.#json(await this.#call('GET', consolePaths.licenseDevices(id)));
    return list.items;
  }

  async unblock(deviceId: string): Promise<void> {
    await this.#post(consolePaths.unblockDevice(deviceId));
  }

  /** The refresh file of the license's only device that holds a seat. */
  async refreshFile(id: string): Promise<Buffer> {
    const active = (await this.devices(id)).filter(({ state }) => state === 'active');
    assert.equal(active.length, 1);
    return this.#post(consolePaths.refreshFile(active[0]?.activationId ?? ''));
  }

  #post(path: string, body?: object): Promise<Buffer> {
    return this.#call('POST', path, body);
  }

  /** Names of the sites need not resolve for Node, as they do for a browser. */
  #call(method: string, path: string, body?: object): Promise<Buffer> {
    const { port, origins } = this.#site;
    const headers = {
      host: new URL(origins.console).host,
      origin: origins.console,
      cookie: this.#cookie,
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    return new Promise((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port, method, path, headers }, response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () => {
          const answer = Buffer.concat(chunks);
          const cookies = response.headers['set-cookie'] ?? [];
          if (cookies.length > 0) this.#cookie = cookies.map(cookie => cookie.split(';')[0]).join('; ');
          if ((response.statusCode ?? 0) < 300) resolve(answer);
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${answer}`));
        });
      });
      call.on('error', reject);
      call.end(body ? JSON.stringify(body) : undefined);
    });
  }

  #json<T>(answer: Buffer): T {
    return JSON.parse(answer.toString());
  }
}
