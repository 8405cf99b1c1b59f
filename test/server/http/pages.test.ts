import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { startServer } from '../../../src/server/start.ts';
import { dataFolder } from '../support/data-folder.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import { type TestServer, testServer } from '../support/test-server.ts';

const cleanup = suiteCleanup();
let server: TestServer;

before(async () => {
  server = await testServer(cleanup);
});

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const sites = ['app', 'portal', 'console', 'sample'] as const;
const asset = '/assets/index-Abc123.js';

describe('headers of every page', () => {
  it('let scripts come from the own origin alone and demand trusted types', async () => {
    for (const site of sites) {
      const policy = String((await server.call(site, '/')).headers['content-security-policy']);
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.match(policy, /base-uri 'none'/);
      assert.match(policy, /require-trusted-types-for 'script'; trusted-types lit-html default/);
      assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*/);
    }
  });

  it('allow WebAssembly and workers, and calls to the portal to the device apps alone', async () => {
    for (const site of sites) {
      const policy = String((await server.call(site, '/')).headers['content-security-policy']);
      const isDeviceApp = site === 'app' || site === 'sample';
      assert.ok(policy.includes("'wasm-unsafe-eval'"), site);
      assert.ok(policy.includes("worker-src 'self'"), site);
      assert.equal(policy.includes('manifest-src'), isDeviceApp, site);
      assert.equal(policy.includes(server.origins.portal), isDeviceApp, site);
    }
  });

  it('allow neither on the page at the bare address, which has no script', async () => {
    const { headers } = await server.call({ host: `127.0.0.1:${server.port}` }, '/');
    assert.doesNotMatch(String(headers['content-security-policy']), /wasm-unsafe-eval|worker-src/);
  });

  it('name what stands in a page by its hash, and allow nothing else to stand there', async () => {
    for (const site of sites) {
      const policy = String((await server.call(site, '/')).headers['content-security-policy']);
      const hashes = [...policy.matchAll(/(script|style)-src 'self' ('sha256-[^']+')/g)].map(
        ([, kind, hash]) => `${kind} ${hash}`,
      );
      const expected =
        site === 'app' ? [`script ${hashOf('let one = 1;')}`, `style ${hashOf('p { margin: 0 }')}`] : [];
      assert.deepEqual(hashes, expected, site);
    }
  });

  it('keep sniffing, framing, referrers and other origins out, also on errors', async () => {
    const paths = ['/', asset, '/nowhere.js', '/healthz'];
    for (const site of sites) {
      for (const path of paths) {
        const { headers } = await server.call(site, path);
        assert.equal(headers['x-content-type-options'], 'nosniff');
        assert.equal(headers['referrer-policy'], 'no-referrer');
        const isDeviceApp = site === 'app' || site === 'sample';
        assert.equal(headers['cross-origin-opener-policy'], isDeviceApp ? undefined : 'same-origin');
        assert.equal(headers['cross-origin-embedder-policy'], isDeviceApp ? undefined : 'require-corp');
        const isFilming = isDeviceApp || site === 'portal';
        const policies = String(headers['permissions-policy']).split(', ');
        assert.ok(policies.includes(isFilming ? 'camera=(self)' : 'camera=()'), site);
        assert.ok(policies.includes('microphone=()'), site);
        const resources = path === '/healthz' ? 'cross-origin' : 'same-origin';
        assert.equal(headers['cross-origin-resource-policy'], resources);
      }
    }
  });

  it('demand https only where the site is reached by it', async t => {
    assert.equal((await server.call('portal', '/')).headers['strict-transport-security'], undefined);
    const names = {
      app: 'https://app.test',
      portal: 'https://portal.test',
      console: 'https://console.test',
      sample: 'https://sample.test',
    };
    const behindProxy = await testServer(t, { names });
    const { headers } = await behindProxy.call('portal', '/');
    assert.match(String(headers['strict-transport-security']), /max-age=\d+/);
  });
});

describe('files of an app', () => {
  it('are kept for good when their name holds a hash, and asked for again otherwise', async () => {
    assert.match(String((await server.call('app', asset)).headers['cache-control']), /immutable/);
    for (const path of ['/', '/sw.js', '/index.html']) {
      assert.equal((await server.call('app', path)).headers['cache-control'], 'no-cache', path);
    }
  });

  it('are not sent again when the browser has them', async () => {
    const { headers } = await server.call('app', '/');
    const again = await server.call('app', '/', { headers: { 'if-none-match': String(headers.etag) } });
    assert.equal(again.status, 304);
    assert.equal(again.body.length, 0);
    const changed = await server.call('app', '/', { headers: { 'if-none-match': '"other"' } });
    assert.equal(changed.status, 200);
  });

  it('come compressed to who takes that, under an ETag of its own', async () => {
    const plain = await server.call('app', asset);
    const zipped = await server.call('app', asset, { headers: { 'accept-encoding': 'br, gzip;q=0.8' } });
    assert.equal(zipped.headers['content-encoding'], 'gzip');
    assert.deepEqual(gunzipSync(zipped.body), plain.body);
    assert.notEqual(zipped.headers.etag, plain.headers.etag);
    const refused = await server.call('app', asset, { headers: { 'accept-encoding': 'gzip;q=0' } });
    assert.equal(refused.headers['content-encoding'], undefined);
  });

  it('answer HEAD without a body', async () => {
    const { status, body, headers } = await server.call('app', '/', { method: 'HEAD' });
    assert.equal(status, 200);
    assert.equal(body.length, 0);
    assert.match(String(headers['content-type']), /text\/html/);
  });

  it('give the page on deep links of device app and console, and nothing on a missing file', async () => {
    for (const site of ['app', 'console'] as const) {
      assert.match((await server.call(site, '/licenses/abc')).body.toString(), /<title>/);
      assert.equal((await server.call(site, '/assets/missing.js')).status, 404);
    }
    assert.equal((await server.call('portal', '/licenses/abc')).status, 404);
  });

  it('stay in their folder, however the path is written', async () => {
    const paths = [
      '/../../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/package.json',
      '//etc/passwd',
      '/%00',
    ];
    for (const path of paths) {
      const { status, body } = await server.call('app', path);
      assert.ok(status === 404 || body.includes('<title>device'), `${path}: ${status}`);
    }
  });

  it('are demanded at the start', async t => {
    const folder = dataFolder(t);
    await assert.rejects(
      startServer({ port: 0, distFolder: folder, dataFolder: folder, logLevel: 'silent' }),
      {
        code: 'SERVER_FAILED',
        message: /npm run build/,
      },
    );
  });
});
