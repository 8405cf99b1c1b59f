import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { authPaths, consolePaths, publicPaths } from '../../src/api/paths.ts';
import type { Profile } from '../../src/api/profile.ts';
import { fromBase64url } from '../../src/bytes/base64url.ts';
import { webCrypto } from '../../src/crypto/web.ts';
import { decodeContainer } from '../../src/format/container.ts';
import { parseLicenseKey } from '../../src/license/license-key.ts';
import { listPolicies } from '../../src/server/db/console/policy-queries.ts';
import { createTrust, type Trust } from '../../src/verify/trust.ts';
import { dataFolder } from './support/data-folder.ts';
import {
  keysIn,
  originsIn,
  passwordIn,
  run,
  type ServerProcess,
  scripts,
  serverProcess,
  waitFor,
} from './support/server-process.ts';
import { databaseEnv, dump } from './support/test-database.ts';
import { TestDevice } from './support/test-device.ts';
import {
  builtApps,
  type CallSite,
  callTo,
  consoleClient,
  signedInOwner,
  testServer,
} from './support/test-server.ts';

const { main, latchkey } = scripts;

/** A server of its own, on the data of a folder. */
async function server(test: TestContext, folder: string): Promise<ServerProcess> {
  return serverProcess(test, { folder, env: await databaseEnv(test, folder) });
}

const exchange = (call: CallSite, body: Uint8Array) =>
  call('portal', publicPaths.exchange, { method: 'POST', body });

/** What a device learns from the profile of its app. */
async function trustOf(call: CallSite): Promise<Trust> {
  const profile = (await call('sample', publicPaths.profile)).json<Profile>();
  const { rootVersion } = profile;
  const pin = { domainId: fromBase64url(profile.domainId), root: fromBase64url(profile.root), rootVersion };
  return createTrust(pin, decodeContainer(fromBase64url(profile.trust)), webCrypto());
}

describe('a first start', () => {
  it('makes the demo with two policies, and five licenses that can be tried at once', async t => {
    const { demoLicenses, hasDemo, portal, call } = await testServer(t);
    assert.equal(hasDemo, true);
    assert.equal(demoLicenses.length, 5);
    for (const { key } of demoLicenses) {
      const device = await TestDevice.create(portal);
      const body = await device.request(parseLicenseKey(key));
      const answer = await exchange(call, body);
      assert.equal((await device.load(new Uint8Array(answer.body))).kind, 'license');
    }
    const policies = await listPolicies(portal.database.db, { product: 'press-studio' });
    assert.deepEqual(
      policies.map(({ name }) => name),
      ['Trial of 30 days', 'Yearly subscription'],
    );
  });

  it('leaves the demo out with --empty, and keeps to that later', async t => {
    const folder = dataFolder(t);
    const first = await testServer(t, { dataFolder: folder, empty: true });
    assert.deepEqual([first.demoLicenses, first.hasDemo], [[], false]);
    assert.equal((await first.call('sample', '/')).status, 421);
    assert.ok(first.owner);
    const client = await signedInOwner(first);
    assert.deepEqual((await client.get(consolePaths.products)).json(), { items: [] });
    await first.stop();
    const second = await testServer(t, { dataFolder: folder });
    assert.equal(second.hasDemo, false);
  });

  it('keeps keys, demo, owner and sessions for the next start', async t => {
    const folder = dataFolder(t);
    const first = await testServer(t, { dataFolder: folder });
    const client = await signedInOwner(first);
    await first.stop();
    const second = await testServer(t, { dataFolder: folder, port: first.port });
    assert.equal(second.owner, null);
    assert.deepEqual(second.demoLicenses, first.demoLicenses);
    assert.deepEqual(second.portal.keyRing.pin, first.portal.keyRing.pin);
    const again = consoleClient(second);
    again.cookie = client.cookie;
    assert.equal((await again.get(consolePaths.overview)).status, 200);
  });

  it('lets nobody but its own account read the data folder', async t => {
    const folder = join(dataFolder(t), 'data');
    const started = await server(t, folder);
    await started.ready();
    assert.equal(statSync(folder).mode & 0o077, 0);
    for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name);
  });

  it('writes no key, password or cookie to the data folder in the clear, nor to the log', async t => {
    const folder = dataFolder(t);
    const started = await server(t, folder);
    await started.ready();
    const { port, origins } = originsIn(started.output());
    const password = passwordIn(started.output()) ?? '';
    const call = callTo({ port, origins });
    const client = consoleClient({ call, origins });
    await client.post(authPaths.signIn, { email: 'owner@latchkey.localhost', password });
    const [key = ''] = keysIn(started.output());
    await client.get(`${consolePaths.licenses}?q=${key}`);
    started.child.kill('SIGTERM');
    await started.ended;
    const secrets = [key, key.replaceAll('-', ''), password, client.cookie.split('=')[1] ?? ''];
    const { DATABASE_URL: address } = await databaseEnv(t, folder);
    const files = readdirSync(folder).map(name => readFileSync(join(folder, name)).toString('latin1'));
    if (address) files.push(dump(address));
    for (const secret of secrets) {
      assert.ok(secret.length > 10);
      assert.ok(!started.log().includes(secret), 'in the log');
      for (const content of files) assert.ok(!content.includes(secret), 'in the data');
    }
  });

  it('ends with all or none of the demo and with a known password, whenever it was killed', async t => {
    for (const delayMs of [0, 5, 15, 30, 50, 80, 120]) {
      const folder = join(dataFolder(t), 'data');
      const killed = await server(t, folder);
      await waitFor(() => existsSync(folder), 1);
      await new Promise(resolve => setTimeout(resolve, delayMs));
      killed.child.kill('SIGKILL');
      await killed.ended;
      const next = await testServer(t, { dataFolder: folder });
      assert.equal(next.demoLicenses.length, 5, `killed after ${delayMs} ms`);
      const password = next.owner?.oneTimePassword ?? passwordIn(killed.output()) ?? '';
      const email = 'owner@latchkey.localhost';
      const signedIn = await consoleClient(next).post(authPaths.signIn, { email, password });
      assert.equal(signedIn.status, 204, `killed after ${delayMs} ms`);
      await next.stop();
    }
  });
});

