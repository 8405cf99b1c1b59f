import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What happens on the line: all goes through; nothing is there; nothing ever answers; something else answers; or it
 * breaks at a moment of the next exchange: while the file is sent, when the portal has decided, while its answer comes.
 */
export type Weather =
  | 'open'
  | 'refused'
  | 'black hole'
  | { readonly answers: string }
  | 'breaks while sending'
  | 'breaks once decided'
  | 'breaks while answering';

/** The line between browsers and a portal, which a test can cut: a TCP proxy with a port of its own. */
export class Line {
  /** Takes a free port. */
  static async lay(): Promise<Line> {
    const line = new Line();
    await line.#listen();
    return line;
  }

  port = 0;
  /** How many exchanges broke off as the weather said. */
  broken = 0;
  #target = 0;
  #weather: Weather = 'open';
  #server: Server | null = null;
  readonly #sockets = new Set<Socket>();

  /** An origin whose address leads through this line. */
  origin(name: string, protocol = 'http'): string {
    return `${protocol}://${name}.latchkey.localhost:${this.port}`;
  }

  /** Leads to a server's port from now on. */
  leadTo(port: number): void {
    this.#target = port;
  }

  /** Changes the weather; what is on the line ends. */
  async change(weather: Weather): Promise<void> {
    this.#weather = weather;
    this.#server?.close();
    this.#server = null;
    for (const socket of this.#sockets) socket.destroy();
    if (weather !== 'refused') await this.#listen();
  }

  async close(): Promise<void> {
    await this.change('refused');
  }

  async #listen(): Promise<void> {
    const server = createServer(socket => this.#carry(socket));
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address && typeof address === 'object') this.port = address.port;
    this.#server = server;
  }

  #carry(client: Socket): void {
    this.#keep(client);
    const weather = this.#weather;
    if (weather === 'black hole') return;
    if (typeof weather === 'object') {
      client.once('data', () => client.end(weather.answers));
      return;
    }
    const server = this.#keep(connect(this.#target, '127.0.0.1'));
    const exchange = new Message('POST /api/v1/exchange ');
    const answer = new Message('HTTP/1.1 ');
    client.on('data', data => {
      const half = exchange.take(data);
      if (weather !== 'breaks while sending' || half === null) server.write(data);
      else this.#break(client, server, () => server.write(data.subarray(0, half)));
    });
    server.on('data', data => {
      const half = exchange.isBegun ? answer.take(data) : null;
      if (weather === 'breaks once decided' && exchange.isBegun) this.#break(client, server);
      else if (weather !== 'breaks while answering' || half === null) client.write(data);
      else this.#break(client, server, () => client.write(data.subarray(0, half)));
    });
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  }

  /** What was written before is delivered before the connection ends. */
  #break(client: Socket, server: Socket, last = () => true): void {
    this.broken += 1;
    last();
    client.destroySoon();
    server.destroySoon();
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    return socket;
  }
}

/** A message in one direction of a connection; what comes before it, such as a preflight, is not looked at. */
class Message {
  isBegun = false;
  readonly #start: string;
  #seen = Buffer.alloc(0);

  /** @param start - With what its head begins. */
  constructor(start: string) {
    this.#start = start;
  }

  /** How many of these bytes come before the middle of the body; null while that is still to come. */
  take(data: Buffer): number | null {
    const before = this.#seen.length;
    this.#seen = Buffer.concat([this.#seen, data]);
    const head = this.#seen.indexOf(this.#start);
    this.isBegun = head >= 0;
    const body = this.#seen.indexOf('\r\n\r\n', head) + 4;
    if (!this.isBegun || body < 4) return null;
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#seen.toString('latin1', head, body))?.[1];
    const middle = body + Math.floor(Number(length) / 2);
    return this.#seen.length >= middle ? Math.max(0, middle - before) : null;
  }
}

/** A whole HTTP answer of something that stands in the portal's place. */
export function pageOf(status: string, headers: string[] = []): { answers: string } {
  const body = '<!doctype html><title>Sign in to the network</title>';
  const all = ['content-type: text/html', `content-length: ${body.length}`, 'connection: close', ...headers];
  return { answers: `HTTP/1.1 ${status}\r\n${all.join('\r\n')}\r\n\r\n${body}` };
}

/** Headers with which a page of another origin is let at an answer. */
export const openToAll = ['access-control-allow-origin: *', 'access-control-allow-headers: content-type'];
