import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { defaultOptions } from '../options.ts';

/** What a kit is made of and where it goes. */
export interface KitOptions {
  dataFolder: string;
  /** Folder of the kit, for a stick. */
  out: string;
  /** Where the built apps are. */
  distFolder: string;
  /** Code of the only product; null = any. */
  product: string | null;
  /** First label of the app's host on each machine. */
  name: string;
  /** Port of the app on each machine. */
  port: number;
}

export const help = `Usage: npm run kit -- --out DIR [options]

  --out DIR       folder for a stick, where the kit goes; the kit that is there is replaced
  --data DIR      folder of database and keys (data; or LATCHKEY_DATA)
  --product CODE  the only product that the app licenses (any)
  --name NAME     the app is http://NAME.latchkey.localhost:PORT on each machine (the product's code, or license)
  --port NUMBER   its port (made from the name); name and port are permanent once machines have the app
  --dist DIR      folder of the built apps (dist)

With DATABASE_URL the records are there, as the server's are. No private key is read.`;

const flags = {
  out: { type: 'string' },
  data: { type: 'string' },
  product: { type: 'string' },
  name: { type: 'string' },
  port: { type: 'string' },
  dist: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Reads the command line; null when help is wanted. @throws TypeError - what does not do. */
export function parseKitOptions(args: string[], env: NodeJS.ProcessEnv): KitOptions | null {
  const { values } = parseArgs({ args, options: flags, allowPositionals: false });
  if (values.help) return null;
  if (!values.out) throw new TypeError('--out: expected the folder where the kit goes');
  const product = values.product ?? null;
  const name = values.name ?? nameOf(product);
  if (!/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name))
    throw new TypeError(`--name: expected a-z, 0-9 and hyphens, at most 32, got ${name}`);
  return {
    dataFolder: values.data ?? env.LATCHKEY_DATA ?? defaultOptions.dataFolder,
    out: values.out,
    distFolder: values.dist ?? defaultOptions.distFolder,
    product,
    name,
    port: values.port === undefined ? portOf(name) : readPort(values.port),
  };
}

function nameOf(product: string | null): string {
  const label = (product ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return label.slice(0, 32).replaceAll(/^-+|-+$/g, '') || 'license';
}

/** One of 9,000 that are in little use: kits of two vendors rarely meet on one machine, and one name keeps its port. */
function portOf(name: string): number {
  return 21_000 + (createHash('sha256').update(name).digest().readUInt32BE() % 9000);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{4,5}$/.test(text) || port < 1024 || port > 65_535)
    throw new TypeError(`--port: expected 1024 to 65535, got ${text}`);
  return port;
}
