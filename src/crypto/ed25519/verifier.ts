import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import type { Signed } from '../crypto.ts';
import { checkEd25519PublicKey } from '../public-key.ts';

/** How much a verifier prepares: a table of a key takes 182 KB with digits of 6 bits, 528 KB with 8. */
export interface VerifierPlan {
  /** Bits of a digit, 4 to 8: with more a signature takes fewer additions, and a key longer to prepare. */
  readonly digitBits: number;
  /** How many keys can be prepared, 1 to 8. */
  readonly keys: number;
}

const SIGNATURE_BYTES = 64;
const KEY_BYTES = 32;

/**
 * Ed25519 verification by WebAssembly (wasm/README.md): synchronous, on the calling thread, public values only. An
 * instance has a memory of its own, laid out when it is made; it never grows after that.
 *
 * Its methods throw {@link LatchkeyError} KEY_MALFORMED, KEY_SMALL_ORDER or KEY_NOT_CANONICAL for a public key that is
 * refused, and RangeError for a message past {@link maxMessageBytes}.
 */
export class Ed25519Verifier {
  readonly #exports: VerifierExports;
  readonly #places: Places;
  readonly #memory: Bytes;
  readonly #plan: VerifierPlan;
  /** The prepared keys by their numbers. */
  readonly #prepared: Bytes[] = [];

  /** Longest message that is taken. */
  readonly maxMessageBytes: number;

  /**
   * @param module - A build of wasm/.
   * @throws RangeError - for a plan past its bounds, or without the memory for it.
   */
  static async create(module: WebAssembly.Module, plan: VerifierPlan): Promise<Ed25519Verifier> {
    const { exports } = await WebAssembly.instantiate(module, {});
    return new Ed25519Verifier(requireExports(exports), plan);
  }

  private constructor(exports: VerifierExports, plan: VerifierPlan) {
    if (exports.initialize(plan.digitBits, plan.keys) === 0) {
      throw new RangeError('a plan past its bounds, or no memory');
    }
    this.#exports = exports;
    this.#places = placesOf(exports);
    this.#memory = new Uint8Array(exports.memory.buffer);
    this.#plan = plan;
    this.maxMessageBytes = exports.MAX_MESSAGE.value;
  }

  /** Bytes of the instance's memory. */
  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /** Whether signatures under a key are verified by tables. */
  isPrepared(publicKey: Bytes): boolean {
    return this.#numberOf(publicKey) >= 0;
  }

  /** Makes the tables of a key, unless it has them. @returns false when the plan has no room for another key. */
  prepare(publicKey: Bytes): boolean {
    if (this.isPrepared(publicKey)) return true;
    this.#putKey(publicKey);
    const number = this.#prepared.length;
    if (number === this.#plan.keys) return false;
    if (this.#exports.prepare(number) === 0) throw refused(publicKey);
    this.#prepared.push(publicKey.slice());
    return true;
  }

  /** Verifies one signature, with tables where the key has been prepared. */
  verify(publicKey: Bytes, signed: Signed): boolean {
    return this.verifyList(publicKey, [signed])[0] === true;
  }

  /** Verifies signatures under one key: an answer for each, the same as of {@link verify}, in less time. An empty list has no answers, whatever the key. */
  verifyList(publicKey: Bytes, list: readonly Signed[]): boolean[] {
    const number = this.#numberOf(publicKey);
    for (const { message } of list) this.#requireLength(message);
    const { maxList } = this.#places;
    if (list.length <= maxList) return this.#verifyPart(publicKey, number, list);
    const answers: boolean[] = [];
    for (let start = 0; start < list.length; start += maxList) {
      answers.push(...this.#verifyPart(publicKey, number, list.slice(start, start + maxList)));
    }
    return answers;
  }

  #verifyPart(publicKey: Bytes, number: number, list: readonly Signed[]): boolean[] {
    if (list.length === 0) return [];
    if (number < 0) this.#putKey(publicKey);
    const call = this.#exports;
    const places = this.#places;
    let index = 0;
    for (const { signature, message } of list) {
      // Another length is answered with false below; here it only takes its place.
      if (signature.length === SIGNATURE_BYTES) this.#memory.set(signature, places.signature);
      this.#memory.set(message, places.message);
      if (number >= 0) call.addPrepared(index, number, message.length);
      else if (call.addUnprepared(index, message.length) === 0) throw refused(publicKey);
      index += 1;
    }
    call.settle(list.length);
    return list.map(
      ({ signature }, place) =>
        signature.length === SIGNATURE_BYTES && this.#memory[places.results + place] === 1,
    );
  }

  #putKey(publicKey: Bytes): void {
    if (publicKey.length !== KEY_BYTES) throw refused(publicKey);
    this.#memory.set(publicKey, this.#places.key);
  }

  #numberOf(publicKey: Bytes): number {
    return this.#prepared.findIndex(prepared => {
      for (let index = 0; index < KEY_BYTES; index += 1)
        if (prepared[index] !== publicKey[index]) return false;
      return publicKey.length === KEY_BYTES;
    });
  }

  #requireLength(message: Bytes): void {
    if (message.length <= this.maxMessageBytes) return;
    throw new RangeError(`expected at most ${this.maxMessageBytes} bytes, got ${message.length}`);
  }
}

