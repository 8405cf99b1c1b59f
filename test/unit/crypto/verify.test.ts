import { p256 } from '@noble/curves/nist.js';
import { expect } from '@open-wc/testing';
import { utf8 } from '../../../src/bytes/bytes.ts';
import { fromHex } from '../../../src/bytes/hex.ts';
import { nobleCrypto } from '../../../src/crypto/noble.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { testDevice, testIssuer } from '../../support/keys.ts';

const backends = {
  'webCrypto() with WebCrypto': webCrypto({ ed25519: 'webcrypto' }),
  'webCrypto() with WASM and fused multiply-adds': webCrypto({ ed25519: 'wasm-fma' }),
  'webCrypto() with WASM and plain SIMD': webCrypto({ ed25519: 'wasm-simd' }),
  'webCrypto() with noble': webCrypto({ ed25519: 'noble' }),
  'webCrypto() by itself': webCrypto(),
  'nobleCrypto()': nobleCrypto(),
};
const message = utf8('a message');
const P256_ORDER = p256.Point.Fn.ORDER;

for (const [name, crypto] of Object.entries(backends)) {
  describe(`${name} verifyEd25519()`, () => {
    const { signer, publicKey } = testIssuer(1);

    it('takes test 3 of RFC 8032, section 7.1', async () => {
      const isValid = await crypto.verifyEd25519(
        fromHex('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025'),
        fromHex(
          '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac' +
            '18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
        ),
        fromHex('af82'),
      );
      expect(isValid).to.equal(true);
    });

    it('is false for another message, key or signature', async () => {
      const signature = await signer.sign(message);
      expect(await crypto.verifyEd25519(publicKey, signature, message)).to.equal(true);
      expect(await crypto.verifyEd25519(publicKey, signature, utf8('another'))).to.equal(false);
      expect(await crypto.verifyEd25519(testIssuer(2).publicKey, signature, message)).to.equal(false);
      for (const at of [0, 31, 32, 63]) {
        const flipped = signature.slice();
        flipped[at] = (flipped[at] ?? 0) ^ 1;
        expect(await crypto.verifyEd25519(publicKey, flipped, message)).to.equal(false);
      }
    });

    it('is false for a signature of another length', async () => {
      const signature = await signer.sign(message);
      for (const length of [0, 32, 63]) {
        expect(await crypto.verifyEd25519(publicKey, signature.slice(0, length), message)).to.equal(false);
      }
      expect(await crypto.verifyEd25519(publicKey, new Uint8Array(65), message)).to.equal(false);
    });

    it('is false for an s that is not reduced', async () => {
      const signature = await signer.sign(message);
      const order = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
      let carry = 0;
      for (const [index, byte] of order.entries()) {
        const sum = (signature[32 + index] ?? 0) + byte + carry;
        signature[32 + index] = sum;
        carry = sum >> 8;
      }
      expect(await crypto.verifyEd25519(publicKey, signature, message)).to.equal(false);
    });

    it('refuses the forgery that browsers accept under a key of small order: KEY_SMALL_ORDER', async () => {
      const identity = fromHex(`01${'00'.repeat(31)}`);
      const forged = fromHex(`01${'00'.repeat(63)}`);
      expect(await codeOfAsync(() => crypto.verifyEd25519(identity, forged, message))).to.equal(
        'KEY_SMALL_ORDER',
      );
    });
  });

  describe(`${name} verifyP256()`, () => {
    it('takes the signature of a device key', async () => {
      const { signer, publicKey } = await testDevice();
      const signature = await signer.sign(message);
      expect(signature.length).to.equal(64);
      expect(await crypto.verifyP256(publicKey, signature, message)).to.equal(true);
      expect(await crypto.verifyP256(publicKey, signature, utf8('another'))).to.equal(false);
      expect(await crypto.verifyP256((await testDevice()).publicKey, signature, message)).to.equal(false);
    });

    it('takes both values of s', async () => {
      const { signer, publicKey } = await testDevice();
      const { r, s } = p256.Signature.fromBytes(await signer.sign(message), 'compact');
      const other = new p256.Signature(r, P256_ORDER - s).toBytes('compact');
      expect(await crypto.verifyP256(publicKey, new Uint8Array(other), message)).to.equal(true);
    });

    it('is false for zeros, values past the order and other lengths', async () => {
      const { signer, publicKey } = await testDevice();
      const signature = await signer.sign(message);
      const signatures = [
        new Uint8Array(64),
        new Uint8Array(64).fill(0xff),
        new Uint8Array(0),
        signature.slice(0, 63),
        new Uint8Array(65),
        fromHex(`3046022100${'11'.repeat(32)}022100${'11'.repeat(32)}`),
      ];
      for (const wrong of signatures)
        expect(await crypto.verifyP256(publicKey, wrong, message)).to.equal(false);
    });

    it('refuses a key that is not on the curve: KEY_MALFORMED', async () => {
      const key = fromHex(`04${'01'.repeat(64)}`);
      const verify = () => crypto.verifyP256(key, new Uint8Array(64), message);
      expect(await codeOfAsync(verify)).to.equal('KEY_MALFORMED');
    });
  });
}