describe('npm start', () => {
  it('prints addresses, keys and the one-time password, the password only the first time', async t => {
    const folder = dataFolder(t);
    const first = await server(t, folder);
    await first.ready();
    const { origins } = originsIn(first.output());
    for (const origin of Object.values(origins))
      assert.match(origin, /^http:\/\/\w+\.latchkey\.localhost:\d+$/);
    assert.equal(keysIn(first.output()).length, 5);
    assert.ok(passwordIn(first.output()));
    first.child.kill('SIGTERM');
    assert.equal(await first.ended, 0);
    const second = await server(t, folder);
    await second.ready();
    assert.deepEqual(keysIn(second.output()), keysIn(first.output()));
    assert.equal(passwordIn(second.output()), undefined);
  });

  it('ends with a plain sentence when the port is taken, before it touches the data', async t => {
    const first = await testServer(t);
    const folder = join(dataFolder(t), 'data');
    const dist = builtApps(dataFolder(t));
    const second = run(t, main, ['--port', String(first.port), '--data', folder, '--dist', dist]);
    assert.equal(await second.ended, 1);
    assert.match(second.log(), /cannot listen on 127\.0\.0\.1 port \d+ .*EADDRINUSE/);
    assert.doesNotMatch(second.log(), /\n\s+at /);
    assert.throws(() => statSync(folder));
  });

  it('ends with a plain sentence on options that do not do', async t => {
    for (const args of [['--port', 'x'], ['--log-level', 'loud'], ['--nonsense'], ['stray']]) {
      const ended = run(t, main, args);
      assert.equal(await ended.ended, 1, args.join(' '));
      assert.match(ended.log(), /^latchkey: /);
      assert.doesNotMatch(ended.log(), /\n\s+at /);
    }
  });

  it('explains its options', async t => {
    const help = run(t, main, ['--help']);
    assert.equal(await help.ended, 0);
    for (const option of ['--port', '--host', '--data', '--empty', 'DATABASE_URL'])
      assert.ok(help.output().includes(option));
  });
});

