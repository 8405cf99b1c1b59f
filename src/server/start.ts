import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { utf8 } from '../bytes/bytes.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { type Accounts, openAccounts } from './accounts/accounts.ts';
import { ensureOwner, type OwnerAccess } from './accounts/owner.ts';
import { createThrottle, type Rate } from './accounts/throttle.ts';
import { placesOf } from './db/place.ts';
import { takeStartLock } from './db/start-lock.ts';
import { type DemoLicense, demoProduct, ensureDemo, findDemoLicenses } from './demo.ts';
import { createConsoleApi } from './http/console/console-api.ts';
import { type Listener, listen } from './http/listener.ts';
import { createOrigins, type Origins, originOf } from './http/origins.ts';
import { createPublicApi } from './http/public/public-api.ts';
import { loadStaticFiles } from './http/public/static-files.ts';
import { createSites, type Handler, type SitesOptions } from './http/sites.ts';
import { createLog, type Logger } from './log.ts';
import { defaultOptions, type ServerOptions } from './options.ts';
import { openPortal, type RunningPortal } from './portal.ts';
import { createProfiles } from './profiles.ts';
import { keepRetention } from './retention.ts';

export interface StartOptions extends Partial<ServerOptions> {
  /** Where LATCHKEY_KEY or LATCHKEY_PASSPHRASE is, and DATABASE_URL. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the Unix epoch. */
  nowMs?: () => number;
  rates?: Partial<Rates>;
  /** Told what people must know, before a new owner's password is stored. */
  announce?: (greeting: Greeting) => void;
}

/** How often one address may call. */
export interface Rates {
  /** Exchange and trust: room for a courier with the sticks of a whole fleet. */
  exchange: Rate;
  /** Files of batches: room for the sticks of a large site, one after the other. */
  batchFiles: Rate;
  /** Requests with a key or password that is refused: room for a fleet that was set up with a typing error. */
  guesses: Rate;
  /** Sign-in and change of password. */
  signIn: Rate;
  /** Sign-in to one account. */
  account: Rate;
}

export const defaultRates: Rates = {
  exchange: { calls: 1200, seconds: 60 },
  batchFiles: { calls: 20_000, seconds: 600 },
  guesses: { calls: 300, seconds: 600 },
  signIn: { calls: 30, seconds: 60 },
  account: { calls: 5, seconds: 60 },
};

/** What a start tells people. */
export interface Greeting {
  /** The machine's own address, which links to the sites. */
  address: string;
  origins: Origins;
  /** Empty without the demo. */
  demoLicenses: DemoLicense[];
  /** Whether the sample app is there. */
  hasDemo: boolean;
  /** At the first start only. */
  owner: OwnerAccess | null;
}

export interface RunningServer extends Greeting {
  port: number;
  portal: RunningPortal;
  /** Takes no more requests, answers those that run, and closes the databases. */
  stop(): Promise<void>;
}

const stopGraceMs = 10_000;

/**
 * Starts the server. The port is bound first, so that a second server on it does not touch the data; until all is
 * open it answers that it is busy.
 *
 * @throws LatchkeyError SERVER_FAILED - apps not built, port taken, data not to be opened.
 */
export async function startServer(given: StartOptions = {}): Promise<RunningServer> {
  const options = { ...defaultOptions, ...given };
  const log = createLog(options.logLevel);
  const files = loadApps(options.distFolder);
  const listener = await listen(options.host, options.port);
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    await listener.stop(stopGraceMs);
    while (closers.length > 0) await closers.pop()?.();
    log.info('stopped');
  };
  try {
    const { dataFolder, env = {} } = options;
    const places = placesOf(dataFolder, env);
    const origins = createOrigins(options.names, listener.port);
    const portals = [origins.portal, ...options.morePortals.map(name => originOf(name, listener.port))];
    const lock = await takeStartLock(places.portal, dataFolder);
    closers.push(lock.release);
    const portal = await openPortal({
      dataFolder,
      env,
      portals,
      ...(options.nowMs && { nowMs: options.nowMs }),
    });
    const { database } = portal;
    closers.push(keepRetention({ database, log, nowMs: portal.portal.nowMs }), portal.close);
    const accounts = await openAccounts({
      place: places.accounts,
      secret: await sessionSecret(portal),
      origin: origins.console,
    });
    closers.push(accounts.close);
    const greeting = await greet({ options, listener, origins, portal, accounts });
    listener.handleWith(
      createHandler({ options, log, origins, portals, portal, accounts, files, hasDemo: greeting.hasDemo }),
    );
    await lock.started();
    log.info({ port: listener.port, masterKey: portal.masterKeySource }, 'started');
    return { ...greeting, port: listener.port, portal, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Parts {
  options: ServerOptions & StartOptions;
  log: Logger;
  origins: Origins;
  /** Addresses of the portal for devices, the best first. */
  portals: string[];
  portal: RunningPortal;
  accounts: Accounts;
  files: ReturnType<typeof loadApps>;
  hasDemo: boolean;
}

function loadApps(distFolder: string) {
  const load = (name: string) => loadStaticFiles(join(distFolder, name));
  return { app: load('device'), portal: load('portal'), console: load('console'), sample: load('sample') };
}

async function greet({
  options,
  listener,
  origins,
  portal,
  accounts,
}: Pick<Parts, 'options' | 'origins' | 'portal' | 'accounts'> & { listener: Listener }): Promise<Greeting> {
  const hasDemo = await ensureDemo(portal, options);
  const demoLicenses = hasDemo ? await findDemoLicenses(portal) : [];
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const greeting = { address: `http://${host}:${listener.port}`, origins, demoLicenses, hasDemo };
  const announce = (owner: OwnerAccess | null) => options.announce?.({ ...greeting, owner });
  const owner = await ensureOwner(accounts, options.owner, announce);
  if (!owner) announce(null);
  return { ...greeting, owner };
}

function createHandler(parts: Parts): Handler {
  const { options, log, origins, portals, portal, accounts, files, hasDemo } = parts;
  const { trustProxy } = options;
  const rates = { ...defaultRates, ...options.rates };
  const profiles = createProfiles(portal, portals);
  const sites: SitesOptions = {
    origins,
    portals,
    listenHost: options.host,
    log,
    async ping() {
      await portal.database.db.selectFrom('setting').select('name').limit(1).execute();
      await accounts.ping();
    },
    publicApi: createPublicApi({
      portal,
      throttle: createThrottle(rates.exchange),
      batchFiles: createThrottle(rates.batchFiles),
      guesses: createThrottle(rates.guesses),
      trustProxy,
    }),
    consoleApi: createConsoleApi({
      origin: origins.console,
      portal,
      accounts,
      throttles: { address: createThrottle(rates.signIn), account: createThrottle(rates.account) },
      trustProxy,
      findProfile: profiles.find,
    }),
    profiles: {
      app: () => profiles.get(options.product),
      sample: () => profiles.get(demoProduct),
    },
    files: { ...files, sample: hasDemo ? files.sample : null },
  };
  return createSites(sites);
}

/** Signs the sessions' cookies; kept sealed under the master key, so that sessions outlive a restart. */
async function sessionSecret({ settings, portal }: RunningPortal): Promise<string> {
  const context = utf8('session-secret');
  const fresh = portal.secretBox.seal(new Uint8Array(randomBytes(32)), context);
  const sealed = await settings.keep('session-secret', toHex(fresh));
  return toHex(portal.secretBox.open(fromHex(sealed), context));
}
