import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { type KitOptions, parseKitOptions } from '../../../src/server/kit/options.ts';
import { readVendor } from '../../../src/server/kit/vendor.ts';
import { writeKit } from '../../../src/server/kit/write-kit.ts';
import { dataFolder } from '../support/data-folder.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import { builtApps, type CallSite, callTo, type TestServer, testServer } from '../support/test-server.ts';

const cleanup = suiteCleanup();
const builtAtMs = 1_700_000_000_000;
let server: TestServer;
let options: KitOptions;

before(async () => {
  server = await testServer(cleanup);
  const dist = builtApps(dataFolder(cleanup));
  mkdirSync(join(dist, 'device/icons'));
  writeFileSync(join(dist, 'device/icons/icon-192.png'), 'icon');
  const args = ['--data', server.folder, '--dist', dist, '--port', String(await freePort())];
  const parsed = parseKitOptions([...args, '--out', join(dataFolder(cleanup), 'stick')], {});
  assert.ok(parsed);
  options = parsed;
  await write();
});

/** Makes the kit, into the folder of the suite unless said otherwise. */
async function write(changed: Partial<KitOptions> = {}, nowMs = builtAtMs): Promise<KitOptions> {
  const wanted = { ...options, ...changed };
  writeKit(wanted, await readVendor(wanted, server.env), nowMs);
  return wanted;
}

async function freePort(): Promise<number> {
  const taker = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => taker.once('listening', resolve));
  const { port } = taker.address() as AddressInfo;
  await new Promise(resolve => taker.close(resolve));
  return port;
}

function stickFile(name: string): string {
  return readFileSync(join(options.out, name), 'utf8');
}

describe('the command line of a kit', () => {
  const parsed = (...args: string[]) => parseKitOptions(['--out', '/stick', ...args], {});

  it('names the app after its product, with a port that the name alone decides', () => {
    const first = parsed('--product', 'Press Studio 2');
    assert.equal(first?.name, 'press-studio-2');
    assert.equal(first?.port, parsed('--name', 'press-studio-2')?.port);
    assert.notEqual(first?.port, parsed()?.port);
  });

  it('refuses what cannot be a host or a port, and a kit without a place', () => {
    for (const name of ['Press', 'a.b', '-a', 'a b', "a'", 'a'.repeat(33)])
      assert.throws(() => parsed('--name', name), /--name/, name);
    for (const port of ['80', '99999', 'x']) assert.throws(() => parsed('--port', port), /--port/, port);
    assert.throws(() => parseKitOptions([], {}), /--out/);
  });
});

describe('the vendor of a kit', () => {
  it('is read without a private key and without signing anything', async () => {
    const bundles = () => server.portal.database.db.selectFrom('trust_file').selectAll().execute();
    const before = await bundles();
    const profile = await readVendor(options, server.env);
    assert.deepEqual(profile, (await server.call('app', '/profile')).json());
    assert.deepEqual(await bundles(), before);
  });

  it('is not to be had without a portal or for a product that there is not', async () => {
    const empty = dataFolder(cleanup);
    await assert.rejects(readVendor({ dataFolder: empty, product: null }, {}), /no portal in/);
    assert.deepEqual(readdirSync(empty), []);
    await assert.rejects(readVendor({ ...options, product: 'nothing' }, server.env), /no product nothing/);
  });
});

