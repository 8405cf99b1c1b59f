import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { suite, test } from 'node:test';
import { type Bytes, utf8 } from '../../../src/bytes/bytes.ts';
import { toHex } from '../../../src/bytes/hex.ts';
import { inflate } from '../../../src/bytes/inflate.ts';
import { keyId } from '../../../src/cose/key.ts';
import { createDeviceKey, deviceSigner, publicKeyBytes } from '../../../src/crypto/device-key.ts';
import { nobleCrypto } from '../../../src/crypto/noble.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { encodeEcdsaSignature } from '../../../src/server/keys/ecdsa-signature.ts';
import { hpkeOpener } from '../../../src/server/keys/hpke-opener.ts';
import { p256PrivateKey, rawPrivateKey, rawPublicKey } from '../../../src/server/keys/key-objects.ts';
import { ed25519Signer, nodeCrypto, nodeDeflate } from '../../../src/server/keys/node-crypto.ts';

const message = utf8('a message of the portal');

function flipped(bytes: Bytes, place: number): Bytes {
  const copy = bytes.slice();
  copy[place] = (copy[place] ?? 0) ^ 1;
  return copy;
}

suite('hpkeOpener()', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const publicKey = rawPublicKey(privateKey);
  const opener = hpkeOpener(privateKey);
  const aad = utf8('aad');

  test('opens what the package hpke seals, of any length', async () => {
    for (const length of [0, 1, 15, 16, 17, 300, 8192]) {
      const plaintext = new Uint8Array(randomBytes(length));
      const { ek, ciphertext } = await webCrypto().seal(publicKey, aad, plaintext);
      assert.deepEqual(await opener.open(ek, aad, ciphertext), plaintext);
    }
  });

  test('refuses anything changed and everything of another key with SEAL_BROKEN', async () => {
    const { ek, ciphertext } = await webCrypto().seal(publicKey, aad, message);
    const other = hpkeOpener(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey);
    const attempts = [
      () => opener.open(flipped(ek, 30), aad, ciphertext),
      () => opener.open(ek, utf8('add'), ciphertext),
      () => opener.open(ek, aad, flipped(ciphertext, 0)),
      () => opener.open(ek, aad, flipped(ciphertext, ciphertext.length - 1)),
      () => opener.open(ek, aad, ciphertext.slice(0, -1)),
      () => opener.open(ek, aad, new Uint8Array(0)),
      () => opener.open(new Uint8Array(65), aad, ciphertext),
      () => other.open(ek, aad, ciphertext),
    ];
    for (const attempt of attempts) {
      await assert.rejects(attempt, error => error instanceof LatchkeyError && error.code === 'SEAL_BROKEN');
    }
  });

  test('names its key by the first 8 bytes of the thumbprint, and comes back from its raw private half', async () => {
    assert.deepEqual(opener.kid, keyId(publicKey));
    const again = hpkeOpener(p256PrivateKey(rawPrivateKey(privateKey)));
    const { ek, ciphertext } = await webCrypto().seal(publicKey, aad, message);
    assert.deepEqual(await again.open(ek, aad, ciphertext), message);
  });
});

test('encodeEcdsaSignature() writes short numbers shortly and none that looks negative', () => {
  const signature = new Uint8Array(64);
  signature[31] = 0x01;
  signature[63] = 0x80;
  assert.equal(toHex(encodeEcdsaSignature(signature)), '3007020101' + '02020080');
  assert.equal(toHex(encodeEcdsaSignature(new Uint8Array(64))), '3006020100' + '020100');
});

suite('nodeCrypto()', () => {
  test('verifies what a device signs with WebCrypto, and nothing else', async () => {
    const pair = await createDeviceKey();
    const publicKey = await publicKeyBytes(pair);
    const signature = await deviceSigner(pair.privateKey).sign(message);
    const { verifyP256 } = nodeCrypto();
    assert.equal(await verifyP256(publicKey, signature, message), true);
    assert.equal(await verifyP256(publicKey, flipped(signature, 5), message), false);
    assert.equal(await verifyP256(publicKey, signature, flipped(message, 5)), false);
    assert.equal(await verifyP256(publicKey, signature.slice(1), message), false);
  });

  test('refuses what is no public key with KEY_MALFORMED', async () => {
    for (const publicKey of [new Uint8Array(64), new Uint8Array(65), new Uint8Array(65).fill(4)]) {
      await assert.rejects(
        nodeCrypto().verifyP256(publicKey, new Uint8Array(64), message),
        error => error instanceof LatchkeyError && error.code === 'KEY_MALFORMED',
      );
    }
  });

  test('refuses an Ed25519 key of small order, under which anyone can sign', async () => {
    const identity = new Uint8Array(32);
    identity[0] = 1;
    const forged = new Uint8Array(64);
    forged[0] = 1;
    await assert.rejects(
      nodeCrypto().verifyEd25519(identity, forged, message),
      error => error instanceof LatchkeyError && error.code === 'KEY_SMALL_ORDER',
    );
  });
});

test('ed25519Signer() makes the same signature as any other implementation takes', async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const signer = ed25519Signer(privateKey);
  const signature = await signer.sign(message);
  for (const crypto of [nodeCrypto(), webCrypto(), nobleCrypto()]) {
    assert.equal(await crypto.verifyEd25519(rawPublicKey(privateKey), signature, message), true);
    assert.equal(
      await crypto.verifyEd25519(rawPublicKey(privateKey), flipped(signature, 40), message),
      false,
    );
  }
});

suite('nodeDeflate()', () => {
  test('makes what inflate() of bytes/ takes, past its window and its buffer too', () => {
    for (const length of [40, 341, 1023, 1025, 4097, 9000, 65_536]) {
      const half = randomBytes(length / 2)
        .toString('base64')
        .slice(0, length / 2);
      const text = utf8(half + half);
      const deflated = nodeDeflate(text);
      assert.ok(deflated !== null && deflated.length < text.length);
      assert.equal(toHex(inflate(deflated, text.length, text.length)), toHex(text));
    }
  });

  test('returns null for what gets no shorter', () => {
    assert.equal(nodeDeflate(new Uint8Array(randomBytes(2000))), null);
  });
});