describe('a stop by signal', () => {
  it('loses no decision that was answered, and answers those that run', async t => {
    const folder = dataFolder(t);
    const started = await server(t, folder);
    await started.ready();
    const { port, origins } = originsIn(started.output());
    const call = callTo({ port, origins });
    const [key = ''] = keysIn(started.output());
    const trust = await trustOf(call);
    const devices = await Promise.all(
      Array.from({ length: 40 }, () => TestDevice.create({ keyRing: { trust } })),
    );
    const trips = await Promise.all(
      devices.map(async device => ({ device, body: await device.request(parseLicenseKey(key)) })),
    );
    const calls = trips.map(async trip => ({
      ...trip,
      answer: await exchange(call, trip.body).catch(() => null),
    }));
    await Promise.race(calls);
    started.child.kill('SIGTERM');
    const outcomes = await Promise.all(calls);
    assert.equal(await started.ended, 0);

    const next = await testServer(t, { dataFolder: folder, port });
    let answered = 0;
    for (const { device, body, answer } of outcomes) {
      if (answer?.status !== 200) continue;
      answered += 1;
      const again = await exchange(next.call, body);
      const { kind } = await device.load(new Uint8Array(answer.body));
      // A refusal for want of a seat is decided anew, a license never is.
      if (kind === 'license') assert.deepEqual(again.body, answer.body);
      else assert.equal((await device.load(new Uint8Array(again.body))).kind, 'refusal');
    }
    assert.ok(answered > 0);
  });

  it('does not wait for a connection that a browser opened ahead of need', async t => {
    const started = await server(t, dataFolder(t));
    await started.ready();
    const ahead = connect(originsIn(started.output()).port, '127.0.0.1');
    await once(ahead, 'connect');
    // Cut by a reset or by an end: either way it is closed.
    ahead.on('error', () => undefined);
    const closed = new Promise(resolve => ahead.once('close', resolve));
    const toldAt = performance.now();
    started.child.kill('SIGTERM');
    assert.equal(await started.ended, 0);
    await closed;
    assert(performance.now() - toldAt < 9000, 'less than the time that requests are given to end');
  });
});

describe('npm run latchkey', () => {
  it('gives the owner a new one-time password beside a running server', async t => {
    const running = await testServer(t);
    const client = await signedInOwner(running);
    const reset = run(t, latchkey, ['owner-reset', '--data', running.folder], running.env);
    assert.equal(await reset.ended, 0);
    assert.equal((await client.get(consolePaths.overview)).status, 401);
    const password = passwordIn(reset.output());
    const email = running.owner?.email;
    assert.equal((await client.post(authPaths.signIn, { email, password })).status, 204);
    assert.equal((await client.get(consolePaths.overview)).json().code, 'PASSWORD_CHANGE_NEEDED');
  });

  it('makes nothing where no server was, and says so', async t => {
    const folder = dataFolder(t);
    const env = await databaseEnv(t, folder);
    const reset = run(t, latchkey, ['owner-reset', '--data', folder], env);
    assert.equal(await reset.ended, 1);
    assert.match(reset.log(), /^latchkey: no accounts in /);
    assert.deepEqual(readdirSync(folder), []);
    if (env.DATABASE_URL) assert.doesNotMatch(dump(env.DATABASE_URL), /create/i);
  });

  it('looks through the audit log beside a running server, and finds what was changed there', async t => {
    const running = await testServer(t);
    const verify = async (...more: string[]) => {
      const command = run(t, latchkey, ['audit-verify', '--data', running.folder, ...more], running.env);
      return { code: await command.ended, output: command.output(), log: command.log() };
    };
    const sound = await verify();
    assert.equal(sound.code, 0);
    const [link = ''] = sound.output.match(/\d+:[0-9a-f]{64}/) ?? [];
    assert.equal((await verify('--noted', link)).code, 0);
    const other = await verify(
      '--noted',
      link.replace(/.$/, last => (last === '0' ? '1' : '0')),
    );
    assert.equal(other.code, 1);
    assert.match(other.log, /^latchkey: the audit log is not as it was written from entry \d+ on\n$/);
    assert.match((await verify('--noted', 'yesterday')).log, /expected NUMBER:HASH/);
  });

  it('has no audit log to look through where no server was', async t => {
    const folder = dataFolder(t);
    const env = await databaseEnv(t, folder);
    const verify = run(t, latchkey, ['audit-verify', '--data', folder], env);
    assert.equal(await verify.ended, 1);
    assert.match(verify.log(), /^latchkey: no records in /);
    assert.deepEqual(readdirSync(folder), []);
    if (env.DATABASE_URL) assert.doesNotMatch(dump(env.DATABASE_URL), /create/i);
  });

  it('explains itself when it is not understood', async t => {
    const unknown = run(t, latchkey, ['dance']);
    assert.equal(await unknown.ended, 1);
    assert.match(unknown.log(), /owner-reset/);
  });
});
