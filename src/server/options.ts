import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type LogLevel, logLevels } from './log.ts';

/** Host names, or whole origins where a proxy stands before the server. */
export interface SiteNames {
  app: string;
  portal: string;
  console: string;
  sample: string;
}

export interface ServerOptions {
  /** 0 = any free port. */
  port: number;
  /** Address to listen on. */
  host: string;
  dataFolder: string;
  /** Leaves the demo out of a first start. */
  empty: boolean;
  names: SiteNames;
  /** Further origins at which devices reach this portal when the first does not answer, the best first. */
  morePortals: string[];
  /** Code of the only product that the device app licenses; null = any. */
  product: string | null;
  /** E-mail address of the owner's account that a first start makes. */
  owner: string;
  /** Where `npm run build` wrote the apps. */
  distFolder: string;
  /** Believes the last address of X-Forwarded-For; only behind a proxy that writes it. */
  trustProxy: boolean;
  logLevel: LogLevel;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

export const defaultOptions: ServerOptions = {
  port: 8787,
  host: '127.0.0.1',
  dataFolder: join(root, 'data'),
  empty: false,
  names: {
    app: 'app.latchkey.localhost',
    portal: 'portal.latchkey.localhost',
    console: 'console.latchkey.localhost',
    sample: 'sample.latchkey.localhost',
  },
  morePortals: [],
  product: null,
  owner: 'owner@latchkey.localhost',
  distFolder: join(root, 'dist'),
  trustProxy: false,
  logLevel: 'info',
};

export const help = `Usage: npm start -- [options]

  --port NUMBER      port to listen on (8787)
  --host ADDRESS     address to listen on (127.0.0.1: this machine only)
  --data DIR         folder of database and keys (data)
  --empty            leave the demo product and licenses out of a first start
  --app NAME         host of the device app (app.latchkey.localhost); permanent once devices know it
  --portal NAME      host of the portal (portal.latchkey.localhost)
  --console NAME     host of the console (console.latchkey.localhost)
  --sample NAME      host of the sample vendor app, with the demo only (sample.latchkey.localhost)
                     each NAME may be a whole origin, such as https://portal.example.com, behind a proxy
  --more-portals LIST
                     further origins of the portal, with commas, for devices that do not reach the first
  --trust-proxy      take the caller's address from the last entry of X-Forwarded-For
  --product CODE     the only product that the device app licenses (any)
  --owner EMAIL      account that a first start makes (owner@latchkey.localhost)
  --dist DIR         folder of the built apps (dist)
  --log-level LEVEL  ${logLevels.join(', ')} (info)
  --help             this text

Each option may come from the environment instead: LATCHKEY_PORT, LATCHKEY_DATA, LATCHKEY_TRUST_PROXY=1 and so on.
LATCHKEY_KEY (32 bytes in base64url) or LATCHKEY_PASSPHRASE protects the private keys in the data folder; without
either, a key file is made in the data folder.
DATABASE_URL (postgres://USER:PASSWORD@HOST:PORT/DATABASE) keeps records and accounts in PostgreSQL, which several
servers may share; without it they are SQLite files in the data folder, which has one server.`;

const flags = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  empty: { type: 'boolean' },
  app: { type: 'string' },
  portal: { type: 'string' },
  console: { type: 'string' },
  sample: { type: 'string' },
  'more-portals': { type: 'string' },
  'trust-proxy': { type: 'boolean' },
  product: { type: 'string' },
  owner: { type: 'string' },
  dist: { type: 'string' },
  'log-level': { type: 'string' },
  help: { type: 'boolean' },
} as const;

type Flag = keyof typeof flags;

/**
 * Reads the options from the command line, else from the environment, else the defaults; null when help is wanted.
 *
 * @throws TypeError - an unknown option or a value that does not do.
 */
export function parseOptions(args: string[], env: NodeJS.ProcessEnv): ServerOptions | null {
  const { values } = parseArgs({ args, options: flags, allowPositionals: false });
  if (values.help) return null;
  const fromEnv = (flag: Flag) => env[`LATCHKEY_${flag.toUpperCase().replaceAll('-', '_')}`];
  const text = (flag: Exclude<Flag, 'empty' | 'trust-proxy' | 'help'>, fallback: string) =>
    values[flag] ?? fromEnv(flag) ?? fallback;
  const isSet = (flag: 'empty' | 'trust-proxy') => values[flag] ?? fromEnv(flag) === '1';
  const { names } = defaultOptions;
  return {
    port: port(text('port', String(defaultOptions.port))),
    host: text('host', defaultOptions.host),
    dataFolder: text('data', defaultOptions.dataFolder),
    empty: isSet('empty'),
    names: {
      app: text('app', names.app),
      portal: text('portal', names.portal),
      console: text('console', names.console),
      sample: text('sample', names.sample),
    },
    morePortals: text('more-portals', '').split(',').filter(Boolean),
    product: text('product', '') || null,
    owner: text('owner', defaultOptions.owner),
    distFolder: text('dist', defaultOptions.distFolder),
    trustProxy: isSet('trust-proxy'),
    logLevel: logLevel(text('log-level', defaultOptions.logLevel)),
  };
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65_535) throw new TypeError(`expected a port, got ${text}`);
  return value;
}

function logLevel(text: string): LogLevel {
  const level = logLevels.find(name => name === text);
  if (!level) throw new TypeError(`expected a log level of ${logLevels.join(', ')}, got ${text}`);
  return level;
}
