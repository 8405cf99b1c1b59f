import { compress, INITIAL_STATE } from '../build/sha512-blocks.ts';
import { clearWords, copyWords } from './words.ts';

const STATE: usize = memory.data(64, 16);

/** What `hash` may write behind the message: the padding, up to two blocks. */
export const PADDING_BYTES: usize = 256;

/** SHA-512 (FIPS 180-4) of the bytes at p; pads them in place. The digest takes 64 bytes at d. */
export function hash(d: usize, p: usize, length: usize): void {
  const padded = (length + 17 + 127) & ~127;
  store<u8>(p + length, 0x80);
  // The last of these zeros may fall where the length is written next.
  clearWords(p + length + 1, padded - length - 9);
  store<u64>(p + padded - 8, bswap<u64>((<u64>length) << 3));
  copyWords(STATE, INITIAL_STATE, 64);
  compress(STATE, p, <i32>(padded >> 7));
  for (let i: usize = 0; i < 64; i += 8) store<u64>(d + i, bswap<u64>(load<u64>(STATE + i)));
}
