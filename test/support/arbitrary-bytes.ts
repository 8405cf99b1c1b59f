import fc from 'fast-check';
import type { Bytes } from '../../src/bytes/bytes.ts';

/** Any byte string. */
export function arbitraryBytes(constraints: fc.IntArrayConstraints = {}): fc.Arbitrary<Bytes> {
  return fc.uint8Array(constraints).map(bytes => new Uint8Array(bytes));
}
