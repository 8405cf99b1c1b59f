import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { authPaths, consolePaths } from '../../../src/api/paths.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import {
  consoleClient,
  ownPassword,
  signedInOwner,
  type TestServer,
  testServer,
} from '../support/test-server.ts';

const cleanup = suiteCleanup();
let server: TestServer;

const access = () => server.owner ?? { email: '', oneTimePassword: '' };

before(async () => {
  server = await testServer(cleanup, { rates: { signIn: { calls: 1000, seconds: 60 } } });
});

describe('the console of a first start', () => {
  it('asks for a sign-in on every path of its API', async () => {
    const client = consoleClient(server);
    const id = '0'.repeat(32);
    const paths = ['overview', 'products', 'licenses', 'profile'] as const;
    for (const path of [...paths.map(name => consolePaths[name]), consolePaths.license(id)]) {
      const { status, json } = await client.get(path);
      assert.equal(status, 401, path);
      assert.equal(json().code, 'SIGN_IN_NEEDED');
    }
    assert.equal((await client.post(consolePaths.disableLicense(id))).status, 401);
    assert.equal((await client.post(consolePaths.refreshFile(id))).status, 401);
  });

  it('says that nobody is signed in without calling it a fault', async () => {
    const { status, json } = await consoleClient(server).get(consolePaths.session);
    assert.equal(status, 200);
    assert.equal(json(), null);
  });

  it('takes the one-time password and then lets nothing happen but its change', async () => {
    const client = consoleClient(server);
    const { email, oneTimePassword } = access();
    assert.equal((await client.post(authPaths.signIn, { email, password: oneTimePassword })).status, 204);
    const calls = [
      client.get(consolePaths.overview),
      client.get(consolePaths.licenses),
      client.post(consolePaths.products, { code: 'x', name: 'X', features: [] }),
      client.post(consolePaths.refreshFile('0'.repeat(32))),
    ];
    for (const { status, json } of await Promise.all(calls)) {
      assert.equal(status, 403);
      assert.equal(json().code, 'PASSWORD_CHANGE_NEEDED');
    }
    const account = { email, name: 'Owner', role: 'owner', passwordChangeNeeded: true };
    assert.deepEqual((await client.get(consolePaths.session)).json(), account);
  });

  it('refuses a weak password, the same one, and a wrong current one', async () => {
    const client = consoleClient(server);
    const { email, oneTimePassword } = access();
    await client.post(authPaths.signIn, { email, password: oneTimePassword });
    const change = async (currentPassword: string, newPassword: string) =>
      (await client.post(authPaths.changePassword, { currentPassword, newPassword })).json().code;
    assert.equal(await change(oneTimePassword, 'short'), 'PASSWORD_WEAK');
    assert.equal(await change(oneTimePassword, oneTimePassword), 'PASSWORD_WEAK');
    assert.equal(await change('wrong', ownPassword), 'SIGN_IN_REFUSED');
    assert.equal((await client.get(consolePaths.overview)).status, 403);
  });

  it('opens after the change, ends other sessions, and forgets the one-time password', async () => {
    const { email, oneTimePassword } = access();
    const other = consoleClient(server);
    await other.post(authPaths.signIn, { email, password: oneTimePassword });
    const client = await signedInOwner(server);
    assert.deepEqual((await client.get(consolePaths.session)).json(), {
      email,
      name: 'Owner',
      role: 'owner',
      passwordChangeNeeded: false,
    });
    assert.equal((await other.get(consolePaths.session)).json(), null);
    const again = await other.post(authPaths.signIn, { email, password: oneTimePassword });
    assert.equal(again.json().code, 'SIGN_IN_REFUSED');
  });

  it('gives cookies that neither scripts nor other sites get', async () => {
    const { email } = access();
    const { headers } = await consoleClient(server).post(authPaths.signIn, { email, password: ownPassword });
    const [cookie = ''] = headers['set-cookie'] ?? [];
    assert.match(cookie, /HttpOnly/i);
    assert.match(cookie, /SameSite=Strict/i);
    assert.match(cookie, /Path=\//i);
    assert.doesNotMatch(cookie, /Domain=/i);
  });

  it('signs out so that the cookie is worth nothing', async () => {
    const client = consoleClient(server);
    await client.post(authPaths.signIn, { email: access().email, password: ownPassword });
    const { cookie } = client;
    assert.equal((await client.post(authPaths.signOut)).status, 204);
    const stolen = await client.call(consolePaths.session, { headers: { cookie } });
    assert.equal(stolen.json(), null);
  });

  it('serves none of the paths that its library would', async () => {
    const client = consoleClient(server);
    const body = { email: 'new@latchkey.localhost', password: ownPassword, name: 'New' };
    for (const path of ['/api/auth/sign-up/email', '/api/auth/sign-in/email', '/api/auth/get-session']) {
      assert.ok([401, 404].includes((await client.post(path, body)).status), path);
      assert.ok([401, 404].includes((await client.get(path)).status), path);
    }
  });
});

describe('changes in the console', () => {
  const others = () => [
    server.origins.app,
    server.origins.portal,
    `${server.origins.console}.evil.example`,
    server.origins.console.replace('http:', 'https:'),
    server.origins.console.replace(/:\d+$/, ''),
    `${server.origins.console}/`,
    server.origins.console.toUpperCase(),
    'null',
    '',
  ];

  it('are refused from every other origin, and without one', async () => {
    const client = consoleClient(server);
    await client.post(authPaths.signIn, { email: access().email, password: ownPassword });
    const json = { code: 'sneaked-in', name: 'X', features: [] };
    for (const origin of others()) {
      const headers = { origin };
      const answer = await client.call(consolePaths.products, { method: 'POST', json, headers });
      assert.equal(answer.status, 403, origin);
      assert.equal(answer.json().code, 'ORIGIN_REFUSED');
    }
    const { cookie } = client;
    const bare = await server.call('console', consolePaths.products, {
      method: 'POST',
      json,
      headers: { cookie },
    });
    assert.equal(bare.json().code, 'ORIGIN_REFUSED');
    assert.ok(!(await client.get(consolePaths.products)).body.includes('sneaked-in'));
  });

  it('are refused from elsewhere before a password is looked at', async () => {
    const json = { email: access().email, password: ownPassword };
    const headers = { origin: server.origins.app };
    const answer = await server.call('console', authPaths.signIn, { method: 'POST', json, headers });
    assert.equal(answer.json().code, 'ORIGIN_REFUSED');
    assert.equal(answer.headers['set-cookie'], undefined);
  });

  it('give other origins no leave to read', async () => {
    const headers = { origin: server.origins.app, 'sec-fetch-site': 'same-site' };
    const answer = await server.call('console', consolePaths.session, { headers });
    assert.equal(answer.json().code, 'ORIGIN_REFUSED');
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
  });

  it('are refused as anything but JSON', async () => {
    const client = consoleClient(server);
    await client.post(authPaths.signIn, { email: access().email, password: ownPassword });
    const product = JSON.stringify({ code: 'x', name: 'X', features: [] });
    const bodies = [
      { body: product, type: 'text/plain' },
      { body: product, type: 'application/jsonp' },
      { body: '{', type: 'application/json' },
      { body: Uint8Array.of(0x22, 0xff, 0x22), type: 'application/json' },
      { body: '', type: 'application/json' },
    ];
    for (const { body, type } of bodies) {
      const headers = { 'content-type': type };
      const answer = await client.call(consolePaths.products, { method: 'POST', body, headers });
      assert.equal(answer.status, 400);
      assert.equal(answer.json().code, 'BODY_MALFORMED');
    }
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify('x'.repeat(300_000));
    const tooLong = await client.call(consolePaths.products, { method: 'POST', body, headers });
    assert.equal(tooLong.status, 413);
  });
});

describe('sign-in', () => {
  it('is slowed down after a few wrong passwords, for that account from that address alone', async t => {
    const slow = await testServer(t, { rates: { account: { calls: 3, seconds: 10 } } });
    const { email, oneTimePassword } = slow.owner ?? access();
    const client = consoleClient(slow);
    const tries = await Promise.all(
      Array.from({ length: 6 }, () => client.post(authPaths.signIn, { email, password: 'wrong' })),
    );
    const codes = tries.map(answer => answer.json().code).sort();
    assert.deepEqual(codes, [...Array(3).fill('RATE_LIMITED'), ...Array(3).fill('SIGN_IN_REFUSED')]);
    const right = await client.post(authPaths.signIn, { email, password: oneTimePassword });
    assert.equal(right.status, 429);
    const waitSeconds = Number(right.headers['retry-after']);
    assert.ok(waitSeconds >= 1);
    const other = await client.post(authPaths.signIn, { email: 'a@latchkey.localhost', password: 'wrong' });
    assert.equal(other.json().code, 'SIGN_IN_REFUSED');
    await new Promise(resolve => setTimeout(resolve, waitSeconds * 1000 + 100));
    assert.equal((await client.post(authPaths.signIn, { email, password: oneTimePassword })).status, 204);
  });

  it('does not slow down who knows the password', async t => {
    const slow = await testServer(t, { rates: { account: { calls: 2, seconds: 60 } } });
    const { email, oneTimePassword: password } = slow.owner ?? access();
    for (let round = 0; round < 5; round += 1) {
      assert.equal((await consoleClient(slow).post(authPaths.signIn, { email, password })).status, 204);
    }
  });

  it('is slowed down for an address that tries many accounts', async t => {
    const slow = await testServer(t, { rates: { signIn: { calls: 2, seconds: 60 } } });
    const client = consoleClient(slow);
    const tryAs = (name: string) =>
      client.post(authPaths.signIn, { email: `${name}@latchkey.localhost`, password: 'wrong' });
    assert.equal((await tryAs('a')).status, 401);
    assert.equal((await tryAs('b')).status, 401);
    assert.equal((await tryAs('c')).status, 429);
  });

  it('refuses fields of the wrong shape by name', async () => {
    const client = consoleClient(server);
    const { data } = (await client.post(authPaths.signIn, { email: 'no address', password: 'x' })).json();
    assert.deepEqual(data, { field: 'email', rule: 'format' });
    const missing = (await client.post(authPaths.signIn, { email: 'a@b.example' })).json();
    assert.deepEqual(missing.data, { field: 'password', rule: 'required' });
  });
});
