import { expect } from '@open-wc/testing';
import { type Bytes, equalBytes } from '../../../src/bytes/bytes.ts';
import { toHex } from '../../../src/bytes/hex.ts';
import { fingerprintKey, keyLookup, keyProof, keySecret } from '../../../src/license/credentials.ts';
import { parseLicenseKey } from '../../../src/license/license-key.ts';

const key = parseLicenseKey('00000-00007-0000E-0000N-0000W');
const filled = (length: number, byte: number): Bytes => new Uint8Array(length).fill(byte);
const domainId = filled(32, 1);
const deviceId = filled(32, 2);
const requestId = filled(16, 3);
const secret = keySecret(domainId, key);

async function subtleHmac(secretBytes: Bytes, message: Bytes): Promise<Bytes> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const hmacKey = await crypto.subtle.importKey('raw', secretBytes, algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', hmacKey, message));
}

async function subtleSha256(message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', message));
}

function joined(...parts: (string | Bytes)[]): Bytes {
  const bytes = parts.flatMap(part => [
    ...(typeof part === 'string' ? new TextEncoder().encode(part) : part),
  ]);
  return Uint8Array.from(bytes);
}

describe('the credentials of a license key', () => {
  it('are the hashes that the format names, as WebCrypto computes them', async () => {
    const expected = await subtleSha256(joined('latchkey-1 key', domainId, '00000000070000E0000N0000W'));
    expect(toHex(secret)).to.equal(toHex(expected));
    const lookup = await subtleSha256(joined('latchkey-1 lookup', expected));
    expect(toHex(keyLookup(secret))).to.equal(toHex(lookup.slice(0, 8)));
    const proof = await subtleHmac(expected, joined(deviceId, requestId));
    expect(toHex(keyProof(secret, deviceId, requestId))).to.equal(toHex(proof.slice(0, 16)));
  });

  it('differ at another vendor', () => {
    const elsewhere = keySecret(filled(32, 9), key);
    expect(equalBytes(keyLookup(elsewhere), keyLookup(secret))).to.equal(false);
  });

  it('prove nothing for another device or request', () => {
    const proof = keyProof(secret, deviceId, requestId);
    expect(equalBytes(keyProof(secret, filled(32, 4), requestId), proof)).to.equal(false);
    expect(equalBytes(keyProof(secret, deviceId, filled(16, 4)), proof)).to.equal(false);
  });
});

describe('fingerprintKey()', () => {
  it('is of the key and the vendor, or of the vendor alone', async () => {
    const withKey = await subtleHmac(secret, joined('latchkey-1 fingerprint', domainId));
    expect(toHex(fingerprintKey(domainId, secret))).to.equal(toHex(withKey));
    const without = await subtleHmac(filled(32, 0), joined('latchkey-1 fingerprint', domainId));
    expect(toHex(fingerprintKey(domainId, null))).to.equal(toHex(without));
  });
});
