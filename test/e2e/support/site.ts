import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The four origins of a running server. */
export interface Origins {
  app: string;
  portal: string;
  console: string;
  sample: string;
}

export interface SiteOptions {
  dataFolder: string;
  /** The built apps; dist/ unless said otherwise. */
  distFolder?: string;
  /** The only product of the device app. */
  product?: string;
  /** A PostgreSQL database instead of SQLite in the data folder. */
  databaseUrl?: string;
  /** Origin of the portal, where a line leads to it. */
  portal?: string;
  /** Further origins of the portal. */
  morePortals?: string[];
}

/** Licenses of the demo, by what they are for here. */
const demoKeys = {
  perpetual: /perpetual, 3 devices/,
  yearly: /one year/,
  consumption: /1000 pages/,
  trial: /trial/,
  singleSeat: /perpetual, 1 device/,
};

/** A server process of its own, as `npm start` runs it, on a data folder of its own. */
export class Site {
  /** Starts a server on a free port and waits until it answers. */
  static async start(options: SiteOptions): Promise<Site> {
    const site = new Site(options);
    await site.start();
    return site;
  }

  /** The one-time password of the console, told at the first start only. */
  ownerPassword = '';
  readonly #options: SiteOptions;
  #port = 0;
  #greeting: string[] = [];
  #process: ChildProcess | null = null;

  private constructor(options: SiteOptions) {
    this.#options = options;
  }

  get port(): number {
    return this.#port;
  }

  /** Kept over a restart, because origins are permanent. */
  get origins(): Origins {
    const origin = (name: string) => `http://${name}.latchkey.localhost:${this.#port}`;
    return {
      app: origin('app'),
      portal: this.#options.portal ?? origin('portal'),
      console: origin('console'),
      sample: origin('sample'),
    };
  }

  get dataFolder(): string {
    return this.#options.dataFolder;
  }

  /** The portal's records, on SQLite. */
  get databaseFile(): string {
    return join(this.dataFolder, 'latchkey.db');
  }

  /** The key of a license of the demo, as the server printed it. */
  key(name: keyof typeof demoKeys): string {
    const line = this.#greeting.find(text => demoKeys[name].test(text));
    const key = line && /^\s+((\w{5}-){4}\w{5}) /.exec(line)?.[1];
    if (!key) throw new Error(`the server printed no key of ${demoKeys[name]}`);
    return key;
  }

  /** Starts the server again on the same port and data, maybe with other options. */
  async start(changed: Partial<SiteOptions> = {}): Promise<void> {
    Object.assign(this.#options, changed);
    const { dataFolder, distFolder, product, databaseUrl, portal, morePortals = [] } = this.#options;
    const flags = ['--port', String(this.#port), '--data', dataFolder];
    if (distFolder) flags.push('--dist', distFolder);
    if (product) flags.push('--product', product);
    if (portal) flags.push('--portal', portal);
    if (morePortals.length > 0) flags.push('--more-portals', morePortals.join(','));
    const child = spawn(process.execPath, ['src/server/main.ts', ...flags], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, ...(databaseUrl && { DATABASE_URL: databaseUrl }) },
    });
    this.#process = child;
    // A test process that ends early leaves no server behind.
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    this.#greeting = await readGreeting(child);
    const address = this.#greeting.join('\n').match(/http:\/\/127\.0\.0\.1:(\d+)/);
    this.#port = Number(address?.[1]);
    const password = this.#greeting.map(line => /^\s+owner@\S+\s+(\S+)$/.exec(line)?.[1]).find(Boolean);
    if (password) this.ownerPassword = password;
  }

  /** Ends the server in the middle of whatever it does. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    this.#process = null;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  /** Stops the server as an operator does, and fails when it does not stop in order. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    this.#process = null;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    const [code] = await exit;
    if (code !== 0) throw new Error(`the server stopped with code ${code}`);
  }
}

/** What the server prints until its log says that it has started. */
async function readGreeting(child: ChildProcess): Promise<string[]> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('expected pipes');
  const lines: string[] = [];
  const log: string[] = [];
  createInterface({ input: stdout }).on('line', line => lines.push(line));
  return new Promise((resolve, reject) => {
    createInterface({ input: stderr }).on('line', line => {
      log.push(line);
      if (line.includes('"msg":"started"')) resolve(lines);
    });
    child.once('exit', code => reject(new Error(`the server ended with ${code}:\n${log.join('\n')}`)));
  });
}
