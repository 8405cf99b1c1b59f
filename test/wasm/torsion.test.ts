import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { suite, test } from 'node:test';
import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes } from '../../src/bytes/bytes.ts';
import { fromHex } from '../../src/bytes/hex.ts';
import type { Signed } from '../../src/crypto/crypto.ts';
import { builds } from '../../wasm/generate/main.ts';
import { L, P } from '../support/wasm/probe.ts';
import { fromLittleEndian, littleEndian } from '../support/wasm/verifier-checks.ts';
import { moduleOf, opensslVerifies, verifierOf } from './support/verifiers.ts';

const { Point } = ed25519;
const torsion = ED25519_TORSION_SUBGROUP.map(hex => Point.fromHex(hex));

/** Every encoding of y, and of y + p where that fits, with either sign. */
const smallOrderKeys = [...new Set(torsion.map(point => point.toAffine().y))].flatMap(y =>
  [y, y + P].filter(each => each < 2n ** 255n).flatMap(each => [each, each + 2n ** 255n]),
);

/** Keys that no signer has: y of p and more, y of no point, and the sign of x = 0. */
const refusedKeys = [
  ...Array.from({ length: 19 }, (_, n) => P + BigInt(n)),
  2n,
  7n,
  1n + 2n ** 255n,
  P - 1n + 2n ** 255n,
];

for (const build of builds) {
  suite(`the ${build} build`, () => {
    test('prepares no key of small order, however encoded, and none that is not canonical', async () => {
      const { call } = await callsOf(build);
      assert.equal(smallOrderKeys.length, 14);
      for (const key of [...smallOrderKeys, ...refusedKeys]) assert.equal(call(key), 0, key.toString(16));
      assert.equal(call(fromLittleEndian(ed25519.getPublicKey(randomBytes(32)))), 1);
    });

    test('refuses the signature that anyone can make under a key of small order', async () => {
      const { call, verify } = await callsOf(build);
      for (const key of smallOrderKeys) {
        call(key);
        assert.ok(verify(key).every(answer => answer === 0));
      }
    });

    test('answers as OpenSSL does where A, R or both have a part of small order', async () => {
      const verifier = await verifierOf(build, { digitBits: 4, keys: 8 });
      const other = await verifierOf(build, { digitBits: 5, keys: 1 });
      const count = { good: 0, bad: 0 };
      const keys = torsion.map(part => mixedKey(part));
      for (const { publicKey } of keys) verifier.prepare(publicKey);
      for (const [a, key] of keys.entries()) {
        for (const part of torsion) {
          for (let message = 0; message < (build === 'scalar' ? 1 : 8); message += 1) {
            const signed = key.sign(part, Uint8Array.of(message, a));
            const expected = opensslVerifies(key.publicKey, signed);
            count[expected ? 'good' : 'bad'] += 1;
            assert.equal(verifier.verify(key.publicKey, signed), expected);
            if (message === 0) assert.equal(other.verify(key.publicKey, signed), expected);
          }
        }
      }
      assert.ok(count.good > 0 && count.bad > 0, 'both answers must come up');
    });
  });
}

/** The exports themselves, without the check of keys that JavaScript makes first. */
async function callsOf(build: (typeof builds)[number]) {
  const { exports } = await WebAssembly.instantiate(await moduleOf(build), {});
  const { memory, KEY, SIGNATURE, RESULTS, initialize, prepare, addPrepared, addUnprepared, settle } =
    exports as unknown as {
      memory: { buffer: ArrayBuffer };
      KEY: { value: number };
      SIGNATURE: { value: number };
      RESULTS: { value: number };
      initialize(bits: number, keys: number): number;
      prepare(key: number): number;
      addPrepared(index: number, key: number, length: number): void;
      addUnprepared(index: number, length: number): void;
      settle(count: number): void;
    };
  assert.equal(initialize(4, 1), 1);
  const bytes = () => new Uint8Array(memory.buffer);
  return {
    call(key: bigint): number {
      bytes().set(littleEndian(key), KEY.value);
      return prepare(0);
    },
    /** S = 0 and R = each y of small order: one of them is good in the eyes of browsers. */
    verify(key: bigint): number[] {
      return [...smallOrderKeys].flatMap(r => answersOf(key, r));
    },
  };

  function answersOf(key: bigint, r: bigint): number[] {
    bytes().set(littleEndian(key), KEY.value);
    bytes().set(concatBytes(littleEndian(r), littleEndian(0n)), SIGNATURE.value);
    addUnprepared(0, 0);
    settle(1);
    const unprepared = bytes()[RESULTS.value] ?? -1;
    // A key that was refused has no table: whatever lies there must not verify it either.
    addPrepared(0, 0, 0);
    settle(1);
    return [unprepared, bytes()[RESULTS.value] ?? -1];
  }
}

/** A key with a part of small order, and signatures that are good but for such parts. */
function mixedKey(part: InstanceType<typeof Point>) {
  const a = (fromLittleEndian(randomBytes(32)) % (L - 1n)) + 1n;
  const publicKey = fromHex(Point.BASE.multiply(a).add(part).toHex());
  return {
    publicKey,
    sign(partOfR: InstanceType<typeof Point>, message: Uint8Array<ArrayBuffer>): Signed {
      const r = (fromLittleEndian(randomBytes(32)) % (L - 1n)) + 1n;
      const R = fromHex(Point.BASE.multiply(r).add(partOfR).toHex());
      const digest = createHash('sha512').update(R).update(publicKey).update(message).digest();
      const s = (r + (fromLittleEndian(digest) % L) * a) % L;
      return { message, signature: concatBytes(R, littleEndian(s)) };
    },
  };
}
