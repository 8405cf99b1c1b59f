import { type Bytes, concatBytes } from '../../bytes/bytes.ts';
import { type CborValue, decodeCborItem, encodeCbor } from '../../bytes/cbor.ts';
import { LatchkeyError } from '../../errors.ts';

/** What became of one file of a batch. */
export interface BatchAnswer {
  /** Its place among the files of the batch, from 0. */
  readonly index: number;
  /** The container of its answer; or a code: nothing was decided, and the same file may be sent again. */
  readonly answer: Bytes | string;
}

/** The media type of a row of answers. */
export const BATCH_ANSWERS_TYPE = 'application/cbor-seq';

/** Encodes one answer of the row. */
export function encodeBatchAnswer({ index, answer }: BatchAnswer): Bytes {
  return encodeCbor([index, answer]);
}

/** Takes the answers to a batch out of the pieces in which they come. */
export class BatchAnswerReader {
  readonly #files: number;
  #rest: Bytes = new Uint8Array(0);

  /** @param files - As many as the batch had. */
  constructor(files: number) {
    this.#files = files;
  }

  /**
   * The answers that are whole with this piece. Verifies none of them.
   *
   * @throws {@link LatchkeyError} PORTAL_ANSWER_REFUSED - for something else than a row of answers.
   */
  add(piece: Uint8Array): BatchAnswer[] {
    this.#rest = concatBytes(this.#rest, piece);
    const answers: BatchAnswer[] = [];
    for (;;) {
      const item = this.#next();
      if (item === null) return answers;
      answers.push(this.#answerOf(item));
    }
  }

  #next(): CborValue | null {
    if (this.#rest.length === 0) return null;
    try {
      const { value, length } = decodeCborItem(this.#rest);
      this.#rest = this.#rest.subarray(length);
      return value;
    } catch (cause) {
      if (cause instanceof LatchkeyError && cause.code === 'FILE_CUT_SHORT') return null;
      throw refused(cause);
    }
  }

  #answerOf(item: CborValue): BatchAnswer {
    const [index, answer, ...more] = Array.isArray(item) ? item : [];
    if (typeof index !== 'number' || index < 0 || index >= this.#files || more.length > 0) throw refused();
    if (typeof answer === 'string') return { index, answer };
    if (!(answer instanceof Uint8Array)) throw refused();
    return { index, answer: new Uint8Array(answer) };
  }
}

function refused(cause?: unknown): LatchkeyError {
  return new LatchkeyError('PORTAL_ANSWER_REFUSED', 'expected a row of answers', { cause });
}
