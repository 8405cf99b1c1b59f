import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import type { Signed } from '../crypto.ts';

/** Answers for each signature under one key, at once or later; rejects for a key that is refused. */
export type VerifyList = (publicKey: Bytes, list: readonly Signed[]) => Promise<boolean[]>;

/** What was asked about one key in this turn. */
interface Group {
  readonly publicKey: Bytes;
  readonly list: Signed[];
  readonly answers: Promise<boolean[]>;
}

/**
 * Makes lists of single questions: what is asked before anybody's turn ends is verified together, key by key. So who
 * checks many files begins with all before waiting for any, as `Promise.all` does, and needs no way of its own for
 * lists; answers and errors are those of each alone.
 */
export class Gathering {
  readonly #verifyList: VerifyList;
  #groups: Group[] = [];

  constructor(verifyList: VerifyList) {
    this.#verifyList = verifyList;
  }

  /** Whether this signature is good. The bytes must stay as they are until the answer. */
  async verify(publicKey: Bytes, signed: Signed): Promise<boolean> {
    const { list, answers } = this.#groupOf(publicKey);
    const place = list.push(signed) - 1;
    return (await answers)[place] === true;
  }

  #groupOf(publicKey: Bytes): Group {
    const begun = this.#groups.find(group => equalBytes(group.publicKey, publicKey));
    if (begun) return begun;
    const list: Signed[] = [];
    const group = { publicKey, list, answers: this.#answersAfterTurn(publicKey, list) };
    this.#groups.push(group);
    return group;
  }

  async #answersAfterTurn(publicKey: Bytes, list: readonly Signed[]): Promise<boolean[]> {
    // Whoever is about to ask, asks before this goes on.
    await null;
    this.#groups = this.#groups.filter(group => group.list !== list);
    return await this.#verifyList(publicKey, list);
  }
}
