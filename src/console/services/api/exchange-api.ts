import { type Exchange, type ExchangePage, exchangePageSchema } from '../../../api/exchanges.ts';
import { consolePaths } from '../../../api/paths.ts';
import type { ConsoleCalls } from './console-calls.ts';

/** Files that came and went. */
export class ExchangeApi {
  readonly #calls: ConsoleCalls;

  constructor(calls: ConsoleCalls) {
    this.#calls = calls;
  }

  list(query: URLSearchParams): Promise<ExchangePage> {
    return this.#calls.get(consolePaths.exchanges, exchangePageSchema, query);
  }

  /** The bytes of a device file, as they came. */
  received({ deviceId, id, license }: Exchange): Promise<Uint8Array<ArrayBuffer>> {
    return this.#bytes(consolePaths.receivedFile(deviceId, id, license.id));
  }

  /** The bytes of what it was answered with. */
  answer({ deviceId, id, license }: Exchange): Promise<Uint8Array<ArrayBuffer>> {
    return this.#bytes(consolePaths.answerFile(deviceId, id, license.id));
  }

  async #bytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const response = await this.#calls.send({ method: 'GET', path });
    return new Uint8Array(await response.arrayBuffer());
  }
}
