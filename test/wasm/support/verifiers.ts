import { createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import type { Signed } from '../../../src/crypto/crypto.ts';
import { Ed25519Verifier, type VerifierPlan } from '../../../src/crypto/ed25519/verifier.ts';
import type { Build } from '../../../wasm/generate/main.ts';

/** A build as it lies in wasm/build/. */
export async function moduleOf(build: Build): Promise<WebAssembly.Module> {
  const file = new URL(`../../../wasm/build/${build}.wasm`, import.meta.url);
  modules[build] ??= readFile(file).then(bytes => WebAssembly.compile(bytes));
  return modules[build];
}

const modules: Partial<Record<Build, Promise<WebAssembly.Module>>> = {};

export async function verifierOf(build: Build, plan: VerifierPlan): Promise<Ed25519Verifier> {
  return Ed25519Verifier.create(await moduleOf(build), plan);
}

/** DER that stands before a raw key (RFC 8410). */
const derBefore = Buffer.from('302a300506032b6570032100', 'hex');

/** What OpenSSL says: cofactorless, S below L, R compared as bytes. */
export function opensslVerifies(publicKey: Bytes, { signature, message }: Signed): boolean {
  return verify(null, message, keyObject(publicKey), signature);
}

export function keyObject(publicKey: Bytes): KeyObject {
  return createPublicKey({ key: Buffer.concat([derBefore, publicKey]), format: 'der', type: 'spki' });
}

export function newKeyPair(): { publicKey: Bytes; keyObject: KeyObject; privateKey: KeyObject } {
  const pair = generateKeyPairSync('ed25519');
  const der = pair.publicKey.export({ format: 'der', type: 'spki' });
  return { ...pair, keyObject: pair.publicKey, publicKey: new Uint8Array(der.subarray(derBefore.length)) };
}

/** A number as 32 little-endian bytes. */
export function littleEndian(value: bigint, length = 32): Bytes {
  return Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

export function fromLittleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}
