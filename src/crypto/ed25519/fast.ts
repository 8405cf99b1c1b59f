import type { Bytes } from '../../bytes/bytes.ts';
import type { Ed25519Engine, Signed } from '../crypto.ts';
import { type Build, loadBuild } from './build.ts';
import { Ed25519Verifier } from './verifier.ts';
import { verifyInWorker } from './worker-list.ts';

/** On the page: tables of 111 KB that take about a millisecond to make, enough for a vendor's keys. */
const PLAN = { digitBits: 5, keys: 4 };

/** A list past this would hold up the page for several milliseconds; a worker takes longer to start than that. */
const MAX_INLINE = 512;

/** Verification by WebAssembly, for prepared keys and others. */
export class FastEd25519 {
  readonly engine: Ed25519Engine;
  readonly #verifier: Ed25519Verifier;

  /** @returns null where there is no build to be had; see `loadBuild`. */
  static async load(wanted?: readonly Build[]): Promise<FastEd25519 | null> {
    const build = await loadBuild(wanted);
    if (!build) return null;
    return new FastEd25519(build.engine, await Ed25519Verifier.create(build.module, PLAN));
  }

  private constructor(engine: Ed25519Engine, verifier: Ed25519Verifier) {
    this.engine = engine;
    this.#verifier = verifier;
  }

  /** Makes the tables of a key while there is room. @throws {@link LatchkeyError} KEY_… - for a key that is refused. */
  prepare(publicKey: Bytes): void {
    this.#verifier.prepare(publicKey);
  }

  /** Whether this answers for messages: for those that fit. */
  takes(list: readonly Signed[]): boolean {
    const { maxMessageBytes } = this.#verifier;
    return list.every(({ message }) => message.length <= maxMessageBytes);
  }

  /** Answers for each signature; a long list in a worker, where there are workers. */
  async verifyList(publicKey: Bytes, list: readonly Signed[]): Promise<boolean[]> {
    const answers = list.length > MAX_INLINE ? await verifyInWorker(publicKey, list) : null;
    return answers ?? this.#verifier.verifyList(publicKey, list);
  }
}
