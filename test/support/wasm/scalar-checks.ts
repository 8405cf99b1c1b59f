import fc from 'fast-check';
import { type Bytes, equalBytes } from '../../../src/bytes/bytes.ts';
import { randomBytes } from '../../../src/crypto/platform.ts';
import { type Checks, same } from './check.ts';
import { edges, L, modulo, P, type Probe, power } from './probe.ts';

const [IN, OUT] = [0, 8] as const;

const wide = fc.oneof(
  fc.bigInt(0n, 2n ** 512n - 1n),
  fc.tuple(fc.bigInt(0n, 2n ** 260n), fc.constantFrom(-1n, 0n, 1n)).map(([k, off]) => {
    const value = k * L + off;
    return value < 0n ? 0n : value % 2n ** 512n;
  }),
  fc.constantFrom(...edges, 2n ** 512n - 1n, 2n ** 511n, L * L, L * L - 1n),
);

/** Scalars against integers, and the hash against another one. */
export function scalarChecks(
  { at, bytes, call, memory, putBytes }: Probe,
  sha512: (message: Bytes) => Uint8Array,
): Checks {
  return {
    'are reduced modulo L from 512 bits': () => {
      fc.assert(
        fc.property(wide, value => {
          putBytes(IN, value, 64);
          call('reduce', at(OUT), at(IN));
          same(bytes(OUT), modulo(value, L));
        }),
        { numRuns: 5000 },
      );
    },

    'are canonical below L alone': () => {
      const values = [
        ...edges,
        2n ** 256n - 1n,
        L - 2n,
        L + 2n ** 64n,
        L + 2n ** 128n,
        L - 2n ** 64n,
        2n ** 252n,
      ];
      for (const value of values) {
        putBytes(IN, value);
        same(call('isCanonical', at(IN)) !== 0, value < L, `${value}`);
      }
    },

    'are the sum of their digits, whatever the width': () => {
      const scalar = fc.oneof(
        fc.bigInt(0n, 2n ** 253n - 1n),
        fc.constantFrom(0n, 1n, L - 1n, 2n ** 253n - 1n),
      );
      fc.assert(
        fc.property(scalar, fc.integer({ min: 4, max: 8 }), (value, width) => {
          const count = Math.ceil(254 / width);
          const half = 2 ** (width - 1);
          putBytes(IN, value);
          call('writeDigits', at(OUT), at(IN), width, count);
          let sum = 0n;
          for (let i = 0; i < count; i += 1) {
            const digit = memory.getInt16(at(OUT) + 2 * i, true);
            same(digit > -half && digit <= half, true);
            sum += BigInt(digit) << BigInt(width * i);
          }
          same(sum, value);
        }),
        { numRuns: 3000 },
      );
    },

    'are the sum of their sparse digits: odd, below 16, and five places apart': () => {
      const scalar = fc.oneof(
        fc.bigInt(0n, 2n ** 253n - 1n),
        fc.constantFrom(...edges.filter(edge => edge < 2n ** 253n), 2n ** 253n - 1n, 2n ** 252n + 2n ** 251n),
      );
      fc.assert(
        fc.property(scalar, value => {
          putBytes(IN, value);
          call('writeSparseDigits', at(OUT), at(IN));
          let sum = 0n;
          let free = 0;
          for (let i = 0; i < 254; i += 1) {
            const digit = memory.getInt8(at(OUT) + i);
            if (digit === 0) continue;
            same(digit % 2 !== 0 && Math.abs(digit) < 16 && i >= free, true, `${digit} at ${i}`);
            free = i + 5;
            sum += BigInt(digit) << BigInt(i);
          }
          same(sum, value);
        }),
        { numRuns: 3000 },
      );
    },

    'of the field are inverted: 1/x, 0 for 0': () => {
      const below = fc.oneof(fc.constantFrom(...edges.filter(edge => edge < P)), fc.bigInt(0n, P - 1n));
      fc.assert(
        fc.property(below, value => {
          putBytes(IN, value);
          call('invertBytes', at(OUT), at(IN));
          same(bytes(OUT), power(value, P - 2n));
        }),
        { numRuns: 2000 },
      );
    },
    'hash rightly for every length up to 600 bytes, and for long messages': () => {
      for (const length of [...Array(600).keys(), 4096, 10_000]) {
        const message = randomBytes(length);
        new Uint8Array(memory.buffer).set(message, at(8));
        call('hash', at(0), at(8), length);
        const digest = new Uint8Array(memory.buffer, at(0), 64);
        same(equalBytes(digest, sha512(message)), true, `${length} bytes`);
      }
    },
  };
}
