import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { parseFields } from '../../../src/api/problem.ts';
import { type Profile, profileSchema } from '../../../src/api/profile.ts';
import { createOrigins } from '../../../src/server/http/origins.ts';
import { defaultOptions } from '../../../src/server/options.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import { type TestServer, testServer } from '../support/test-server.ts';

const cleanup = suiteCleanup();
let server: TestServer;

before(async () => {
  server = await testServer(cleanup);
});

describe('the hosts of one server', () => {
  it('serve an app each', async () => {
    const titles = { app: 'device', portal: 'portal', console: 'console', sample: 'sample' } as const;
    for (const site of ['app', 'portal', 'console', 'sample'] as const) {
      const { status, body } = await server.call(site, '/');
      assert.equal(status, 200);
      assert.match(body.toString(), new RegExp(`<title>${titles[site]}<`));
    }
  });

  it('link to each other from the bare address, in whatever spelling', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      const { status, body } = await server.call({ host: `${name}:${server.port}` }, '/');
      assert.equal(status, 200);
      for (const origin of Object.values(server.origins))
        assert.ok(body.includes(`href="${origin}"`), origin);
    }
  });

  it('style the page at the bare address by a sheet of its own', async () => {
    const host = { host: `127.0.0.1:${server.port}` };
    const [sheet] = /(?<=rel="stylesheet" href=")[^"]+/.exec(`${(await server.call(host, '/')).body}`) ?? [];
    assert.ok(sheet);
    const { status, headers } = await server.call(host, sheet);
    assert.deepEqual([status, headers['content-type']], [200, 'text/css; charset=utf-8']);
  });

  it('serve neither API nor app at the bare address', async () => {
    const host = { host: `127.0.0.1:${server.port}` };
    assert.equal((await server.call(host, '/api/v1/trust')).status, 404);
    assert.equal((await server.call(host, '/api/console/v1/session')).status, 404);
    assert.equal((await server.call(host, '/profile')).status, 404);
  });

  it('refuse every other name, also one that only ends or starts like ours', async () => {
    const { host } = new URL(server.origins.console);
    const others = [
      'evil.example',
      `evil.example:${server.port}`,
      `x.${host}`,
      `${host}.evil.example`,
      'a b',
    ];
    for (const name of others) {
      const { status, body } = await server.call({ host: name }, '/');
      assert.ok(status === 421 || status === 400, `${name}: ${status}`);
      assert.ok(!body.includes('<title>'), name);
    }
    const otherPort = host.replace(/\d+$/, '1');
    assert.equal((await server.call({ host: otherPort }, '/')).status, 421);
  });

  it('know a name in capitals', async () => {
    const { host } = new URL(server.origins.app);
    assert.equal((await server.call({ host: host.toUpperCase() }, '/')).status, 200);
  });

  it('give the console API on the console alone', async () => {
    for (const site of ['app', 'portal', 'sample'] as const) {
      assert.equal((await server.call(site, '/api/console/v1/session')).status, 404, site);
      assert.equal((await server.call(site, '/api/auth/sign-in', { method: 'POST' })).status, 404, site);
    }
  });

  it('give exchange and trust on device app and portal alone', async () => {
    for (const site of ['app', 'portal'] as const) {
      assert.equal((await server.call(site, '/api/v1/trust')).status, 200, site);
    }
    for (const site of ['console', 'sample'] as const) {
      assert.notEqual((await server.call(site, '/api/v1/trust')).status, 200, site);
      assert.notEqual((await server.call(site, '/api/v1/exchange', { method: 'POST' })).status, 200, site);
    }
  });

  it('say that they are well, to any origin', async () => {
    for (const site of ['app', 'portal', 'console', 'sample'] as const) {
      const { status, headers, json } = await server.call(site, '/healthz');
      assert.equal(status, 200);
      assert.deepEqual(json(), { status: 'ok' });
      assert.equal(headers['access-control-allow-origin'], '*');
    }
  });

  it('give a profile where files are verified, readable from any origin', async () => {
    for (const [site, product] of [
      ['app', null],
      ['sample', 'press-studio'],
      ['portal', null],
      ['console', null],
    ] as const) {
      const { headers, json } = await server.call(site, '/profile');
      assert.equal(headers['access-control-allow-origin'], '*');
      const parsed = parseFields(profileSchema, json());
      assert.ok('fields' in parsed);
      assert.equal(parsed.fields.product, product);
      assert.deepEqual(parsed.fields.portals, [server.origins.portal]);
    }
  });

  it('tell devices of further addresses of the portal, signed, and let their pages call each', async t => {
    const more = ['https://two.example', 'https://three.example:8443'];
    const other = await testServer(t, { morePortals: [...more, 'portal-2.latchkey.localhost'] });
    const portals = [other.origins.portal, ...more, `http://portal-2.latchkey.localhost:${other.port}`];
    const { headers, json } = await other.call('app', '/profile');
    assert.deepEqual(json<Profile>().portals, portals);
    assert.deepEqual(other.portal.keyRing.trust.bundle.portals, portals);
    assert.ok(
      String(headers['content-security-policy']).includes(`connect-src 'self' ${portals.join(' ')};`),
    );
    for (const portal of portals) {
      const { host } = new URL(portal);
      assert.equal((await other.call({ host }, '/api/v1/trust')).status, 200);
    }
    const { host } = new URL(other.origins.console);
    assert.notEqual((await other.call({ host }, '/api/v1/trust')).status, 200);
  });

  it('give a manifest that makes the app installable under a permanent id', async () => {
    const { headers, json } = await server.call('app', '/manifest.webmanifest');
    assert.equal(headers['content-type'], 'application/manifest+json');
    const manifest = json<{
      id: string;
      start_url: string;
      display: string;
      icons: unknown[];
      file_handlers: unknown;
    }>();
    assert.equal(manifest.id, '/');
    assert.equal(manifest.start_url, '/');
    assert.equal(manifest.display, 'standalone');
    assert.ok(manifest.icons.length >= 4);
    assert.deepEqual(manifest.file_handlers, [
      { action: '/', accept: { 'application/vnd.latchkey.license': ['.lic'] } },
    ]);
  });

  it('name the doors of the system for the device app alone', async () => {
    interface Doors {
      share_target?: { action: string; method: string };
      shortcuts?: { url: string }[];
      file_handlers?: unknown;
    }
    const app = (await server.call('app', '/manifest.webmanifest')).json<Doors>();
    assert.equal(app.share_target?.action, '/share');
    assert.equal(app.share_target?.method, 'POST');
    assert.deepEqual(
      app.shortcuts?.map(({ url }) => url),
      ['/?do=load', '/about'],
    );
    const sample = (await server.call('sample', '/manifest.webmanifest')).json<Doors>();
    assert.equal(sample.file_handlers ?? sample.share_target ?? sample.shortcuts, undefined);
  });

  it('send what is shared without a service worker to the page that says so', async () => {
    const { status, headers } = await server.call('app', '/share', { method: 'POST', body: 'x' });
    assert.equal(status, 303);
    assert.equal(headers.location, '/?do=shared');
  });
});

describe('createOrigins()', () => {
  const { names } = defaultOptions;

  it('gives host names the port and leaves whole origins as they are', () => {
    const origins = createOrigins({ ...names, portal: 'https://portal.example.com', app: 'app.test' }, 9000);
    assert.equal(origins.portal, 'https://portal.example.com');
    assert.equal(origins.app, 'http://app.test:9000');
  });

  it('refuses two sites of one host', () => {
    assert.throws(() => createOrigins({ ...names, portal: names.app }, 80), TypeError);
  });

  it('refuses what is neither a host name nor an origin', () => {
    for (const name of ['', 'https://a.test/path', 'a b', 'http://user@a.test', 'a.test/x']) {
      assert.throws(() => createOrigins({ ...names, app: name }, 80), TypeError, name);
    }
  });
});
