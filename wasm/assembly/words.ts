/** Engines call a function of theirs for memory.copy and memory.fill, which takes longer than the few words here. */

/** Copies a number of bytes that eight divides. */
export function copyWords(d: usize, s: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 8) store<u64>(d + i, load<u64>(s + i));
}

/** Puts zeros into words of eight bytes until at least `bytes` are zero. */
export function clearWords(d: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 8) store<u64>(d + i, 0);
}
