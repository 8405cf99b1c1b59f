import type { Bytes } from '../../bytes/bytes.ts';
import { nobleArgon2id } from './noble.ts';
import { wasmArgon2id } from './wasm.ts';

/** Argon2id on this thread, which it blocks: by WebAssembly, or without it where that is forbidden. */
export async function hashOnThisThread(password: Bytes, salt: Bytes): Promise<Bytes> {
  try {
    return await wasmArgon2id(password, salt);
  } catch {
    return nobleArgon2id(password, salt);
  }
}
