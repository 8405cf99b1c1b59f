import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { before, describe, it } from 'node:test';
import { publicPaths } from '../../../src/api/paths.ts';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { toArmor } from '../../../src/bytes/carrier.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { createLicenseKey, parseLicenseKey } from '../../../src/license/license-key.ts';
import { listen } from '../../../src/server/http/listener.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import { TestDevice } from '../support/test-device.ts';
import { type Answer, type TestServer, testServer } from '../support/test-server.ts';

const cleanup = suiteCleanup();
let server: TestServer;

before(async () => {
  server = await testServer(cleanup);
});

const keyAt = (index: number) => parseLicenseKey(server.demoLicenses[index]?.key ?? '');

const exchange = (body: Uint8Array | string, headers = {}): Promise<Answer> =>
  server.call('portal', publicPaths.exchange, { method: 'POST', body, headers });

const bytes = (answer: Answer): Bytes => new Uint8Array(answer.body);

describe('POST /api/v1/exchange', () => {
  it('turns a request into a license that the device verifies, and again into the same bytes', async () => {
    const device = await TestDevice.create(server.portal);
    const file = await device.request(keyAt(0));
    const answer = await exchange(file);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'application/octet-stream');
    assert.equal((await device.load(bytes(answer))).kind, 'license');
    assert.deepEqual((await exchange(file)).body, answer.body);
    assert.deepEqual((await exchange(toArmor(file))).body, answer.body);
  });

  it('says to other origins too that the server starts, and when to come again', async t => {
    const listener = await listen('127.0.0.1', 0);
    t.after(() => listener.stop(1000));
    const answer = await fetch(`http://127.0.0.1:${listener.port}${publicPaths.exchange}`, {
      method: 'POST',
    });
    assert.equal(answer.status, 503);
    assert.equal(((await answer.json()) as { code: string }).code, 'SERVER_BUSY');
    assert.equal(answer.headers.get('retry-after'), '2');
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.equal(answer.headers.get('access-control-expose-headers'), 'retry-after');
  });

  it('answers on the device host as on the portal', async () => {
    const device = await TestDevice.create(server.portal);
    const body = await device.request(keyAt(1));
    const answer = await server.call('app', publicPaths.exchange, { method: 'POST', body });
    assert.equal((await device.load(bytes(answer))).kind, 'license');
  });

  it('answers what is no file with a signed refusal', async () => {
    const device = await TestDevice.create(server.portal);
    for (const body of ['', 'hello', new Uint8Array(100), Uint8Array.of(0xd9, 0xd9, 0xf7)]) {
      const answer = await exchange(body);
      assert.equal(answer.status, 200);
      assert.equal((await device.load(bytes(answer))).kind, 'refusal');
    }
  });

  it('lets every origin in, without credentials', async () => {
    const origin = 'https://vendor.example';
    const asked = await server.call('portal', publicPaths.exchange, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    assert.equal(asked.status, 204);
    assert.equal(asked.headers['access-control-allow-origin'], '*');
    assert.match(String(asked.headers['access-control-allow-headers']), /content-type/i);
    for (const { headers } of [asked, await exchange('x', { origin })]) {
      assert.equal(headers['access-control-allow-origin'], '*');
      assert.equal(headers['access-control-expose-headers'], 'retry-after');
      assert.equal(headers['access-control-allow-credentials'], undefined);
    }
  });

  it('states the length of an answer, its type, and that nobody may keep it', async () => {
    const { headers, body } = await exchange('x');
    assert.equal(headers['content-length'], String(body.length));
    assert.equal(headers['content-type'], 'application/octet-stream');
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
  });

  it('sets no cookie and reads none', async () => {
    const { headers, status } = await exchange('x', { cookie: 'latchkey.session_token=whatever' });
    assert.equal(status, 200);
    assert.equal(headers['set-cookie'], undefined);
  });

  it('takes 64 KiB and refuses a byte more, readable for other origins', async () => {
    assert.equal((await exchange(new Uint8Array(65_536))).status, 200);
    const { status, headers, json } = await exchange(new Uint8Array(65_537));
    assert.equal(status, 413);
    assert.equal(json().code, 'FILE_TOO_LARGE');
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['x-content-type-options'], 'nosniff');
  });

  it('refuses an endless body of unstated length long before its end', async () => {
    const { answer, sentBytes } = await sendEndlessBody(server);
    assert.match(answer, /^HTTP\/1.1 413 /);
    assert.match(answer, /FILE_TOO_LARGE/);
    assert.ok(sentBytes < 20 * 1024 * 1024, `${sentBytes} bytes were taken`);
  });

  it('refuses by the stated length before the body comes', async () => {
    const { host } = new URL(server.origins.portal);
    const head = `POST ${publicPaths.exchange} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 10485760\r\n\r\n`;
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write(head));
      socket.once('data', data => {
        socket.destroy();
        resolve(data.toString());
      });
      socket.on('error', reject);
    });
    assert.match(answer, /^HTTP\/1.1 413 /);
  });

  it('does not know other methods', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      assert.equal((await server.call('portal', publicPaths.exchange, { method })).status, 404, method);
    }
  });

  it('slows one address down, says for how long, and never counts a preflight', async t => {
    const slow = await testServer(t, { rates: { exchange: { calls: 3, seconds: 2 } } });
    const post = () => slow.call('portal', publicPaths.exchange, { method: 'POST', body: 'x' });
    for (let call = 0; call < 3; call += 1) {
      await slow.call('portal', publicPaths.exchange, {
        method: 'OPTIONS',
        headers: { origin: 'https://a.test' },
      });
      assert.equal((await post()).status, 200);
    }
    const refused = await post();
    assert.equal(refused.status, 429);
    assert.equal(refused.json().code, 'RATE_LIMITED');
    assert.ok(['1', '2'].includes(String(refused.headers['retry-after'])));
    assert.equal(refused.headers['access-control-allow-origin'], '*');
    await new Promise(resolve => setTimeout(resolve, 2100));
    assert.equal((await post()).status, 200);
  });

  it('slows down who guesses credentials, for every file, and nobody at another address', async t => {
    const rates = { guesses: { calls: 2, seconds: 60 } };
    const slow = await testServer(t, { rates, trustProxy: true });
    const device = await TestDevice.create(slow.portal);
    const post = async (body: Uint8Array, from: string) => {
      const headers = { 'x-forwarded-for': from };
      return (await slow.call('portal', publicPaths.exchange, { method: 'POST', body, headers })).status;
    };
    const guess = () => device.request(createLicenseKey(new Uint8Array(13).fill(7)));
    assert.equal(await post(await guess(), '192.0.2.1'), 200);
    assert.equal(await post(await device.request(undefined), '192.0.2.1'), 200);
    assert.equal(await post(await guess(), '192.0.2.1'), 200);
    assert.equal(await post(await device.request(undefined), '192.0.2.1'), 429);
    assert.equal(await post(await guess(), '192.0.2.2'), 200);
  });

  it('counts what a proxy forwards by the address the proxy saw, and only when it is trusted', async t => {
    const rates = { exchange: { calls: 1, seconds: 60 } };
    const post = (to: TestServer, address: string) =>
      to.call('portal', publicPaths.exchange, {
        method: 'POST',
        body: 'x',
        headers: { 'x-forwarded-for': `1.2.3.4, ${address}` },
      });
    const trusting = await testServer(t, { rates, trustProxy: true });
    assert.equal((await post(trusting, '192.0.2.1')).status, 200);
    assert.equal((await post(trusting, '192.0.2.1')).status, 429);
    assert.equal((await post(trusting, '192.0.2.2')).status, 200);
    const plain = await testServer(t, { rates });
    assert.equal((await post(plain, '192.0.2.1')).status, 200);
    assert.equal((await post(plain, '192.0.2.2')).status, 429);
  });

  it('gives exactly as many licenses as there are seats to many at once', async () => {
    const devices = await Promise.all(Array.from({ length: 20 }, () => TestDevice.create(server.portal)));
    const files = await Promise.all(devices.map(device => device.request(keyAt(2))));
    const answers = await Promise.all(files.map(file => exchange(file)));
    const kinds = await Promise.all(
      devices.map(async (device, index) => (await device.load(bytes(answers[index] ?? never()))).kind),
    );
    assert.equal(kinds.filter(kind => kind === 'license').length, 3);
    assert.equal(kinds.filter(kind => kind === 'refusal').length, 17);
  });
});

describe('GET /api/v1/trust', () => {
  it('gives the trust files to every origin', async () => {
    const { status, headers, body } = await server.call('portal', publicPaths.trust);
    assert.equal(status, 200);
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.deepEqual(new Uint8Array(body), server.portal.trustContainer());
  });
});

function never(): never {
  throw new LatchkeyError('SERVER_FAILED', 'expected an answer for each file');
}

/** Writes chunks until the server has answered and closed, or has taken 100 MB. */
function sendEndlessBody({ port, origins }: TestServer): Promise<{ answer: string; sentBytes: number }> {
  const chunk = Buffer.alloc(65_536);
  return new Promise(resolve => {
    let answer = '';
    let sentBytes = 0;
    const socket = connect(port, '127.0.0.1', () => {
      const { host } = new URL(origins.portal);
      socket.write(
        `POST ${publicPaths.exchange} HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n`,
      );
      write();
    });
    const write = () => {
      if (socket.destroyed || sentBytes > 100_000_000) return socket.destroy();
      sentBytes += chunk.length;
      socket.write('10000\r\n');
      socket.write(chunk);
      return socket.write('\r\n', () => setImmediate(write));
    };
    socket.on('data', data => {
      answer += data;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve({ answer, sentBytes }));
  });
}
