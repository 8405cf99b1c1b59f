import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { type Bytes, utf8 } from '../../src/bytes/bytes.ts';
import { keyId, thumbprint } from '../../src/cose/key.ts';
import { sha256 } from '../../src/crypto/hash.ts';

/** A TEST KEY: its private half is published, so it protects nothing. */
export interface TestKey {
  readonly curve: 'Ed25519' | 'P-256';
  readonly privateKey: Bytes;
  /** 32 bytes for Ed25519, 65 for P-256. */
  readonly publicKey: Bytes;
  readonly kid: Bytes;
  /** Deterministic (RFC 8032, RFC 6979); 64 bytes. */
  sign(message: Bytes): Bytes;
}

/** The TEST KEY of this name on Ed25519. */
export function ed25519TestKey(name: string): TestKey {
  const privateKey = seed(name);
  const publicKey: Bytes = new Uint8Array(ed25519.getPublicKey(privateKey));
  const sign = (message: Bytes): Bytes => new Uint8Array(ed25519.sign(message, privateKey));
  return { curve: 'Ed25519', privateKey, publicKey, kid: keyId(publicKey), sign };
}

/** The TEST KEY of this name on P-256. */
export function p256TestKey(name: string): TestKey {
  const privateKey = seed(name);
  const publicKey: Bytes = new Uint8Array(p256.getPublicKey(privateKey, false));
  const sign = (message: Bytes): Bytes => new Uint8Array(p256.sign(message, privateKey));
  return { curve: 'P-256', privateKey, publicKey, kid: keyId(publicKey), sign };
}

/** `length` bytes that stand for random ones. */
export function fixedBytes(name: string, length: number): Bytes {
  return seed(name).slice(0, length);
}

function seed(name: string): Bytes {
  return sha256(utf8(`latchkey test vectors ${name}`));
}

export const root = ed25519TestKey('root 1');
export const secondRoot = ed25519TestKey('root 2');
export const thirdRoot = ed25519TestKey('root 3');
export const strangeRoot = ed25519TestKey('root of another vendor');
export const issuer = ed25519TestKey('issuer');
export const newIssuer = ed25519TestKey('issuer of the second bundle');
export const retiredIssuer = ed25519TestKey('issuer, retired');
export const compromisedIssuer = ed25519TestKey('issuer, compromised');
export const receiptIssuer = ed25519TestKey('issuer of receipts alone');
export const otherProductIssuer = ed25519TestKey('issuer of another product');
export const strangeIssuer = ed25519TestKey('issuer that no bundle lists');
export const sealing = p256TestKey('sealing');
export const retiredSealing = p256TestKey('sealing, retired');
export const strangeSealing = p256TestKey('sealing that no portal holds');
export const device = p256TestKey('device');
export const otherDevice = p256TestKey('device, another');
/** Its private half is the ephemeral key of every seal in the vectors. */
export const ephemeral = p256TestKey('ephemeral');

export const domainId = thumbprint(root.publicKey);
export const otherDomainId = thumbprint(strangeRoot.publicKey);
export const deviceId = thumbprint(device.publicKey);
