import { LatchkeyError } from '../../errors.ts';
import type { Bytes } from '../bytes.ts';

/** Reads bits of a DEFLATE stream, the lowest of each byte first, and never past its end. */
export class BitReader {
  readonly #stream: Bytes;
  #offset = 0;
  #held = 0;
  #heldCount = 0;

  constructor(stream: Bytes) {
    this.#stream = stream;
  }

  /** How many bytes were begun. */
  get consumed(): number {
    return this.#offset;
  }

  /**
   * Reads an unsigned number of at most 16 bits.
   *
   * @throws {@link LatchkeyError} DEFLATE_MALFORMED - when the stream ends before.
   */
  bits(count: number): number {
    while (this.#heldCount < count) {
      this.#held |= this.#nextByte() << this.#heldCount;
      this.#heldCount += 8;
    }
    const value = this.#held & ((1 << count) - 1);
    this.#held >>>= count;
    this.#heldCount -= count;
    return value;
  }

  /** Drops the bits that are left of the byte begun. */
  alignToByte(): void {
    this.#held = 0;
    this.#heldCount = 0;
  }

  /**
   * Reads whole bytes, after {@link alignToByte}.
   *
   * @throws {@link LatchkeyError} DEFLATE_MALFORMED - when the stream ends before.
   */
  bytes(length: number): Bytes {
    const end = this.#offset + length;
    if (end > this.#stream.length) throw endOfStream();
    const bytes = this.#stream.subarray(this.#offset, end);
    this.#offset = end;
    return bytes;
  }

  #nextByte(): number {
    const byte = this.#stream[this.#offset];
    if (byte === undefined) throw endOfStream();
    this.#offset += 1;
    return byte;
  }
}

function endOfStream(): LatchkeyError {
  return new LatchkeyError('DEFLATE_MALFORMED', 'the stream ends before its final block does');
}