for (const [command, script] of [
  ['perl', 'serve.pl'],
  ['/usr/bin/python3', 'serve.py'],
] as const)
  describe(`the kit's server in ${command}`, { skip: missing(command) }, () => {
    const site = () => join(options.out, 'kit/site');
    const host = () => `license.latchkey.localhost:${options.port}`;
    const serve = () =>
      spawnSync(command, [
        join(options.out, 'kit', script),
        site(),
        'license.latchkey.localhost',
        String(options.port),
      ]);
    const call: CallSite = (_site, path, request) =>
      callTo({ port: options.port, origins: server.origins })({ host: host() }, path, request);

    it('answers as the real server does, byte for byte and with its headers', async context => {
      stopAfter(context, serve());
      for (const path of ['/', '/about', '/assets/index-Abc123.js', '/profile', '/manifest.webmanifest']) {
        const [own, real] = [await call('app', path), await server.call('app', path)];
        assert.equal(own.status, 200, path);
        assert.deepEqual(own.body, real.body, path);
        const names = Object.keys(real.headers).filter(name => /policy|options|content-type/.test(name));
        assert.ok(names.length >= 7);
        // Tools may read the profile from the real server; from this machine nobody but the app has to.
        const shared = path === '/profile' ? ['cross-origin-resource-policy'] : [];
        for (const name of names.filter(header => !shared.includes(header)))
          assert.equal(own.headers[name], real.headers[name], `${path} ${name}`);
      }
      const head = await call('app', '/', { method: 'HEAD' });
      assert.deepEqual([head.status, head.body.length], [200, 0]);
    });

    it('refuses other hosts, methods and paths', async context => {
      stopAfter(context, serve());
      const statusOf = async (path: string, method = 'GET') => (await call('app', path, { method })).status;
      assert.equal(await statusOf('/assets/gone.js'), 404);
      assert.equal(await statusOf('/api/v1/exchange'), 404);
      assert.equal(await statusOf('/../kit.json'), 404);
      assert.equal(await statusOf('/', 'POST'), 405);
      const other = callTo({ port: options.port, origins: server.origins });
      assert.equal((await other({ host: `127.0.0.1:${options.port}` }, '/')).status, 421);
    });

    it('tells whether the port is held by itself or by another program', async context => {
      stopAfter(context, serve());
      assert.equal(serve().status, 3);
      const taker = createServer((_request, response) => response.end('another')).listen(0, '127.0.0.1');
      context.after(() => taker.close());
      await new Promise(resolve => taker.once('listening', resolve));
      const { port } = taker.address() as AddressInfo;
      const flags = [site(), 'license.latchkey.localhost', String(port)];
      const child = spawn(command, [join(options.out, 'kit', script), ...flags]);
      assert.equal(await new Promise(resolve => child.once('exit', resolve)), 4);
    });
  });

function missing(command: string): boolean {
  return spawnSync(command, ['-v']).status !== 0 && spawnSync(command, ['--version']).status !== 0;
}

/** Ends the server that has put itself into the background. */
function stopAfter(
  context: { after: (end: () => void) => void },
  started: ReturnType<typeof spawnSync>,
): void {
  assert.equal(started.status, 0, String(started.stderr));
  context.after(() => process.kill(Number(started.stdout)));
}

describe('the start script for Linux and macOS', () => {
  const install = (kit: KitOptions, home: string) =>
    spawnSync('sh', [join(kit.out, 'start-linux.sh'), '--install'], {
      env: { PATH: process.env.PATH, HOME: home },
      encoding: 'utf8',
    });
  const builtIn = (home: string) =>
    readFileSync(join(home, '.local/share/latchkey/license/kit/built'), 'utf8').trim();

  it('puts the app there, a newer one in its place, and no older one', async () => {
    const home = dataFolder(cleanup);
    assert.equal(install(options, home).status, 0);
    const browserFile = join(home, '.local/share/latchkey/license/chromium/kept');
    mkdirSync(join(browserFile, '..'), { recursive: true });
    writeFileSync(browserFile, 'license');
    const newer = await write({ out: join(dataFolder(cleanup), 'newer') }, builtAtMs + 1);
    assert.equal(install(newer, home).status, 0);
    assert.equal(install(options, home).status, 0);
    assert.equal(builtIn(home), String(builtAtMs + 1));
    assert.equal(readFileSync(browserFile, 'utf8'), 'license');
    const entry = readFileSync(join(home, '.local/share/applications/latchkey-license.desktop'), 'utf8');
    assert.match(entry, /^Name=Latchkey$/m);
  });

  it('refuses a kit of another address, and an option that it does not know', async () => {
    const home = dataFolder(cleanup);
    install(options, home);
    const moved = await write(
      { out: join(dataFolder(cleanup), 'moved'), port: options.port - 1 },
      builtAtMs + 1,
    );
    const refused = install(moved, home);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /its license would be left behind/);
    assert.equal(builtIn(home), String(builtAtMs));
    assert.equal(spawnSync('sh', [join(options.out, 'start-linux.sh'), '--kisok']).status, 1);
  });
});

