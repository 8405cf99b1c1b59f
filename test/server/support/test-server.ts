import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { authPaths } from '../../../src/api/paths.ts';
import type { SiteName } from '../../../src/server/http/origins.ts';
import { type RunningServer, type StartOptions, startServer } from '../../../src/server/start.ts';
import { dataFolder } from './data-folder.ts';
import { type DatabaseEnv, databaseEnv } from './test-database.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The body as JSON, whose shape the test knows. */
  json<T = { code: string; text: string; data: Record<string, string | number> }>(): T;
}

export interface Call {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: Uint8Array | string;
  /** Sent as JSON. */
  json?: unknown;
}

/** Calls a site of a server. Its host names need not resolve: only the Host header tells them apart. */
export type CallSite = (site: SiteName | { host: string }, path: string, call?: Call) => Promise<Answer>;

export interface TestServer extends RunningServer {
  call: CallSite;
  folder: string;
  /** Where its database is. */
  env: DatabaseEnv;
}

/** A server on a free port, a real database and four built apps as small as can be. */
export async function testServer(
  test: Pick<TestContext, 'after'>,
  options: StartOptions = {},
): Promise<TestServer> {
  const folder = options.dataFolder ?? dataFolder(test);
  const distFolder = builtApps(dataFolder(test));
  const env = await databaseEnv(test, folder);
  const server = await startServer({
    port: 0,
    logLevel: 'silent',
    distFolder,
    ...options,
    dataFolder: folder,
    env: { ...env, ...options.env },
  });
  test.after(server.stop);
  return { ...server, folder, env, call: callTo(server) };
}

/** Calls to a running server. */
export function callTo({ port, origins }: Pick<RunningServer, 'port' | 'origins'>): CallSite {
  return (site, path, { json, ...call } = {}) => {
    const host = typeof site === 'string' ? new URL(origins[site]).host : site.host;
    const body = json === undefined ? call.body : JSON.stringify(json);
    const type = json === undefined ? {} : { 'content-type': 'application/json' };
    return send(port, path, { ...call, headers: { host, ...type, ...call.headers }, ...(body && { body }) });
  };
}

function send(port: number, path: string, { method = 'GET', headers, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, incoming => {
      const chunks: Buffer[] = [];
      incoming.on('data', chunk => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const whole = Buffer.concat(chunks);
        const { statusCode: status = 0, headers } = incoming;
        resolve({ status, headers, body: whole, json: () => JSON.parse(whole.toString()) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** What stands in the page of the device app. */
const INLINE = '<script type="module">let one = 1;</script><style>p { margin: 0 }</style>';

/** Folder of apps as `npm run build` leaves them, each with one asset. */
export function builtApps(folder: string): string {
  for (const name of ['device', 'portal', 'console', 'sample', 'single']) {
    mkdirSync(join(folder, name, 'assets'), { recursive: true });
    const inline = { device: INLINE, single: `<!-- kit -->${INLINE}` }[name] ?? '';
    writeFileSync(join(folder, name, 'index.html'), `<!doctype html><title>${name}</title>${inline}`);
    writeFileSync(join(folder, name, 'assets', 'index-Abc123.js'), `/* ${name} */\n`.repeat(200));
    writeFileSync(join(folder, name, 'sw.js'), '// service worker');
  }
  return folder;
}

/** A person at the console: calls carry the cookie and the console's own Origin. */
export interface ConsoleClient {
  call(path: string, call?: Call): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, json?: unknown): Promise<Answer>;
  put(path: string, json: unknown): Promise<Answer>;
  /** As the last answer set it. */
  cookie: string;
}

/** A console client that is not signed in. */
export function consoleClient({ call, origins }: Pick<TestServer, 'call' | 'origins'>): ConsoleClient {
  const client: ConsoleClient = {
    cookie: '',
    async call(path, { headers, ...rest } = {}) {
      const own = { origin: origins.console, ...(client.cookie && { cookie: client.cookie }) };
      const answer = await call('console', path, { ...rest, headers: { ...own, ...headers } });
      const [cookie] = answer.headers['set-cookie'] ?? [];
      if (cookie) client.cookie = cookie.split(';')[0] ?? '';
      return answer;
    },
    get: path => client.call(path),
    post: (path, json) => client.call(path, { method: 'POST', ...(json !== undefined && { json }) }),
    put: (path, json) => client.call(path, { method: 'PUT', json }),
  };
  return client;
}

export const ownPassword = 'a password of my own';

/** Signs in with the one-time password and replaces it. */
export async function signedInOwner(server: TestServer): Promise<ConsoleClient> {
  const client = consoleClient(server);
  const { email, oneTimePassword } = server.owner ?? { email: '', oneTimePassword: '' };
  await client.post(authPaths.signIn, { email, password: oneTimePassword });
  const change = { currentPassword: oneTimePassword, newPassword: ownPassword };
  const changed = await client.post(authPaths.changePassword, change);
  if (changed.status !== 204) throw new Error(`expected 204, got ${changed.status} ${changed.body}`);
  return client;
}
