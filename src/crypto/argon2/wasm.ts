import { argon2id } from 'hash-wasm';
import type { Bytes } from '../../bytes/bytes.ts';
import { ARGON2_COST } from './cost.ts';

/** Argon2id in WebAssembly, a third of the time of JavaScript's. Blocks its thread; fails where a page forbids WASM. */
export async function wasmArgon2id(password: Bytes, salt: Bytes): Promise<Bytes> {
  const hash = await argon2id({
    password,
    salt,
    memorySize: ARGON2_COST.memoryKiB,
    iterations: ARGON2_COST.passes,
    parallelism: ARGON2_COST.lanes,
    hashLength: ARGON2_COST.outputBytes,
    outputType: 'binary',
  });
  return new Uint8Array(hash);
}
