import type * as v from 'valibot';
import { type ChangePassword, type Session, type SignIn, sessionSchema } from '../../api/accounts.ts';
import {
  type AuditList,
  auditListSchema,
  type DeviceList,
  deviceListSchema,
  type ExchangeList,
  exchangeListSchema,
} from '../../api/devices.ts';
import {
  type CreateLicense,
  type EditLicense,
  type License,
  type LicenseList,
  licenseListSchema,
  licenseSchema,
} from '../../api/licenses.ts';
import { type Overview, overviewSchema } from '../../api/overview.ts';
import { authPaths, consolePaths } from '../../api/paths.ts';
import {
  type CreateProduct,
  type EditProduct,
  type Product,
  type ProductList,
  productListSchema,
  productSchema,
} from '../../api/products.ts';
import {
  type CreateUser,
  type ResetPassword,
  type User,
  type UserList,
  type UserPassword,
  userListSchema,
  userPasswordSchema,
  userSchema,
} from '../../api/users.ts';
import { type ErrorCode, LatchkeyError } from '../../errors.ts';
import { type Call, type Fetch, readAnswer, sendCall } from './call.ts';

/** Asks the person to sign in again, or to change the password; true when the call may be sent once more. */
export type SignInAgain = (code: ErrorCode) => Promise<boolean>;

/**
 * The console's API with answers of checked shape. When the session has ended, the person is asked to sign in and
 * the call is sent again, so that nothing typed is lost. Every method throws a LatchkeyError with the server's code.
 */
export class ConsoleApi {
  readonly #fetch: Fetch;
  /** What to do when the session has ended; until it is set, such a call is refused. */
  signInAgain: SignInAgain = async () => false;

  constructor(fetch: Fetch = (path, init) => window.fetch(path, init)) {
    this.#fetch = fetch;
  }

  /** Who is signed in; does not ask to sign in again. */
  async session(): Promise<Session> {
    const call: Call = { method: 'GET', path: consolePaths.session };
    return readAnswer(await sendCall(this.#fetch, call), sessionSchema);
  }

  async signIn(body: SignIn): Promise<void> {
    await sendCall(this.#fetch, { method: 'POST', path: authPaths.signIn, body });
  }

  async signOut(): Promise<void> {
    await sendCall(this.#fetch, { method: 'POST', path: authPaths.signOut, body: {} });
  }

  async changePassword(body: ChangePassword): Promise<void> {
    await sendCall(this.#fetch, { method: 'POST', path: authPaths.changePassword, body });
  }

  overview(): Promise<Overview> {
    return this.#get(consolePaths.overview, overviewSchema);
  }

  products(): Promise<ProductList> {
    return this.#get(consolePaths.products, productListSchema);
  }

  product(code: string): Promise<Product> {
    return this.#get(consolePaths.product(code), productSchema);
  }

  createProduct(body: CreateProduct): Promise<Product> {
    return this.#json({ method: 'POST', path: consolePaths.products, body }, productSchema);
  }

  editProduct(code: string, body: EditProduct): Promise<Product> {
    return this.#json({ method: 'PUT', path: consolePaths.product(code), body }, productSchema);
  }

  licenses(query: URLSearchParams): Promise<LicenseList> {
    const search = query.size > 0 ? `?${query}` : '';
    return this.#get(`${consolePaths.licenses}${search}`, licenseListSchema);
  }

  license(id: string): Promise<License> {
    return this.#get(consolePaths.license(id), licenseSchema);
  }

  issueLicense(body: CreateLicense): Promise<License> {
    return this.#json({ method: 'POST', path: consolePaths.licenses, body }, licenseSchema);
  }

  editLicense(id: string, body: EditLicense): Promise<License> {
    return this.#json({ method: 'PUT', path: consolePaths.license(id), body }, licenseSchema);
  }

  /** Lets a user activate a license. */
  assignUser(licenseId: string, userId: string): Promise<License> {
    return this.#json({ method: 'POST', path: consolePaths.assignUser(licenseId, userId) }, licenseSchema);
  }

  /** Takes a license from a user. */
  removeUser(licenseId: string, userId: string): Promise<License> {
    return this.#json({ method: 'POST', path: consolePaths.removeUser(licenseId, userId) }, licenseSchema);
  }

  users(query: URLSearchParams): Promise<UserList> {
    const search = query.size > 0 ? `?${query}` : '';
    return this.#get(`${consolePaths.users}${search}`, userListSchema);
  }

  user(id: string): Promise<User> {
    return this.#get(consolePaths.user(id), userSchema);
  }

  createUser(body: CreateUser): Promise<UserPassword> {
    return this.#json({ method: 'POST', path: consolePaths.users, body }, userPasswordSchema);
  }

  resetPassword(id: string, body: ResetPassword): Promise<UserPassword> {
    return this.#json({ method: 'POST', path: consolePaths.resetPassword(id), body }, userPasswordSchema);
  }

  async setEnabled(id: string, isEnabled: boolean): Promise<void> {
    await this.#post(isEnabled ? consolePaths.enableLicense(id) : consolePaths.disableLicense(id));
  }

  /** Sets the total of one counter back to 0; '' is the license's own. */
  resetUsage(id: string, counter: string): Promise<License> {
    return this.#json(
      { method: 'POST', path: consolePaths.resetUsage(id), body: { counter } },
      licenseSchema,
    );
  }

  devices(licenseId: string): Promise<DeviceList> {
    return this.#get(consolePaths.licenseDevices(licenseId), deviceListSchema);
  }

  exchanges(licenseId: string): Promise<ExchangeList> {
    return this.#get(consolePaths.licenseExchanges(licenseId), exchangeListSchema);
  }

  audit(licenseId: string): Promise<AuditList> {
    return this.#get(consolePaths.licenseAudit(licenseId), auditListSchema);
  }

  /** Makes a license file of a higher revision for one device and returns its bytes. */
  async refreshFile(activationId: string): Promise<Uint8Array<ArrayBuffer>> {
    const response = await this.#post(consolePaths.refreshFile(activationId));
    return new Uint8Array(await response.arrayBuffer());
  }

  async releaseSeat(activationId: string): Promise<void> {
    await this.#post(consolePaths.releaseSeat(activationId));
  }

  async setBlocked(deviceId: string, isBlocked: boolean): Promise<void> {
    await this.#post(isBlocked ? consolePaths.blockDevice(deviceId) : consolePaths.unblockDevice(deviceId));
  }

  async settleCopies(deviceId: string): Promise<void> {
    await this.#post(consolePaths.settleCopies(deviceId));
  }

  #get<Schema extends v.GenericSchema>(path: string, schema: Schema) {
    return this.#json({ method: 'GET', path }, schema);
  }

  #post(path: string): Promise<Response> {
    return this.#send({ method: 'POST', path });
  }

  async #json<Schema extends v.GenericSchema>(call: Call, schema: Schema): Promise<v.InferOutput<Schema>> {
    return readAnswer(await this.#send(call), schema);
  }

  async #send(call: Call): Promise<Response> {
    for (;;) {
      try {
        return await sendCall(this.#fetch, call);
      } catch (error) {
        if (!(error instanceof LatchkeyError) || !accountCodes.has(error.code)) throw error;
        if (!(await this.signInAgain(error.code))) throw error;
      }
    }
  }
}

const accountCodes: ReadonlySet<ErrorCode> = new Set(['SIGN_IN_NEEDED', 'PASSWORD_CHANGE_NEEDED']);
