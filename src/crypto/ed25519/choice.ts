import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import type { Ed25519Engine, Signed } from '../crypto.ts';
import { subtleCrypto } from '../platform.ts';
import { checkEd25519PublicKey } from '../public-key.ts';
import type { FastEd25519 } from './fast.ts';

/** Which Ed25519 to verify with: the one that is named, or the best one there is at the moment. */
export type Ed25519Backend = 'webcrypto' | 'wasm-fma' | 'wasm-simd' | 'noble' | 'auto';

const SIGNATURE_BYTES = 64;

/** After so many signatures WebAssembly would have paid for getting ready (ADR 22). */
const MANY = 128;

/**
 * Chooses who verifies Ed25519: WebCrypto for the first answer, since WebAssembly takes a hundred signatures' time to
 * get ready; WebAssembly once somebody prepared keys or there were many signatures, and from the first answer on where
 * WebCrypto has no Ed25519 (it came to Chrome with version 137); noble where there is neither, as where a content
 * security policy forbids WebAssembly.
 */
export class Ed25519Choice {
  /** Who gave the last answer; null before the first. */
  engine: Ed25519Engine | null = null;

  readonly #backend: Ed25519Backend;
  #isInWebCrypto: Promise<boolean> | undefined;
  #loading: Promise<FastEd25519 | null> | undefined;
  #fast: FastEd25519 | null = null;
  /** Signatures that WebCrypto answered for. */
  #count = 0;

  constructor(backend: Ed25519Backend) {
    this.#backend = backend;
  }

  /** @throws {@link LatchkeyError} KEY_… - for a key that is refused; CRYPTO_MISSING - without what was asked for. */
  async verifyList(publicKey: Bytes, list: readonly Signed[]): Promise<boolean[]> {
    const fast = this.#isWasmAlone
      ? await this.#requireFast(publicKey)
      : (this.#fast ?? (await this.#inPlaceOfWebCrypto()));
    if (fast && (this.#isWasmAlone || fast.takes(list))) {
      this.engine = fast.engine;
      return fast.verifyList(publicKey, list);
    }
    checkEd25519PublicKey(publicKey);
    if (!(await this.#hasWebCrypto())) return this.#verifyWithNoble(publicKey, list);
    this.engine = 'webcrypto';
    this.#count += list.length;
    if (this.#count > MANY) void this.prepare([publicKey]);
    const key = await importEd25519(publicKey);
    return Promise.all(
      list.map(
        ({ signature, message }) =>
          signature.length === SIGNATURE_BYTES &&
          subtleCrypto().verify({ name: 'Ed25519' }, key, signature, message),
      ),
    );
  }

  /** Loads WebAssembly and makes the tables of keys. Never rejects: what is not there goes on without. */
  async prepare(publicKeys: readonly Bytes[]): Promise<void> {
    if (this.#backend === 'webcrypto' || this.#backend === 'noble') return;
    try {
      const fast = await this.#load();
      for (const publicKey of publicKeys) fast?.prepare(publicKey);
    } catch {
      // A key that is refused is told to whoever verifies with it.
    }
  }

  get #isWasmAlone(): boolean {
    return this.#backend === 'wasm-fma' || this.#backend === 'wasm-simd';
  }

  async #requireFast(publicKey: Bytes): Promise<FastEd25519> {
    const fast = await this.#load();
    if (!fast) throw new LatchkeyError('CRYPTO_MISSING', `no ${this.#backend} here`);
    fast.prepare(publicKey);
    return fast;
  }

  async #inPlaceOfWebCrypto(): Promise<FastEd25519 | null> {
    return this.#backend !== 'auto' || (await this.#hasWebCrypto()) ? null : this.#load();
  }

  async #load(): Promise<FastEd25519 | null> {
    const wanted = buildsOf(this.#backend);
    this.#loading ??= import('./fast.ts').then(({ FastEd25519 }) => FastEd25519.load(wanted));
    try {
      this.#fast = await this.#loading;
      return this.#fast;
    } catch {
      // A part of the app that did not arrive, or no memory: it goes on without, and tries again the next time.
      this.#loading = undefined;
      return null;
    }
  }

  #hasWebCrypto(): Promise<boolean> {
    this.#isInWebCrypto ??=
      this.#backend === 'auto' ? supportsEd25519() : Promise.resolve(this.#backend !== 'noble');
    return this.#isInWebCrypto;
  }

  async #verifyWithNoble(publicKey: Bytes, list: readonly Signed[]): Promise<boolean[]> {
    const { nobleVerifyEd25519 } = await import('../noble.ts');
    this.engine = 'noble';
    return list.map(({ signature, message }) => nobleVerifyEd25519(publicKey, signature, message));
  }
}

function buildsOf(backend: Ed25519Backend): readonly ('fma' | 'simd')[] {
  if (backend === 'wasm-fma') return ['fma'];
  return backend === 'wasm-simd' ? ['simd'] : ['fma', 'simd'];
}

/** Imports the curve's base point, which any implementation takes. */
async function supportsEd25519(): Promise<boolean> {
  const basePoint = new Uint8Array(32).fill(0x66);
  basePoint[0] = 0x58;
  try {
    await importEd25519(basePoint);
    return true;
  } catch {
    return false;
  }
}

function importEd25519(publicKey: Bytes): Promise<CryptoKey> {
  return subtleCrypto().importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify']);
}