/** Says why a key was refused: WASM knows only that it was. */
function refused(publicKey: Bytes): LatchkeyError {
  try {
    checkEd25519PublicKey(publicKey);
  } catch (error) {
    if (error instanceof LatchkeyError) return error;
    throw error;
  }
  return new LatchkeyError('KEY_MALFORMED', 'refused by WASM');
}

/** Whether a build's fused multiply-adds round once on this machine; false for a build without them. */
export async function isFused(module: WebAssembly.Module): Promise<boolean> {
  const { exports } = await WebAssembly.instantiate(module, {});
  return requireExports(exports).isFused() !== 0;
}

/** What wasm/assembly/verifier.ts exports. */
interface VerifierExports {
  readonly memory: WebAssembly.Memory;
  readonly KEY: WebAssembly.Global;
  readonly SIGNATURE: WebAssembly.Global;
  readonly RESULTS: WebAssembly.Global;
  readonly MAX_MESSAGE: WebAssembly.Global;
  readonly MAX_LIST: WebAssembly.Global;
  readonly message: WebAssembly.Global;
  initialize(digitBits: number, keys: number): number;
  isFused(): number;
  prepare(key: number): number;
  addPrepared(index: number, key: number, length: number): void;
  addUnprepared(index: number, length: number): number;
  settle(count: number): void;
}

/** What a call needs to know of the exports, read once: a global takes an engine as long as a small function. */
interface Places {
  readonly key: number;
  readonly signature: number;
  readonly message: number;
  readonly results: number;
  readonly maxList: number;
}

function placesOf(exports: VerifierExports): Places {
  return {
    key: exports.KEY.value,
    signature: exports.SIGNATURE.value,
    message: exports.message.value,
    results: exports.RESULTS.value,
    maxList: exports.MAX_LIST.value,
  };
}

const functions = ['initialize', 'isFused', 'prepare', 'addPrepared', 'addUnprepared', 'settle'];
const globals = ['KEY', 'SIGNATURE', 'RESULTS', 'MAX_MESSAGE', 'MAX_LIST', 'message'];

function requireExports(exports: WebAssembly.Exports): VerifierExports {
  const isComplete =
    exports.memory instanceof WebAssembly.Memory &&
    functions.every(name => typeof exports[name] === 'function') &&
    globals.every(name => exports[name] instanceof WebAssembly.Global);
  if (!isComplete) throw new TypeError('expected a build of wasm/');
  return exports as unknown as VerifierExports;
}
