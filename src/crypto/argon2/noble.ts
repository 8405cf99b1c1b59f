import { argon2id } from '@noble/hashes/argon2.js';
import type { Bytes } from '../../bytes/bytes.ts';
import { ARGON2_COST } from './cost.ts';

/** Argon2id in JavaScript, where a page forbids WebAssembly. Blocks its thread for a second or more. */
export function nobleArgon2id(password: Bytes, salt: Bytes): Bytes {
  const hash = argon2id(password, salt, {
    m: ARGON2_COST.memoryKiB,
    t: ARGON2_COST.passes,
    p: ARGON2_COST.lanes,
    dkLen: ARGON2_COST.outputBytes,
    version: 0x13,
  });
  return new Uint8Array(hash);
}
