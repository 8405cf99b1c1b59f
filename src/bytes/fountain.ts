import { sha256 } from '@noble/hashes/sha2.js';
import { LatchkeyError } from '../errors.ts';
import { fromBase45, toBase45 } from './base45.ts';
import type { Bytes } from './bytes.ts';

/** The most that a single file may hold. */
export const MAX_FILE_BYTES = 64 * 1024;
/** What a frame's text begins with. */
export const FRAME_PREFIX = 'LK1F:';

/** The most bytes of a file in one frame: with its head a QR code of version 12, which a cheap camera still reads. */
const MAX_BLOCK_BYTES = 300;
const CHECK_BYTES = 4;
const HEAD_BYTES = 12;
const MAX_FRAME_NUMBER = 0xffffffff;

/** What all frames of a file have in common. */
interface Cut {
  /** First bytes of the file's SHA-256. */
  readonly check: Bytes;
  readonly length: number;
  readonly blocks: number;
}

/**
 * Texts of QR codes that together carry a file: each is a frame, and any of them do, in any order, as soon as there are
 * about as many as {@link FrameWriter.blocks}. Frame numbers from 0 on give each block by itself first.
 *
 * @see FORMAT.md#animated-qr
 */
export class FrameWriter {
  readonly #file: Bytes;
  readonly #cut: Cut;

  /** @param file - 1 to 65,536 bytes. @throws RangeError - another length. */
  constructor(file: Bytes) {
    const { length } = file;
    if (length === 0 || length > MAX_FILE_BYTES) {
      throw new RangeError(`expected 1 to ${MAX_FILE_BYTES} bytes, got ${length}`);
    }
    this.#file = file;
    const check = sha256(file).slice(0, CHECK_BYTES);
    this.#cut = { check, length, blocks: Math.ceil(length / MAX_BLOCK_BYTES) };
  }

  /** How many blocks the file is cut into, 1 to 219. */
  get blocks(): number {
    return this.#cut.blocks;
  }