describe('the folder of a kit', () => {
  it('is replaced by a newer one, with what else is on the stick left alone', async () => {
    writeFileSync(join(options.out, 'to-portal.req'), 'request');
    writeFileSync(join(options.out, 'kit/old'), 'old');
    await write({}, builtAtMs);
    assert.equal(stickFile('to-portal.req'), 'request');
    assert.ok(!existsSync(join(options.out, 'kit/old')));
  });

  it('is not made over one of another address', async () => {
    await assert.rejects(write({ name: 'other' }), /would lose their license/);
  });

  it('has no place left in its scripts, and ends of lines that Windows reads', () => {
    const files = readdirSync(options.out, { recursive: true, encoding: 'utf8' });
    const scripts = files.filter(name => /\.(sh|command|cmd|ps1|pl|py)$/.test(name));
    assert.equal(scripts.length, 8);
    for (const name of scripts) {
      const text = stickFile(name);
      assert.doesNotMatch(text, /@[A-Z]+@/, name);
      assert.equal(/\r\n/.test(text), /\.(cmd|ps1)$/.test(name), name);
      // Windows PowerShell reads what has no mark of UTF-8 in the code page of the machine.
      if (name.endsWith('.ps1')) assert.match(text, /^[\n\r\x20-\x7e]*$/, name);
    }
    for (const name of scripts.filter(script => script.endsWith('.sh')))
      execFileSync('sh', ['-n', join(options.out, name)]);
  });

  it('has policies that name the app’s one address for each browser', () => {
    const origin = `http://license.latchkey.localhost:${options.port}`;
    const linux = JSON.parse(stickFile('kit/policies/linux/license.json'));
    assert.deepEqual(linux.WebAppInstallForceList[0].url, `${origin}/`);
    const firefox = JSON.parse(stickFile('kit/policies/firefox/policies.json'));
    assert.deepEqual(firefox.policies.Cookies.Allow, [origin]);
    const registry = stickFile('kit/policies/windows/edge-license.reg');
    const apps = /^"WebAppInstallForceList"="(.*)"\r$/m.exec(registry)?.[1]?.replaceAll('\\"', '"');
    assert.deepEqual(JSON.parse(apps ?? ''), linux.WebAppInstallForceList);
    assert.ok(registry.includes(`Edge\\CookiesAllowedForUrls]\r\n"1"="${origin}"`));
    assert.ok(
      stickFile('kit/policies/macos/com.google.Chrome.plist').includes(`<string>${origin}/</string>`),
    );
  });

  it('has a guide with the root key’s fingerprint, the portal, and what no test has run', async () => {
    const guide = stickFile('START HERE.html');
    const { keyRing } = server.portal;
    const hex = Buffer.from(keyRing.pin.domainId).toString('hex');
    assert.ok(guide.replaceAll(' ', '').includes(hex));
    assert.ok(guide.replaceAll('<wbr>', '').includes(server.origins.portal));
    assert.match(guide.replaceAll('\n', ' '), /Windows and macOS were not/);
    assert.doesNotMatch(guide, /(src|href)=/);
  });
});

describe('the app as one file', () => {
  it('holds its policy ahead of every script, the hash of its script, and the profile', async () => {
    const page = stickFile('license.html');
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page);
    assert.ok(policy?.[1]);
    assert.ok(policy.index < page.indexOf('<script'));
    assert.match(policy[1], /script-src 'sha256-[\w+/]{43}=' 'wasm-unsafe-eval';/);
    assert.match(policy[1], /worker-src blob:; .*require-trusted-types-for 'script'/);
    assert.doesNotMatch(policy[1], /'self'|unsafe-inline|\*/);
    assert.ok(policy[1].includes(server.origins.portal));
    const json = /<script type="application\/json" id="latchkey-profile"[^>]*>(.*?)<\/script>/s.exec(page);
    assert.deepEqual(JSON.parse(json?.[1] ?? ''), await readVendor(options, server.env));
  });

  it('has a database of its own for each vendor and each name', () => {
    const profile = JSON.parse(/latchkey-profile"[^>]*>(.*?)</s.exec(stickFile('license.html'))?.[1] ?? '');
    assert.match(
      stickFile('license.html'),
      new RegExp(`data-database="latchkey-${profile.domainId.slice(0, 12)}-license"`),
    );
  });
});
