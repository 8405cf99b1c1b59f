import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import type { Signed } from '../../../src/crypto/crypto.ts';
import { Ed25519Verifier, type VerifierPlan } from '../../../src/crypto/ed25519/verifier.ts';
import { type Build, compileWasm } from '../../../wasm/generate/main.ts';
import { type Probe, probeOn } from '../../support/wasm/probe.ts';
import type { KeyPair } from '../../support/wasm/verifier-checks.ts';

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

export function newKeyPair(): KeyPair & { keyObject: KeyObject } {
  const { publicKey: keyObject, privateKey } = generateKeyPairSync('ed25519');
  const der = keyObject.export({ format: 'der', type: 'spki' });
  return {
    keyObject,
    publicKey: new Uint8Array(der.subarray(derBefore.length)),
    sign: message => new Uint8Array(sign(null, message, privateKey)),
  };
}

/** The parts of a build, compiled from its source. */
export async function probeOf(build: Build): Promise<Probe> {
  return probeOn(await WebAssembly.compile(await compileWasm(build, 'probe.ts')));
}
