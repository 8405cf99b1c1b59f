import type { Session } from '../../../src/api/accounts.ts';
import type { AuditEntry, AuditLogEntry } from '../../../src/api/audit.ts';
import type { Device, KnownDevice } from '../../../src/api/devices.ts';
import type { Exchange } from '../../../src/api/exchanges.ts';
import {
  createLicenseSchema,
  editLicenseSchema,
  type License,
  resetUsageSchema,
} from '../../../src/api/licenses.ts';
import { authPaths, consolePaths } from '../../../src/api/paths.ts';
import type { Policy } from '../../../src/api/policies.ts';
import { parseFields } from '../../../src/api/problem.ts';
import { createProductSchema, editProductSchema, type Product } from '../../../src/api/products.ts';
import type { DueDevice } from '../../../src/api/refresh.ts';
import {
  createUserSchema,
  resetPasswordSchema,
  type User,
  type UserSummary,
} from '../../../src/api/users.ts';
import type { Fetch } from '../../../src/console/services/api/call.ts';
import { answerActivity, usageOf } from './fake/activity.ts';
import { answerAudit } from './fake/audit.ts';
import { putUnderKey } from './fake/license-bundle.ts';
import { answerLists } from './fake/lists.ts';
import { answerPolicies } from './fake/policies.ts';
import { previewOf } from './fake/preview.ts';
import { answerProfile } from './fake/profile.ts';
import { answerRefresh, refreshFileOf } from './fake/refresh.ts';
import { FakeSales } from './fake/sales.ts';
import { FakeSupport } from './fake/support.ts';
import {
  ben,
  consumptionLicense,
  day,
  idOf,
  inkLab,
  knownPress7,
  mona,
  now,
  press7,
  pressStudio,
  sampleLicense,
} from './samples.ts';

/** A call as it reached the server. */
export interface ReceivedCall {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

/** What the server answers. */
export type Answer = { status: number; body?: unknown; bytes?: Promise<Uint8Array<ArrayBuffer>> };

/** A console API in memory: as much of the server as pages can tell, with schemas that are the real ones. */
export class FakeServer {
  session: 'none' | 'one-time' | 'open' = 'open';
  products: Product[] = [pressStudio, inkLab];
  policies: Policy[] = [];
  licenses: License[] = [sampleLicense(1), consumptionLicense];
  devices: Device[] = [press7];
  users: UserSummary[] = [mona, ben];
  exchanges: Exchange[] = [...press7.files];
  knownDevices: KnownDevice[] = [knownPress7];
  audit: AuditEntry[] = [];
  log: AuditLogEntry[] = [];
  logBrokenAt: number | null = null;
  readonly sales = new FakeSales();
  readonly support = new FakeSupport();
  /** Everything that was asked, oldest first. */
  readonly received: ReceivedCall[] = [];
  /** Devices that are to get a refresh file, and the activations for which one was made. */
  due: DueDevice[] = [];
  readonly made = new Set<string>();
  /** Makes the refresh file of a device. */
  refreshFileOf = refreshFileOf;
  /** Refuses the next call whose path ends so, once. */
  refuseNext: { ending: string; status: number; problem: unknown } | null = null;

  /** Stands in for the browser's fetch. */
  readonly fetch: Fetch = async (address, init) => {
    const url = new URL(address, 'http://console.latchkey.localhost');
    const method = init.method ?? 'GET';
    const body: unknown = typeof init.body === 'string' && init.body ? JSON.parse(init.body) : undefined;
    const call = { method, path: url.pathname, query: url.searchParams, body };
    this.received.push(call);
    const { status, body: answer, bytes } = this.#answer(call);
    const content = (await bytes) ?? (answer === undefined ? null : JSON.stringify(await answer));
    return new Response(content, { status });
  };

  /** The last call of a method whose path ends so. */
  lastCall(method: string, ending: string): ReceivedCall | undefined {
    return this.received.findLast(call => call.method === method && call.path.endsWith(ending));
  }

