import { expect } from '@open-wc/testing';
import { utf8 } from '../../../src/bytes/bytes.ts';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import { createDeviceKey, publicKeyBytes } from '../../../src/crypto/device-key.ts';
import { hmacSha256, sha256 } from '../../../src/crypto/hash.ts';
import { nobleCrypto } from '../../../src/crypto/noble.ts';
import { randomBytes } from '../../../src/crypto/platform.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { testSealingKey } from '../../support/keys.ts';

const aad = utf8('aad');
const plaintext = utf8('a request');

for (const [name, crypto] of Object.entries({ 'webCrypto()': webCrypto(), 'nobleCrypto()': nobleCrypto() })) {
  describe(`${name} seal()`, () => {
    it('seals what the pair opens', async () => {
      const { opener, publicKey } = await testSealingKey();
      const { ek, ciphertext } = await crypto.seal(publicKey, aad, plaintext);
      expect(ek.length).to.equal(65);
      expect(ciphertext.length).to.equal(plaintext.length + 16);
      expect(await opener.open(ek, aad, ciphertext)).to.deep.equal(plaintext);
    });

    it('seals twice in different ways', async () => {
      const { publicKey } = await testSealingKey();
      const first = await crypto.seal(publicKey, aad, plaintext);
      const second = await crypto.seal(publicKey, aad, plaintext);
      expect(first.ek).to.not.deep.equal(second.ek);
      expect(first.ciphertext).to.not.deep.equal(second.ciphertext);
    });

    it('refuses a key that is not on the curve: KEY_MALFORMED', async () => {
      const key = fromHex(`04${'01'.repeat(64)}`);
      expect(await codeOfAsync(() => crypto.seal(key, aad, plaintext))).to.equal('KEY_MALFORMED');
    });
  });
}

describe('openerFromKeyPair()', () => {
  it('refuses anything changed: SEAL_BROKEN', async () => {
    const { opener, publicKey } = await testSealingKey();
    const { ek, ciphertext } = await webCrypto().seal(publicKey, aad, plaintext);
    const other = await testSealingKey();
    const attempts = [
      () => opener.open(ek, utf8('other'), ciphertext),
      () => opener.open(ek, aad, ciphertext.slice(1)),
      () => opener.open(ek, aad, new Uint8Array(0)),
      () => opener.open(other.publicKey, aad, ciphertext),
      () => opener.open(new Uint8Array(65), aad, ciphertext),
      () => opener.open(new Uint8Array(3), aad, ciphertext),
      () => other.opener.open(ek, aad, ciphertext),
    ];
    for (const attempt of attempts) expect(await codeOfAsync(attempt)).to.equal('SEAL_BROKEN');
  });
});

describe('createDeviceKey()', () => {
  it('makes a private key that nobody can export', async () => {
    const pair = await createDeviceKey();
    expect(pair.privateKey.extractable).to.equal(false);
    const publicKey = await publicKeyBytes(pair);
    expect(publicKey.length).to.equal(65);
    expect(publicKey[0]).to.equal(4);
  });
});

describe('sha256() and hmacSha256()', () => {
  it('agree with WebCrypto over joined parts', async () => {
    const joined = utf8('joined parts');
    const digest = await globalThis.crypto.subtle.digest('SHA-256', joined);
    expect(sha256(utf8('joined '), utf8('parts'))).to.deep.equal(new Uint8Array(digest));
    const key = await importHmacKey(fromHex('0b'.repeat(20)));
    const mac = await globalThis.crypto.subtle.sign('HMAC', key, joined);
    expect(hmacSha256(fromHex('0b'.repeat(20)), utf8('joined '), utf8('parts'))).to.deep.equal(
      new Uint8Array(mac),
    );
  });

  it('give test case 1 of RFC 4231', () => {
    expect(toHex(hmacSha256(fromHex('0b'.repeat(20)), utf8('Hi There')))).to.equal(
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    );
  });
});

describe('randomBytes()', () => {
  it('fills more than the platform gives at once', () => {
    const bytes = randomBytes(100_000);
    expect(bytes.length).to.equal(100_000);
    expect(bytes.subarray(-32).some(byte => byte !== 0)).to.equal(true);
    expect(randomBytes(16)).to.not.deep.equal(randomBytes(16));
  });
});

function importHmacKey(key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return globalThis.crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}
