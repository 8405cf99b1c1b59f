import type { Bytes } from '../../bytes/bytes.ts';
import type { Ed25519Engine, Signed } from '../crypto.ts';
import { type Build, type LoadedBuild, loadBuild } from './build.ts';
import { Ed25519Verifier } from './verifier.ts';
import { verifyInWorker } from './worker-list.ts';

/** At first: tables of 111 KB that take half a millisecond to make, enough for a vendor's keys. */
const FIRST_PLAN = { digitBits: 5, keys: 4 };

/** Once there were so many signatures that tables of 528 KB, 2 ms for each key, would have paid for themselves. */
const MANY = 1024;
const PLAN_FOR_MANY = { digitBits: 8, keys: 4 };

/** A list past this would hold up the page for several milliseconds; a worker takes longer to start than that. */
const MAX_INLINE = 512;

/** Verification by WebAssembly, for prepared keys and others. */
export class FastEd25519 {
  readonly #build: LoadedBuild;
  #verifier: Ed25519Verifier;
  readonly #maxMessageBytes: number;
  readonly #prepared: Bytes[] = [];
  /** Signatures until larger tables are made. */
  #untilMany = MANY;

  /** @returns null where there is no build to be had; see `loadBuild`. */
  static async load(wanted?: readonly Build[]): Promise<FastEd25519 | null> {
    const build = await loadBuild(wanted);
    if (!build) return null;
    return new FastEd25519(build, await Ed25519Verifier.create(build.module, FIRST_PLAN));
  }

  private constructor(build: LoadedBuild, verifier: Ed25519Verifier) {
    this.#build = build;
    this.#verifier = verifier;
    this.#maxMessageBytes = verifier.maxMessageBytes;
  }

  get engine(): Ed25519Engine {
    return this.#build.engine;
  }

  /** Makes the tables of a key while there is room. @throws {@link LatchkeyError} KEY_… - for a key that is refused. */
  prepare(publicKey: Bytes): void {
    if (this.#verifier.isPrepared(publicKey) || !this.#verifier.prepare(publicKey)) return;
    this.#prepared.push(publicKey.slice());
  }

  /** Whether this answers for messages: for those that fit. */
  takes(list: readonly Signed[]): boolean {
    return list.every(({ message }) => message.length <= this.#maxMessageBytes);
  }

  /** Answers for each signature; a long list in a worker, where there are workers. */
  async verifyList(publicKey: Bytes, list: readonly Signed[]): Promise<boolean[]> {
    if (list.length > MAX_INLINE) {
      const answers = await verifyInWorker({ module: this.#build.module, publicKey, list });
      if (answers) return answers;
    }
    this.#count(list.length);
    return this.#verifier.verifyList(publicKey, list);
  }

  #count(signatures: number): void {
    if (this.#untilMany <= 0) return;
    this.#untilMany -= signatures;
    if (this.#untilMany <= 0) void this.#prepareForMany();
  }

  async #prepareForMany(): Promise<void> {
    try {
      const verifier = await Ed25519Verifier.create(this.#build.module, PLAN_FOR_MANY);
      for (const publicKey of this.#prepared) verifier.prepare(publicKey);
      this.#verifier = verifier;
    } catch {
      // Without the memory for larger tables, the small ones go on.
    }
  }
}
