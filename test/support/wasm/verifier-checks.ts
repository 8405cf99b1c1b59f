import { type Bytes, concatBytes } from '../../../src/bytes/bytes.ts';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import type { Signed } from '../../../src/crypto/crypto.ts';
import { Ed25519Verifier, type VerifierPlan } from '../../../src/crypto/ed25519/verifier.ts';
import { randomBytes } from '../../../src/crypto/platform.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { type Checks, same, throwsA } from './check.ts';
import { type Build, L } from './probe.ts';
import { test1024 } from './rfc8032-test-1024.ts';

/** Another implementation: it makes keys and signatures, and answers beside the build. */
export interface Other {
  newKeyPair(): KeyPair;
  verifies(publicKey: Bytes, signed: Signed): boolean;
}

export interface KeyPair {
  readonly publicKey: Bytes;
  sign(message: Bytes): Bytes;
}

/** RFC 8032, section 7.1: public key, message, signature. */
const rfc8032 = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
  [
    'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  ],
  test1024,
].map(([publicKey = '', message = '', signature = '']) => ({
  publicKey: fromHex(publicKey),
  message: fromHex(message),
  signature: fromHex(signature),
}));

/** With tables and without. */
function answers(verifier: Ed25519Verifier, publicKey: Bytes, signed: Signed): boolean[] {
  const unprepared = verifier.verify(publicKey, signed);
  verifier.prepare(publicKey);
  return [unprepared, verifier.verify(publicKey, signed)];
}

