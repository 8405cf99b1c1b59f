import { publicPaths } from '../api/paths.ts';
import type { Bytes } from '../bytes/bytes.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { LatchkeyError } from '../errors.ts';
import { decodeContainer } from '../format/container.ts';
import { decodeProfile, fetchProfile } from '../platform/profile.ts';
import { createTrust, type Trust } from '../verify/trust.ts';
import { type Decision, readAnswer } from './answer.ts';

/** Whom devices of this vendor believe. */
export type LoadTrust = (crypto: Crypto) => Promise<Trust>;

/** Answers of so long are verified together: too short to be noticed, and a stick's worth comes within few of it. */
const momentMs = 50;

/** Verifies answers as they come, those of a moment as one list: a courier must not carry away what no device takes. */
export class AnswerReader {
  readonly #crypto: Crypto;
  readonly #loadTrust: LoadTrust;
  #trust: Promise<Trust> | null = null;
  /** When the present moment is over. */
  #moment: Promise<void> | null = null;

  constructor(crypto: Crypto, loadTrust: LoadTrust) {
    this.#crypto = crypto;
    this.#loadTrust = loadTrust;
  }

  /**
   * What an answer decides.
   *
   * @throws {@link LatchkeyError} PORTAL_ANSWER_REFUSED - as `readAnswer` does, also under the keys of now.
   * @throws {@link LatchkeyError} PORTAL_UNREACHABLE - when the portal does not say whom to believe.
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
    return readAnswer(answer, { trust, crypto: this.#crypto });
  }

  #known(): Promise<Trust> {
    this.#trust ??= this.#load();
    return this.#trust;
  }

  async #load(): Promise<Trust> {
    try {
      return await this.#loadTrust(this.#crypto);
    } catch (cause) {
      this.#trust = null;
      throw new LatchkeyError('PORTAL_UNREACHABLE', 'the portal does not say whom to believe', { cause });
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

/** The trust that the portal's own origin names, verified from its root. */
export async function trustOfPortal(crypto: Crypto): Promise<Trust> {
  const { domainId, root, rootVersion, trust } = decodeProfile(await fetchProfile(publicPaths.profile));
  return createTrust({ domainId, root, rootVersion }, decodeContainer(trust), crypto);
}
