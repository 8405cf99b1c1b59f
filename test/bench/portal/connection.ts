import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/**
 * A connection that is kept alive and knows as much of HTTP as a measurement needs: the generator shares the cores
 * with the server, so each microsecond of its own is missing there.
 */
export class Connection {
  static async open(port: number): Promise<Connection> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    await once(socket, 'connect');
    return new Connection(socket);
  }

  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #resolve: (body: Buffer) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', chunk => this.#receive(chunk));
    socket.on('error', error => this.#reject(error));
    socket.on('close', () => this.#reject(new Error('the server closed the connection')));
  }

  /**
   * Sends a whole request and resolves with the body of the answer. One at a time.
   *
   * @throws Error - for another status than 200.
   */
  send(request: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#reject = () => undefined;
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const headEnd = this.#received.indexOf(HEAD_END);
    if (headEnd === -1) return;
    const head = this.#received.toString('latin1', 0, headEnd);
    const length = Number(/^content-length: *(\d+)$/im.exec(head)?.[1]);
    const start = headEnd + HEAD_END.length;
    if (!(this.#received.length >= start + length)) return;
    const body = this.#received.subarray(start, start + length);
    this.#received = Buffer.alloc(0);
    if (head.startsWith('HTTP/1.1 200 ')) this.#resolve(body);
    else this.#reject(new Error(`the server answered ${head}\n\n${body}`));
  }
}
