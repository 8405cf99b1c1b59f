import { ed25519 } from '@noble/curves/ed25519.js';
import type { Bytes } from '../../src/bytes/bytes.ts';
import { keyId } from '../../src/cose/key.ts';
import type { Opener, Signer } from '../../src/crypto/crypto.ts';
import { createDeviceKey, deviceSigner, publicKeyBytes } from '../../src/crypto/device-key.ts';
import { openerFromKeyPair } from '../../src/crypto/hpke.ts';

/** A test issuer or root: always the same key for the same number. */
export function testIssuer(number: number): { signer: Signer; publicKey: Bytes } {
  const secretKey = new Uint8Array(32).fill(number);
  const publicKey = new Uint8Array(ed25519.getPublicKey(secretKey));
  const sign = async (message: Bytes) => new Uint8Array(ed25519.sign(message, secretKey));
  return { signer: { alg: -19, kid: keyId(publicKey), sign }, publicKey };
}

/** A test device, with a new key. */
export async function testDevice(): Promise<{ signer: Signer; publicKey: Bytes }> {
  const pair = await createDeviceKey();
  return { signer: deviceSigner(pair.privateKey), publicKey: await publicKeyBytes(pair) };
}

/** A test sealing key, with a new key. */
export async function testSealingKey(): Promise<{ opener: Opener; publicKey: Bytes; kid: Bytes }> {
  const algorithm = { name: 'ECDH', namedCurve: 'P-256' };
  const pair = await globalThis.crypto.subtle.generateKey(algorithm, false, ['deriveBits']);
  const publicKey = await publicKeyBytes(pair);
  const kid = keyId(publicKey);
  return { opener: openerFromKeyPair(pair, kid), publicKey, kid };
}
