import type { Bytes } from '../bytes/bytes.ts';
import type { Crypto, Ed25519Engine } from '../crypto/crypto.ts';
import { type ErrorCode, LatchkeyError } from '../errors.ts';
import { decodeContainer } from '../format/container.ts';
import { type Decision, readAnswer } from '../verify/decision.ts';
import { createTrust, type Trust } from '../verify/trust.ts';
import { decodeProfile, fetchProfile } from './profile.ts';

/** Whom devices of this vendor believe. */
export type LoadTrust = (crypto: Crypto) => Promise<Trust>;

export interface AnswerReaderOptions {
  crypto: Crypto;
  loadTrust: LoadTrust;
  /** What it is called when nobody says whom to believe. */
  unreachable: ErrorCode;
}

/** Answers of so long are verified together: too short to be noticed, and a stick's worth comes within few of it. */
const momentMs = 50;

/** Verifies answers as they come, those of a moment as one list: nobody must carry away what no device takes. */
export class AnswerReader {
  readonly #options: AnswerReaderOptions;
  #trust: Promise<Trust> | null = null;
  /** When the present moment is over. */
  #moment: Promise<void> | null = null;

  constructor(options: AnswerReaderOptions) {
    this.#options = options;
  }

  /** Who verified last; null before the first answer. */
  get engine(): Ed25519Engine | null {
    return this.#options.crypto.engine;
  }

  /**
   * What an answer decides.
   *
   * @throws {@link LatchkeyError} PORTAL_ANSWER_REFUSED - as `readAnswer` does, also under the keys of now.
   * @throws {@link LatchkeyError} the code that stands for it - when nobody says whom to believe.
   */
  async read(answer: Bytes): Promise<Decision> {
    const known = this.#known();
    await Promise.all([known, this.#momentOver()]);
    try {
      return await this.#readWith(await known, answer);
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      // The vendor may have changed keys since this page was opened.
      if (this.#trust === known) this.#trust = null;
      return this.#readWith(await this.#known(), answer);
    }
  }

  #readWith(trust: Trust, answer: Bytes): Promise<Decision> {
    return readAnswer(answer, { trust, crypto: this.#options.crypto });
  }

  #known(): Promise<Trust> {
    this.#trust ??= this.#load();
    return this.#trust;
  }

  async #load(): Promise<Trust> {
    const { crypto, loadTrust, unreachable } = this.#options;
    try {
      return await loadTrust(crypto);
    } catch (cause) {
      this.#trust = null;
      throw new LatchkeyError(unreachable, 'nobody says whom to believe', { cause });
    }
  }

  #momentOver(): Promise<void> {
    this.#moment ??= new Promise(resolve => {
      setTimeout(() => {
        this.#moment = null;
        resolve();
      }, momentMs);
    });
    return this.#moment;
  }
}

/** The trust that the profile at an address of the page's own origin names, verified from its root. */
export function trustAt(profileAddress: string): LoadTrust {
  return async crypto => {
    const { domainId, root, rootVersion, trust } = decodeProfile(await fetchProfile(profileAddress));
    return createTrust({ domainId, root, rootVersion }, decodeContainer(trust), crypto);
  };
}
