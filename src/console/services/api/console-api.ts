import { type Activity, activitySchema, type Overview, overviewSchema } from '../../../api/overview.ts';
import { consolePaths } from '../../../api/paths.ts';
import { AccountApi } from './account-api.ts';
import { AuditApi } from './audit-api.ts';
import type { Fetch } from './call.ts';
import { ConsoleCalls, type SignInAgain } from './console-calls.ts';
import { CustomerApi } from './customer-api.ts';
import { DeviceApi } from './device-api.ts';
import { ExchangeApi } from './exchange-api.ts';
import { LicenseApi } from './license-api.ts';
import { OrderApi } from './order-api.ts';
import { PolicyApi } from './policy-api.ts';
import { ProductApi } from './product-api.ts';
import { RefreshApi } from './refresh-api.ts';
import { SupportApi } from './support-api.ts';
import { UserApi } from './user-api.ts';

/** The console's API by what it is about; see {@link ConsoleCalls} for what every call does and throws. */
export class ConsoleApi {
  readonly #calls: ConsoleCalls;
  readonly account: AccountApi;
  readonly products: ProductApi;
  readonly policies: PolicyApi;
  readonly licenses: LicenseApi;
  readonly users: UserApi;
  readonly devices: DeviceApi;
  readonly support: SupportApi;
  readonly customers: CustomerApi;
  readonly orders: OrderApi;
  readonly refresh: RefreshApi;
  readonly exchanges: ExchangeApi;
  readonly audit: AuditApi;

  constructor(fetch?: Fetch) {
    const calls = new ConsoleCalls(fetch);
    this.#calls = calls;
    this.account = new AccountApi(calls);
    this.products = new ProductApi(calls);
    this.policies = new PolicyApi(calls);
    this.licenses = new LicenseApi(calls);
    this.users = new UserApi(calls);
    this.devices = new DeviceApi(calls);
    this.support = new SupportApi(calls);
    this.customers = new CustomerApi(calls);
    this.orders = new OrderApi(calls);
    this.refresh = new RefreshApi(calls);
    this.exchanges = new ExchangeApi(calls);
    this.audit = new AuditApi(calls);
  }

  set signInAgain(ask: SignInAgain) {
    this.#calls.signInAgain = ask;
  }

  activity(): Promise<Activity> {
    return this.#calls.get(consolePaths.activity, activitySchema);
  }

  overview(): Promise<Overview> {
    return this.#calls.get(consolePaths.overview, overviewSchema);
  }
}