  #answer(call: ReceivedCall): Answer {
    const refusal = this.refuseNext;
    if (refusal && call.path.endsWith(refusal.ending)) {
      this.refuseNext = null;
      return { status: refusal.status, body: refusal.problem };
    }
    return (
      this.#account(call) ??
      answerPolicies(this.policies, call) ??
      this.#products(call) ??
      this.#users(call) ??
      this.support.answer(call) ??
      this.#licenses(call) ??
      this.#devices(call) ??
      this.sales.answer(call) ??
      answerRefresh(this, call) ??
      answerLists(this, call) ??
      answerAudit(this, call) ??
      answerActivity(this, call) ??
      answerProfile(call) ??
      refused(404, 'NOT_FOUND')
    );
  }

  #account({ path, body }: ReceivedCall): Answer | null {
    if (path === authPaths.signIn) return this.#signIn(body);
    if (path === consolePaths.session) return ok(this.#who());
    if (this.session === 'none') return refused(401, 'SIGN_IN_NEEDED');
    if (path === authPaths.signOut) this.session = 'none';
    if (path === authPaths.changePassword) this.session = 'open';
    if (path.startsWith('/api/auth/')) return { status: 204 };
    return this.session === 'one-time' ? refused(403, 'PASSWORD_CHANGE_NEEDED') : null;
  }