  /** The text of one frame. @param number - 0 to 2^32 - 1. */
  frame(number: number): string {
    const head = headOf(this.#cut, number);
    const size = blockSize(this.#cut);
    const data = new Uint8Array(size);
    for (const index of blocksOf(this.#cut, head)) {
      addInto(data, this.#file.subarray(index * size, (index + 1) * size));
    }
    return FRAME_PREFIX + toBase45(Uint8Array.of(...head, ...data));
  }
}

/** How far the frames of a file have come. */
export interface FrameProgress {
  readonly blocks: number;
  /** Frames that told something new; the file is whole when there are as many as blocks. */
  readonly known: number;
  /** null until it is whole. */
  readonly file: Bytes | null;
}

/** A sum of blocks: a bit for each of them, and their bytes added up. */
interface Equation {
  readonly mask: Uint8Array;
  readonly data: Uint8Array;
}

/**
 * Gathers the frames of one file. A frame of another file begins anew with that one. Does not check the file but for
 * its digest, which is no protection: frames are trusted for nothing.
 *
 * @see FORMAT.md#animated-qr
 */
export class FrameReader {
  #cut: Cut | null = null;
  /** By the first block that each still has. */
  #equations = new Map<number, Equation>();
  #file: Bytes | null = null;

  /**
   * Takes the text of a frame.
   *
   * @throws {@link LatchkeyError} CARRIER_DAMAGED - for a text that is no frame, and when what the frames make is not
   * what their digest says; then all of them are forgotten.
   */
  add(text: string): FrameProgress {
    const { cut, head, data } = parseFrame(text);
    if (this.#cut === null || !isSameCut(this.#cut, cut)) this.#begin(cut);
    if (this.#file === null) this.#learn({ mask: maskOf(cut, head), data }, cut.blocks);
    if (this.#file === null && this.#equations.size === cut.blocks) this.#file = this.#solve(cut);
    return { blocks: cut.blocks, known: this.#equations.size, file: this.#file };
  }

  #begin(cut: Cut | null): void {
    this.#cut = cut;
    this.#equations = new Map();
    this.#file = null;
  }

  #learn({ mask, data }: Equation, blocks: number): void {
    for (let index = 0; index < blocks; index += 1) {
      if (!hasBit(mask, index)) continue;
      const known = this.#equations.get(index);
      if (known === undefined) {
        this.#equations.set(index, { mask, data });
        return;
      }
      addInto(mask, known.mask);
      addInto(data, known.data);
    }
  }

  /** The last block stands alone in its equation; from there to the first, each has only later ones beside it. */
  #solve(cut: Cut): Bytes {
    const size = blockSize(cut);
    const file = new Uint8Array(size * cut.blocks);
    for (let index = cut.blocks - 1; index >= 0; index -= 1) {
      const block = file.subarray(index * size, (index + 1) * size);
      const { mask, data } = this.#equations.get(index) ?? { mask: new Uint8Array(32), data: block };
      addInto(block, data);
      for (let later = index + 1; later < cut.blocks; later += 1) {
        if (hasBit(mask, later)) addInto(block, file.subarray(later * size, (later + 1) * size));
      }
    }
    const whole = file.slice(0, cut.length);
    if (!sha256(whole).every((byte, at) => at >= CHECK_BYTES || byte === cut.check[at])) {
      this.#begin(null);
      throw damaged('the frames make another file than they say');
    }
    return whole;
  }
}

/** 4 bytes of digest, 3 of length, 1 of blocks less one, 4 of the frame's number; all big-endian. */
function headOf({ check, length, blocks }: Cut, number: number): Bytes {
  if (!Number.isInteger(number) || number < 0 || number > MAX_FRAME_NUMBER) {
    throw new RangeError(`expected a frame number of 32 bits, got ${number}`);
  }
  const head = new Uint8Array(HEAD_BYTES);
  const view = new DataView(head.buffer);
  head.set(check);
  view.setUint32(CHECK_BYTES, length * 0x100 + blocks - 1);
  view.setUint32(CHECK_BYTES + 4, number);
  return head;
}

function parseFrame(text: string): { cut: Cut; head: Bytes; data: Bytes } {
  if (!text.startsWith(FRAME_PREFIX)) throw damaged(`expected ${FRAME_PREFIX}`);
  const bytes = fromBase45(text.slice(FRAME_PREFIX.length));
  if (bytes.length <= HEAD_BYTES) throw damaged('the frame is too short');
  const head = bytes.slice(0, HEAD_BYTES);
  const data = bytes.slice(HEAD_BYTES);
  const sizes = new DataView(head.buffer).getUint32(CHECK_BYTES);
  const cut = { check: head.slice(0, CHECK_BYTES), length: sizes >>> 8, blocks: (sizes & 0xff) + 1 };
  const isPossible = cut.length > 0 && cut.length <= MAX_FILE_BYTES && cut.blocks <= cut.length;
  if (!isPossible || data.length !== blockSize(cut))
    throw damaged('the frame has another length than it says');
  return { cut, head, data };
}

function blockSize({ length, blocks }: Cut): number {
  return Math.ceil(length / blocks);
}

/**
 * The blocks that a frame is the sum of. The first frames are one block each; a later one has those whose bit is set in
 * the SHA-256 of its head, and one that its number names, so that none is empty.
 */
function maskOf({ blocks }: Cut, head: Bytes): Uint8Array {
  const number = new DataView(head.buffer).getUint32(CHECK_BYTES + 4);
  const mask = number < blocks ? new Uint8Array(32) : sha256(head);
  const own = number % blocks;
  mask[own >> 3] = (mask[own >> 3] ?? 0) | (0x80 >> (own & 7));
  return mask;
}

function blocksOf(cut: Cut, head: Bytes): number[] {
  const mask = maskOf(cut, head);
  return Array.from({ length: cut.blocks }, (_, index) => index).filter(index => hasBit(mask, index));
}

function hasBit(mask: Uint8Array, index: number): boolean {
  return ((mask[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
}

function addInto(sum: Uint8Array, other: Uint8Array): void {
  for (let at = 0; at < other.length; at += 1) sum[at] = (sum[at] ?? 0) ^ (other[at] ?? 0);
}

function isSameCut(one: Cut, other: Cut): boolean {
  const isSame = one.length === other.length && one.blocks === other.blocks;
  return isSame && one.check.every((byte, at) => byte === other.check[at]);
}

function damaged(message: string): LatchkeyError {
  return new LatchkeyError('CARRIER_DAMAGED', message);
}
