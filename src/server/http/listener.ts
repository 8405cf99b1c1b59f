import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { LatchkeyError } from '../../errors.ts';
import { openHeaders } from './open-headers.ts';
import type { Handler } from './sites.ts';

/** A bound port; until it is told who handles requests, it answers that it is busy. */
export interface Listener {
  port: number;
  handleWith(handler: Handler): void;
  /**
   * Stops taking requests and waits until those that run are answered, at most `graceMs`; connections that are
   * open then are cut. What a handler still does after that is waited for as well.
   */
  stop(graceMs: number): Promise<void>;
}

/**
 * Binds the port before anything else is opened, so that a second server on it ends without touching the data.
 *
 * @throws LatchkeyError SERVER_FAILED - when the port cannot be had.
 */
export async function listen(host: string, port: number): Promise<Listener> {
  const running = new Set<Promise<Response>>();
  let handler: Handler | null = null;
  const handle = (request: Request, bindings: HttpBindings): Promise<Response> => {
    if (!handler) return Promise.resolve(answerBusy());
    const answer = Promise.resolve(handler(request, bindings));
    running.add(answer);
    const forget = () => running.delete(answer);
    answer.then(forget, forget);
    return answer;
  };
  const server = createServer(getRequestListener((request, env) => handle(request, env as HttpBindings)));
  server.headersTimeout = 10_000;
  server.requestTimeout = 60_000;
  const silent = silentConnections(server);
  await bind(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    handleWith: use => {
      handler = use;
    },
    async stop(graceMs) {
      handler = null;
      await closeServer(server, silent, graceMs);
      await Promise.allSettled(running);
    },
  };
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', cause => {
      reject(new LatchkeyError('SERVER_FAILED', `cannot listen on ${host} port ${port}`, { cause }));
    });
    server.listen(port, host, resolve);
  });
}

/** Connections that have carried no request yet. Browsers open them ahead of need, and Node does not call them idle. */
function silentConnections(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  server.on('connection', socket => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return silent;
}

/** Connections are kept alive by browsers, so idle ones are cut again and again until the last one is. */
async function closeServer(server: Server, silent: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  for (const socket of silent) socket.destroy();
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

function answerBusy(): Response {
  const headers = { ...openHeaders, 'retry-after': '2', connection: 'close' };
  return Response.json({ code: 'SERVER_BUSY', text: 'the server starts or stops' }, { status: 503, headers });
}