/** What a verifier on a build has to do in every engine. */
export function verifierChecks(
  build: Build,
  module: WebAssembly.Module,
  { newKeyPair, verifies }: Other,
): Checks {
  const verifierOf = (plan: VerifierPlan) => Ed25519Verifier.create(module, plan);
  return {
    async 'takes the signatures of RFC 8032 with digits of every width, and none with a changed bit'() {
      for (const digitBits of [4, 5, 6, 7, 8]) {
        const verifier = await verifierOf({ digitBits, keys: rfc8032.length });
        for (const { publicKey, ...signed } of rfc8032) {
          same(answers(verifier, publicKey, signed), [true, true]);
          for (let bit = 0; bit < 512; bit += 7) {
            const signature = withBit(signed.signature, bit);
            same(verifier.verify(publicKey, { ...signed, signature }), false, `bit ${bit}`);
          }
        }
      }
    },

    async 'answers as others do for every S around L and past it'() {
      const pair = newKeyPair();
      const { publicKey } = pair;
      const verifier = await verifierOf({ digitBits: 5, keys: 1 });
      const { message, signature } = signedBy(pair);
      const s = fromLittleEndian(signature.subarray(32));
      const values = [s, s + L, s + 2n * L, s + 8n * L, 0n, 1n, L - 1n, L, L + 1n, L - s, 2n ** 252n];
      for (const value of [...values, 2n ** 253n, 2n ** 255n - 1n, 2n ** 255n, 2n ** 256n - 1n]) {
        const signed = { message, signature: concatBytes(signature.subarray(0, 32), littleEndian(value)) };
        const expected = verifies(publicKey, signed);
        same(expected, value === s);
        same(answers(verifier, publicKey, signed), [expected, expected]);
      }
    },

    async 'answers a list with one bad signature at each place as it answers each alone'() {
      const pair = newKeyPair();
      const { publicKey } = pair;
      const verifier = await verifierOf({ digitBits: 6, keys: 1 });
      verifier.prepare(publicKey);
      for (const length of build === 'scalar' ? [3] : [1, 2, 64, 65, 131]) {
        const list = Array.from({ length }, () => signedBy(pair));
        for (let bad = 0; bad < length; bad += 1) {
          const broken = list.map((signed, index) =>
            index === bad ? tampered(signed, 1 + (bad % 3)) : signed,
          );
          const expected = list.map((_, index) => index !== bad);
          same(verifier.verifyList(publicKey, broken), expected);
        }
        same(
          verifier.verifyList(publicKey, list),
          list.map(() => true),
        );
      }
      same(verifier.verifyList(publicKey, []), []);
    },

    async 'keeps two users of one instance apart, and two instances'() {
      const plan = { digitBits: 4, keys: 2 };
      const verifiers = [await verifierOf(plan), await verifierOf(plan)];
      const users = [newKeyPair(), newKeyPair(), newKeyPair()].map(pair => ({
        ...pair,
        good: signedBy(pair),
      }));
      for (let turn = 0; turn < 30; turn += 1) {
        const [user, other] = [users[turn % 3], users[(turn + 1) % 3]];
        const verifier = verifiers[turn % 2];
        if (!user || !other || !verifier) throw new Error('expected three users and two verifiers');
        // The third key finds no room for its tables and is verified without.
        verifier.prepare(user.publicKey);
        same(verifier.verify(user.publicKey, user.good), true);
        same(verifier.verify(other.publicKey, user.good), false);
        same(verifier.verifyList(user.publicKey, [other.good, user.good]), [false, true]);
      }
    },

    async 'has all of its memory from the beginning, whatever is asked of it'() {
      const pair = newKeyPair();
      const { publicKey } = pair;
      const verifier = await verifierOf({ digitBits: 4, keys: 1 });
      const before = verifier.memoryBytes;
      const long = signedBy(pair, verifier.maxMessageBytes);
      same(answers(verifier, publicKey, long), [true, true]);
      verifier.verifyList(
        publicKey,
        Array.from({ length: 70 }, () => long),
      );
      same(verifier.memoryBytes, before);
      same(verifier.prepare(newKeyPair().publicKey), false);
      const longer = signedBy(pair, verifier.maxMessageBytes + 1);
      throwsA(RangeError, () => verifier.verify(publicKey, longer));
    },

    async 'refuses signatures and keys of other lengths, and plans past the bounds'() {
      const pair = newKeyPair();
      const { publicKey } = pair;
      const verifier = await verifierOf({ digitBits: 4, keys: 1 });
      const good = signedBy(pair);
      for (const signature of [good.signature.slice(1), concatBytes(good.signature, Uint8Array.of(0))]) {
        same(answers(verifier, publicKey, { ...good, signature }), [false, false]);
        // Another length must not be answered for what was there before.
        same(verifier.verifyList(publicKey, [good, { ...good, signature }]), [true, false]);
      }
      for (const key of [publicKey.slice(1), concatBytes(publicKey, Uint8Array.of(0)), new Uint8Array(0)]) {
        throwsA(LatchkeyError, () => verifier.verify(key, good));
        throwsA(LatchkeyError, () => verifier.prepare(key));
      }
      for (const plan of [
        { digitBits: 3, keys: 1 },
        { digitBits: 9, keys: 1 },
        { digitBits: 4, keys: 0 },
        { digitBits: 4, keys: 9 },
      ]) {
        const made = await verifierOf(plan).catch(error => error);
        same(made instanceof RangeError, true);
      }
    },
  };
}

/** A signature of a message of random bytes. */
export function signedBy({ sign }: KeyPair, length = 100): Signed {
  const message = randomBytes(length);
  return { message, signature: sign(message) };
}

/** 0 leaves it as it is; the others flip a bit of R, S or the message, or take another S that is as good modulo L. */
export function tampered({ signature, message }: Signed, how: number): Signed {
  if (how === 1) return { message, signature: withBit(signature, randomInt(256)) };
  if (how === 2) return { message, signature: withBit(signature, 256 + randomInt(256)) };
  if (how === 3 && message.length > 0) {
    return { signature, message: withBit(message, randomInt(8 * message.length)) };
  }
  if (how === 4) {
    const s = fromLittleEndian(signature.subarray(32)) + L;
    return { message, signature: concatBytes(signature.subarray(0, 32), littleEndian(s)) };
  }
  return { signature, message };
}

function withBit(bytes: Bytes, bit: number): Bytes {
  const copy = bytes.slice();
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

/** A number as 32 little-endian bytes. */
export function littleEndian(value: bigint, length = 32): Bytes {
  return Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

export function fromLittleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.slice().reverse())}`);
}

/** A whole number below `end`. */
function randomInt(end: number): number {
  return Math.floor(Math.random() * end);
}