  #who(): Session {
    if (this.session === 'none') return null;
    const passwordChangeNeeded = this.session === 'one-time';
    return { email: 'owner@latchkey.localhost', name: 'Owner', role: 'owner', passwordChangeNeeded };
  }

  #signIn(body: unknown): Answer {
    const password = typeof body === 'object' && body !== null && 'password' in body ? body.password : '';
    if (password !== 'right password' && password !== 'one-time') return refused(401, 'SIGN_IN_REFUSED');
    this.session = password === 'one-time' ? 'one-time' : 'open';
    return { status: 204 };
  }

  #products({ method, path, body }: ReceivedCall): Answer | null {
    if (path === consolePaths.products && method === 'POST') return this.#createProduct(body);
    if (path === consolePaths.products) return ok({ items: this.products });
    const product = this.products.find(({ code }) => path === consolePaths.product(code));
    if (!product) return null;
    return method === 'PUT' ? this.#editProduct(product, body) : ok(product);
  }

  #createProduct(body: unknown): Answer {
    const checked = parseFields(createProductSchema, body);
    if ('problem' in checked) return fieldRefused(checked.problem);
    if (this.products.some(({ code }) => code === checked.fields.code)) return refused(409, 'ALREADY_EXISTS');
    const product: Product = { ...checked.fields, version: 1, licenseCount: 0, createdAt: now };
    this.products.push(product);
    return { status: 201, body: product };
  }

  #editProduct(product: Product, body: unknown): Answer {
    const checked = parseFields(editProductSchema, body);
    if ('problem' in checked) return fieldRefused(checked.problem);
    const { version, ...edited } = checked.fields;
    if (version !== product.version) return refused(409, 'EDIT_CONFLICT', { version: product.version });
    Object.assign(product, edited, { version: version + 1 });
    return ok(product);
  }

  #users({ method, path, query, body }: ReceivedCall): Answer | null {
    if (path === consolePaths.users && method === 'POST') return this.#createUser(body);
    if (path === consolePaths.users) return ok(this.#listUsers(query));
    for (const license of this.licenses) {
      for (const user of this.users) {
        const { id, name } = user;
        const others = license.users?.filter(each => each.id !== id) ?? [];
        if (path === consolePaths.removeUser(license.id, id))
          return ok(Object.assign(license, { users: others }));
        if (path !== consolePaths.assignUser(license.id, id)) continue;
        return ok(Object.assign(license, { users: [...others, { id, name, assignedAt: now, devices: 0 }] }));
      }
    }
    const user = this.users.find(({ id }) => path.startsWith(consolePaths.user(id)));
    if (!user) return null;
    if (path === consolePaths.resetPassword(user.id))
      return this.#setPassword(user, resetPasswordSchema, body);
    return ok(this.#userOf(user));
  }

  #createUser(body: unknown): Answer {
    const checked = parseFields(createUserSchema, body);
    if ('problem' in checked) return fieldRefused(checked.problem);
    const { name } = checked.fields;
    if (this.users.some(each => each.name === name)) return refused(409, 'ALREADY_EXISTS', { field: 'name' });
    const user = { ...ben, id: idOf(600 + this.users.length), name };
    const answer = this.#setPassword(user, createUserSchema, body);
    if (answer.status === 200) this.users.push(user);
    return answer;
  }

  #setPassword(
    { id, name }: UserSummary,
    schema: typeof resetPasswordSchema | typeof createUserSchema,
    body: unknown,
  ): Answer {
    const checked = parseFields(schema, body);
    if ('problem' in checked) return fieldRefused(checked.problem);
    const { password } = checked.fields;
    if (password !== null && password.length < 12) return refused(400, 'PASSWORD_WEAK', { minLength: 12 });
    return ok({ id, name, password: password === null ? 'abcde-fghjk-mnpqr-stvwx' : null });
  }

  #listUsers(query: URLSearchParams) {
    const q = (query.get('q') ?? '').toLowerCase();
    const found = this.users.filter(({ name }) => name.toLowerCase().includes(q));
    const page = Number(query.get('page') ?? 1);
    const pageSize = Number(query.get('pageSize') ?? 50);
    const items = found.slice((page - 1) * pageSize, page * pageSize);
    return { items, total: found.length, page, pageSize };
  }

  #userOf({ licenses: _, devices: __, ...user }: UserSummary): User {
    const own = this.licenses.filter(each => each.users?.some(({ id }) => id === user.id));
    return {
      ...user,
      licenses: own.map(({ id, productName, state, terms: { customer, holder } }) => {
        return { id, productName, state, customer, holder, assignedAt: now - day };
      }),
      devices: own.map(({ id, productName }) => {
        const { deviceNumber, name } = press7;
        return {
          activationId: idOf(90),
          deviceNumber,
          name,
          licenseId: id,
          productName,
          activatedAt: now - day,
        };
      }),
    };
  }

  #licenses({ method, path, query, body }: ReceivedCall): Answer | null {
    if (path === consolePaths.overview) return ok(this.#overview());
    if (path === consolePaths.licenses && method === 'POST') return this.#issue(body);
    if (path === consolePaths.licenses) return ok(this.#list(query));
    const license = this.licenses.find(({ id }) => path.startsWith(consolePaths.license(id)));
    if (!license) return null;
    if (path === consolePaths.license(license.id))
      return method === 'PUT' ? this.#edit(license, body) : ok(license);
    if (path === consolePaths.licenseUsage(license.id)) return ok(usageOf());
    if (path === consolePaths.licenseDevices(license.id)) return ok({ items: this.devices });
    if (path === consolePaths.licenseExchanges(license.id)) return ok({ items: this.exchanges });
    if (path === consolePaths.licenseAudit(license.id)) return ok({ items: this.audit });
    if (path === consolePaths.previewLicense(license.id)) return previewOf(license, body);
    if (path === consolePaths.resetUsage(license.id)) return reset(license, body);
    license.state = stateAfter(path, license.id);
    license.version += 1;
    return ok(license);
  }

  #overview() {
    const inState = (state: License['state']) => this.licenses.filter(each => each.state === state).length;
    return {
      products: this.products.length,
      licenses: {
        total: this.licenses.length,
        active: inState('active'),
        disabled: inState('disabled'),
        expired: inState('expired'),
        expiringSoon: 1,
      },
      devices: {
        active: this.devices.length,
        blocked: 0,
        forked: this.devices.filter(each => each.copiedAt !== null).length,
      },
      needs: { overMaximum: 1, overdueReports: 3, dueRefreshes: 2 },
      exchanges: { total: 40, refused: 2 },
    };
  }

  #list(query: URLSearchParams) {
    const q = (query.get('q') ?? '').toLowerCase();
    const state = query.get('state');
    const product = query.get('product');
    const found = this.licenses.filter(license => {
      const text = `${license.terms.customer} ${license.terms.holder} ${license.key}`.toLowerCase();
      return (
        text.includes(q) && (!state || license.state === state) && (!product || license.product === product)
      );
    });
    const page = Number(query.get('page') ?? 1);
    const pageSize = Number(query.get('pageSize') ?? 50);
    const items = found
      .slice((page - 1) * pageSize, page * pageSize)
      .map(({ terms, ...rest }) => ({ ...rest, ...terms }));
    return { items, total: found.length, page, pageSize };
  }

  #issue(body: unknown): Answer {
    const checked = parseFields(createLicenseSchema, body);
    if ('problem' in checked) return fieldRefused(checked.problem);
    const { product, type, trial, users, bundledWith, terms } = checked.fields;
    if (users?.length === 0) return fieldRefused({ field: 'users', rule: 'required' });
    const named = this.users.filter(({ id }) => users?.includes(id));
    const license = sampleLicense(
      this.licenses.length + 1,
      {
        product,
        productName: this.products.find(({ code }) => code === product)?.name ?? product,
        type,
        trial,
        activeActivations: 0,
        ...(users && {
          key: '',
          users: named.map(({ id, name }) => ({ id, name, assignedAt: now, devices: 0 })),
        }),
      },
      terms,
    );
    this.licenses.push(license);
    if (bundledWith) putUnderKey(this.licenses, license, bundledWith);
    return { status: 201, body: license };
  }

  #edit(license: License, body: unknown): Answer {
    const checked = parseFields(editLicenseSchema, body);
    if ('problem' in checked) return fieldRefused(checked.problem);
    const { version, terms } = checked.fields;
    if (version !== license.version) return refused(409, 'EDIT_CONFLICT', { version: license.version });
    Object.assign(license, { terms, version: version + 1 });
    return ok(license);
  }

  #devices({ path }: ReceivedCall): Answer | null {
    for (const device of this.devices) {
      const { refreshFile, clearPinFile } = consolePaths;
      if ([refreshFile, clearPinFile].some(pathOf => path === pathOf(device.activationId ?? ''))) {
        return { status: 200, bytes: this.refreshFileOf(device) };
      }
      if (path === consolePaths.releaseSeat(device.activationId ?? ''))
        return done(() => Object.assign(device, { state: 'released' }));
      if (path === consolePaths.blockDevice(device.deviceId))
        return done(() => Object.assign(device, { blocked: true }));
      if (path === consolePaths.unblockDevice(device.deviceId))
        return done(() => Object.assign(device, { blocked: false }));
      if (path === consolePaths.settleCopies(device.deviceId))
        return done(() => Object.assign(device, { copiedAt: null }));
    }
    return null;
  }
}

/** An id that no sample has. */
export const unknownId = idOf(0xffff);

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function reset(license: License, body: unknown): Answer {
  const checked = parseFields(resetUsageSchema, body);
  if ('problem' in checked) return fieldRefused(checked.problem);
  const { counter } = checked.fields;
  license.totals = license.totals.map(each => (each.counter === counter ? { ...each, total: 0 } : each));
  license.version += 1;
  return ok(license);
}

function done(change: () => unknown): Answer {
  change();
  return { status: 204 };
}

function refused(status: number, code: string, data?: unknown): Answer {
  return { status, body: data ? { code, data } : { code } };
}

function fieldRefused(data: unknown): Answer {
  return refused(400, 'FIELD_REFUSED', data);
}

/** What a switch of the license makes of it. */
function stateAfter(path: string, id: string): License['state'] {
  if (path === consolePaths.deleteLicense(id)) return 'deleted';
  return path === consolePaths.disableLicense(id) ? 'disabled' : 'active';
}
