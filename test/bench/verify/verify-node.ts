import { generateKeyPairSync, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import type { Signed } from '../../../src/crypto/crypto.ts';
import { Ed25519Verifier } from '../../../src/crypto/ed25519/verifier.ts';
import { rawPublicKey } from '../../../src/server/keys/key-objects.ts';
import { type Measurement, median, medianOf } from '../lines/measurement.ts';
import { nodeVersion, ownVersion } from '../lines/versions.ts';
import { type ColdStarts, startCold } from './cold.ts';

const ROUNDS = 40;
const SAMPLES = 64;

/** How long WebAssembly takes to get ready in Node, against the synchronous `verify` of node:crypto. */
export async function coldStartsInNode(rounds: number): Promise<ColdStarts> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return startCold({
    rounds,
    publicKey: rawPublicKey(privateKey),
    samples: Array.from({ length: SAMPLES }, () => signedBy(privateKey)),
    files: { fma: await fileOf('fma'), simd: await fileOf('simd') },
    rival: ({ signature, message }) => verify(null, message, publicKey, signature),
  });
}

/** The build on plain SIMD in Node, a key prepared, against the synchronous `verify` of node:crypto. */
export async function measureVerifyInNode(): Promise<Measurement> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = rawPublicKey(privateKey);
  const plan = { digitBits: 8, keys: 1 };
  const verifier = await Ed25519Verifier.create(await WebAssembly.compile(await fileOf('simd')), plan);
  verifier.prepare(raw);
  const samples = Array.from({ length: SAMPLES }, () => signedBy(privateKey));
  const rates = { wasm: [] as number[], node: [] as number[] };
  for (let round = -2; round < ROUNDS; round += 1) {
    const wasm = rateOf(samples, 4, signed => verifier.verify(raw, signed));
    const node = rateOf(samples, 1, ({ signature, message }) => verify(null, message, publicKey, signature));
    // The first rounds only warm up.
    if (round < 0) continue;
    rates.wasm.push(wasm);
    rates.node.push(node);
  }
  const micros = (name: string, values: number[]) => `${name} ${(1e6 / median(values)).toFixed(1)} µs`;
  return medianOf(
    rates.wasm.map((rate, round) => rate / (rates.node[round] ?? Number.NaN)),
    {
      name: 'verify.node-simd-vs-crypto-verify',
      unit: 'x',
      contenders: [`${ownVersion}: plain SIMD, prepared`, `crypto.verify of ${nodeVersion}`],
      notes: [micros('simd', rates.wasm), micros('crypto.verify', rates.node)],
    },
  );
}

async function fileOf(build: 'fma' | 'simd'): Promise<Bytes> {
  return new Uint8Array(await readFile(new URL(`../../../wasm/build/${build}.wasm`, import.meta.url)));
}

function rateOf(samples: readonly Signed[], times: number, check: (signed: Signed) => boolean): number {
  const started = performance.now();
  for (let time = 0; time < times; time += 1) {
    for (const signed of samples) if (!check(signed)) throw new Error('a good signature was refused');
  }
  return (times * samples.length * 1000) / (performance.now() - started);
}

function signedBy(privateKey: KeyObject): Signed {
  const message = new Uint8Array(randomBytes(200));
  return { message, signature: new Uint8Array(sign(null, message, privateKey)) };
}
