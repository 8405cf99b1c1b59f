import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { before, describe, it } from 'node:test';
import { Hono } from 'hono';
import { pino } from 'pino';
import { publicPaths } from '../../../src/api/paths.ts';
import { encodeCbor } from '../../../src/bytes/cbor.ts';
import { toFile } from '../../../src/cose/file.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import { createThrottle } from '../../../src/server/accounts/throttle.ts';
import { createBatchRoute } from '../../../src/server/http/public/batch-route.ts';
import type { SiteEnv } from '../../../src/server/http/request/site-env.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import { type TestServer, testServer } from '../support/test-server.ts';

const cleanup = suiteCleanup();
let server: TestServer;

before(async () => {
  server = await testServer(cleanup);
});

/** A batch of one file that does not open. */
const batch = encodeContainer([toFile(encodeCbor([1, 2]).fill(0xd2, 0, 1))]);

describe('places for batches', () => {
  it('refuses by the stated length before the body comes', async () => {
    assert.match(await firstBytes(server, 2 ** 27), /^HTTP\/1.1 413 /);
  });

  it('keeps its places for batches that have come, however many trickle in', async t => {
    const own = await testServer(t);
    const heads = Array.from({ length: 8 }, () => trickle(own, 100_000));
    const long = Array.from({ length: 3 }, () => trickle(own, 1_000_000));
    await new Promise(resolve => setTimeout(resolve, 300));
    const answer = await own.call('portal', publicPaths.exchangeBatch, { method: 'POST', body: batch });
    for (const socket of [...heads, ...long]) socket.destroy();
    assert.equal(answer.status, 200);
  });

  it('takes in only so many long bodies of one address together', async t => {
    const own = await testServer(t);
    const long = Array.from({ length: 4 }, () => trickle(own, 1_000_000));
    await new Promise(resolve => setTimeout(resolve, 300));
    const answer = await firstBytes(own, 1_000_000);
    for (const socket of long) socket.destroy();
    assert.match(answer, /^HTTP\/1.1 503 /);
  });

  it('gives the places of answers to others that nobody reads', async () => {
    const app = new Hono<SiteEnv>();
    app.use((context, next) => {
      context.set('log', pino({ level: 'silent' }));
      return next();
    });
    const throttle = () => createThrottle({ calls: 1000, seconds: 60 });
    const { portal } = server;
    const measures = { batchFiles: throttle(), guesses: throttle() };
    app.post('/', createBatchRoute({ portal, ...measures, trustProxy: false, maxIdleMs: 500 }));
    app.onError((error, context) =>
      context.text(error instanceof LatchkeyError ? error.code : 'failed', 503),
    );
    const env = { incoming: { socket: { remoteAddress: '192.0.2.1' } } };
    const send = () => app.request('/', { method: 'POST', body: batch }, env);
    const unread = await Promise.all([send(), send(), send(), send()]);
    assert.deepEqual(
      unread.map(({ status }) => status),
      [200, 200, 200, 200],
    );
    assert.equal(await (await send()).text(), 'SERVER_BUSY');
    await new Promise(resolve => setTimeout(resolve, 800));
    assert.equal((await send()).status, 200);
    await assert.rejects(async () => unread[0]?.arrayBuffer(), /nobody has read on/);
  });
});

/** Begins a batch of so many bytes, of which none comes. */
function trickle({ port, origins }: TestServer, length: number): Socket {
  const { host } = new URL(origins.portal);
  const head = `POST ${publicPaths.exchangeBatch} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${length}\r\n\r\n`;
  return connect(port, '127.0.0.1', function begin(this: Socket) {
    this.write(head);
  });
}

/** The first bytes that answer a batch of which none comes. */
function firstBytes(server: TestServer, length: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = trickle(server, length);
    socket.once('data', data => {
      socket.destroy();
      resolve(data.toString());
    });
    socket.on('error', reject);
  });
}
