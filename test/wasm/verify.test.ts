import assert from 'node:assert/strict';
import { randomInt, verify } from 'node:crypto';
import { suite, test } from 'node:test';
import type { Bytes } from '../../src/bytes/bytes.ts';
import type { Signed } from '../../src/crypto/crypto.ts';
import { builds } from '../support/wasm/probe.ts';
import { signedBy, tampered, verifierChecks } from '../support/wasm/verifier-checks.ts';
import { moduleOf, newKeyPair, opensslVerifies, verifierOf } from './support/verifiers.ts';

/** Ten thousand in every run; `npm run proof` asks for a million. */
const CASES = Number(process.env.LATCHKEY_PROOF_CASES ?? 10_000);
const CASES_A_KEY = 200;

for (const build of builds) {
  const checks = verifierChecks(build, await moduleOf(build), { newKeyPair, verifies: opensslVerifies });
  suite(`the ${build} build`, () => {
    for (const [name, check] of Object.entries(checks)) test(name, check);
  });
}

test(`${CASES} signatures, four in five tampered with, are answered as OpenSSL and WebCrypto answer them`, async () => {
  const plan = { digitBits: 8, keys: 1 };
  for (let done = 0; done < CASES; done += CASES_A_KEY) {
    const pair = newKeyPair();
    const { publicKey, keyObject } = pair;
    const list = Array.from({ length: CASES_A_KEY }, (_, index) =>
      tampered(signedBy(pair, randomInt(320)), index % 5),
    );
    const expected = list.map(({ signature, message }) => verify(null, message, keyObject, signature));
    assert.deepEqual(await webCryptoAnswers(publicKey, list), expected);
    const [fma, simd] = [await verifierOf('fma', plan), await verifierOf('simd', plan)];
    const some = list.slice(0, CASES_A_KEY / 10);
    const unprepared = [fma, simd].map(each => each.verifyList(publicKey, some));
    for (const answer of unprepared) assert.deepEqual(answer, expected.slice(0, some.length));
    for (const verifier of [fma, simd]) {
      verifier.prepare(publicKey);
      assert.deepEqual(verifier.verifyList(publicKey, list), expected);
      assert.deepEqual(
        some.map(signed => verifier.verify(publicKey, signed)),
        expected.slice(0, some.length),
      );
    }
  }
});

test('the scalar build answers as WebCrypto does', async () => {
  const verifier = await verifierOf('scalar', { digitBits: 4, keys: 4 });
  for (let key = 0; key < 4; key += 1) {
    const pair = newKeyPair();
    const { publicKey } = pair;
    const list = Array.from({ length: 50 }, (_, index) => tampered(signedBy(pair), index % 5));
    const expected = await webCryptoAnswers(publicKey, list);
    const unprepared = list.map(signed => verifier.verify(publicKey, signed));
    verifier.prepare(publicKey);
    assert.deepEqual(unprepared, expected);
    assert.deepEqual(verifier.verifyList(publicKey, list), expected);
  }
});

async function webCryptoAnswers(publicKey: Bytes, list: readonly Signed[]): Promise<boolean[]> {
  const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
  return Promise.all(
    list.map(({ signature, message }) => crypto.subtle.verify('Ed25519', key, signature, message)),
  );
}
