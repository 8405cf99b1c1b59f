import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Bytes, utf8 } from '../../src/bytes/bytes.ts';
import { deflate } from '../../src/bytes/deflate.ts';
import { DICTIONARY_1 } from '../../src/bytes/dictionary.ts';
import { inflate } from '../../src/bytes/inflate.ts';
import { createSign1 } from '../../src/cose/create-sign1.ts';
import { createEncrypt0, decodeEncrypt0, openEncrypt0 } from '../../src/cose/encrypt0.ts';
import { decodeSign1, verifySign1 } from '../../src/cose/sign1.ts';
import { webCrypto } from '../../src/crypto/web.ts';
import { codeOf } from '../support/code-of.ts';
import { testDevice, testSealingKey } from '../support/keys.ts';

const domainId = new Uint8Array(32);
const crypto = webCrypto();

test('a sealed and signed message goes its way in Node as in a browser', async () => {
  const { signer, publicKey } = await testDevice();
  const sealing = await testSealingKey();
  const claims = utf8('any claims');
  const message = await createSign1({ typ: 1, claims, domainId, signer });
  const sealed = await createEncrypt0({ ...sealing, typ: 1, message, domainId, crypto });
  const opened = await openEncrypt0(decodeEncrypt0(sealed), { opener: sealing.opener, domainId });
  const options = { domainId, publicKey, crypto, maxInflatedBytes: 100 };
  assert.deepEqual(await verifySign1(decodeSign1(opened), options), claims);
});

/** Words of the dictionary and noise, in many lengths. */
function samples(): Bytes[] {
  const words = utf8('Windows x86_64 export Export to PDF professional ');
  return Array.from({ length: 200 }, (_, index) => {
    const noise = new Uint8Array(randomBytes(index % 50));
    return new Uint8Array(
      Buffer.concat([noise, words.subarray(0, index % 48), words, noise, Buffer.alloc(index)]),
    );
  });
}

test('zlib inflates what deflate() writes', () => {
  for (const sample of samples()) {
    const deflated = deflate(sample);
    if (deflated === null) continue;
    const inflated = inflateRawSync(deflated, { dictionary: DICTIONARY_1 });
    assert.deepEqual(new Uint8Array(inflated), sample);
  }
});

test('inflate() takes what zlib writes, with every strategy and level', () => {
  const strategies = [
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
  ];
  for (const [index, sample] of samples().entries()) {
    const options = { strategy: strategies[index % 4] ?? 0, level: index % 10, dictionary: DICTIONARY_1 };
    const deflated = new Uint8Array(deflateRawSync(sample, options));
    assert.deepEqual(inflate(deflated, sample.length, 10_000), sample);
  }
});

test('inflate() refuses what zlib refuses, and nothing else', () => {
  let taken = 0;
  for (let index = 0; index < 3000; index += 1) {
    const stream = new Uint8Array(randomBytes(1 + (index % 40)));
    const byZlib = inflatedByZlib(stream);
    const code = codeOf(() => {
      const inflated = inflate(stream, byZlib?.length ?? 1000, 1000);
      assert.deepEqual(inflated, byZlib);
    });
    // What follows the final block zlib leaves to its caller.
    const isTaken = code === null || code === 'DEFLATE_TRAILING_BYTES';
    assert.equal(isTaken, byZlib !== null, `${Buffer.from(stream).toString('hex')}: ${code}`);
    if (isTaken) taken += 1;
  }
  assert.ok(taken > 0);
});

function inflatedByZlib(stream: Bytes): Bytes | null {
  try {
    return new Uint8Array(inflateRawSync(stream, { dictionary: DICTIONARY_1, maxOutputLength: 1000 }));
  } catch {
    return null;
  }
}
