import type { Bytes } from '../../bytes/bytes.ts';
import type { Crypto } from '../../crypto/crypto.ts';
import type { LoadTrust } from '../../platform/answer-reader.ts';
import { completable, type Upload } from '../round/upload.ts';
import { digitsOf, keysFromCsv } from './keys-from-csv.ts';
import { type NameFor, readTyped, type Typed } from './named-for.ts';

/** What a list named. */
export interface NamedByList {
  /** Credentials by the id of their upload. */
  credentials: ReadonlyMap<number, Bytes>;
  /** Rows that could not be read, numbered as a spreadsheet does. */
  unread: readonly number[];
}

/** Makes what is named at the portal fit for travel. Keeps nothing of what was typed. */
export class Naming {
  readonly #crypto: Crypto;
  readonly #loadTrust: LoadTrust;

  constructor(crypto: Crypto, loadTrust: LoadTrust) {
    this.#crypto = crypto;
    this.#loadTrust = loadTrust;
  }

  /**
   * Credentials by the id of the upload, from one key or user for all of them.
   *
   * @throws LatchkeyError LICENSE_KEY_MISTYPED, LICENSE_KEY_INCOMPLETE, CREDENTIALS_INCOMPLETE, PROFILE_MISSING and others
   */
  async byHand(typed: Typed, uploads: readonly Upload[]): Promise<ReadonlyMap<number, Bytes>> {
    const nameFor = await this.#read(typed);
    const named = new Map<number, Bytes>();
    for (const upload of uploads) {
      const request = completable(upload);
      if (request) named.set(upload.id, nameFor(request));
    }
    return named;
  }

  /** Credentials from a list that names each device by its number. @throws LatchkeyError as {@link byHand} */
  async byList(text: string, uploads: readonly Upload[]): Promise<NamedByList> {
    const { byNumber, unread } = keysFromCsv(text);
    const hashed = new Map<string, NameFor>();
    const credentials = new Map<number, Bytes>();
    for (const upload of uploads) {
      const request = completable(upload);
      const typed = request && byNumber.get(digitsOf(request.deviceNumber));
      if (!typed) continue;
      // The same password for many devices is hashed once.
      const content = JSON.stringify(typed);
      const nameFor = hashed.get(content) ?? (await this.#read(typed));
      hashed.set(content, nameFor);
      credentials.set(upload.id, nameFor(request));
    }
    return { credentials, unread };
  }

  async #read(typed: Typed): Promise<NameFor> {
    const { domainId } = await this.#loadTrust(this.#crypto);
    return readTyped(typed, { domainId, crypto: this.#crypto });
  }
}
