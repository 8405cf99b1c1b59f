import { ed25519 } from '@noble/curves/ed25519.js';
import sodium from 'libsodium-wrappers';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import type { Signed } from '../../../src/crypto/crypto.ts';
import { addresses, type Build, loadBuild } from '../../../src/crypto/ed25519/build.ts';
import { Ed25519Verifier } from '../../../src/crypto/ed25519/verifier.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import type { License } from '../../../src/format/license.ts';
import { matchFingerprint } from '../../../src/license/node-lock.ts';
import { licenseStatus } from '../../../src/license/status.ts';
import { verifyStoredLicense } from '../../../src/verify/license.ts';
import { ISSUED_AT, licenseClaims, TestVendor } from '../../support/vendor.ts';
import { type ColdStarts, startCold } from './cold.ts';

/**
 * Who verifies: libraries, the project's own call on WebCrypto, and the builds of wasm/ in their ways; and who only
 * issues the vector operations of a build's table additions.
 */
export type Contenders =
  | 'webcrypto'
  | 'own'
  | 'noble'
  | 'libsodium'
  | 'prepared'
  | 'list64'
  | 'simd'
  | 'unknownKey'
  | 'license'
  | 'licenseList'
  | 'fullLicense'
  | 'fmaIssue'
  | 'simdIssue';

/** Verifications per second, one figure a round, by contender that was measured. */
export type VerifyRates = Readonly<Partial<Record<Contenders, number[]>>>;

/** Verifies samples, or throws; says how many. */
type Run = (samples: readonly Sample[]) => Promise<number> | number;

interface Contender {
  readonly run: Run;
  /** How often a round does that: about as many milliseconds for each contender. */
  readonly times: number;
}

interface Sample extends Signed {
  readonly publicKey: Bytes;
  readonly imported: CryptoKey;
}

/** All samples are of one key, as all files of a vendor are. */
const SAMPLES = 64;
/** Rounds that only warm up: engines compile twice. */
const WARM_UP = 3;
/** Digits that a page takes when it verifies much. */
const DIGIT_BITS = 8;

/** What issues the vector operations of verifications; see issue.ts. */
export interface IssueLoop {
  /** A module with `run(n)`, for n table additions. */
  readonly wasm: readonly number[];
  /** Table additions of a verification. */
  readonly additions: number;
  /** Vector operations of them all. */
  readonly operations: number;
}

export type IssueLoops = Readonly<Record<'fma' | 'simd', IssueLoop>>;

export interface Measuring {
  readonly messageBytes: number;
  readonly rounds: number;
  /** Who is measured. */
  readonly names: readonly Contenders[];
  /** For who issues alone. */
  readonly loops?: IssueLoops;
}

/** Runs in a page: how long WebAssembly takes to get ready there, against WebCrypto. */
export async function coldStarts(rounds: number): Promise<ColdStarts> {
  const samples = await makeSamples(200);
  const [first] = samples;
  if (!first) throw new TypeError('expected a sample');
  const { publicKey, imported } = first;
  return startCold({
    rounds,
    publicKey,
    samples,
    files: { fma: await bytesOf(addresses.fma), simd: await bytesOf(addresses.simd) },
    rival: ({ signature, message }) => subtle().verify('Ed25519', imported, signature, message),
  });
}

async function bytesOf(address: URL): Promise<Bytes> {
  return new Uint8Array(await (await fetch(address)).arrayBuffer());
}

/**
 * Runs in a page. The contenders take turns, each round beginning with another one. Who needs relaxed SIMD has no rates
 * in a browser without it.
 */
export async function verifyRates(measuring: Measuring): Promise<VerifyRates> {
  const { messageBytes, rounds, loops } = measuring;
  const samples = await makeSamples(messageBytes);
  const contenders = await contendersFor(samples, loops);
  const names = measuring.names.filter(name => contenders[name]);
  const rates: Partial<Record<Contenders, number[]>> = {};
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (const [turn] of names.entries()) {
      const name = names[(turn + round + WARM_UP) % names.length] ?? 'webcrypto';
      const contender = contenders[name];
      if (!contender) continue;
      const rate = await rateOf(contender, samples);
      rates[name] ??= [];
      if (round >= 0) rates[name].push(rate);
    }
  }
  return rates;
}

async function rateOf({ run, times }: Contender, samples: readonly Sample[]): Promise<number> {
  let count = 0;
  const started = performance.now();
  for (let time = 0; time < times; time += 1) count += await run(samples);
  return (count * 1000) / (performance.now() - started);
}

async function contendersFor(
  samples: readonly Sample[],
  loops?: IssueLoops,
): Promise<Partial<Record<Contenders, Contender>>> {
  const publicKey = samples[0]?.publicKey ?? new Uint8Array();
  const own = webCrypto({ ed25519: 'webcrypto' });
  const [fma, simd, unknown] = [await verifierOf('fma'), await verifierOf('simd'), await verifierOf('fma')];
  for (const prepared of [fma, simd]) prepared?.prepare(publicKey);
  const license = await licenseCheck(smallLicense);
  const full = await licenseCheck(fullLicense);
  await sodium.ready;
  return {
    webcrypto: { times: 2, run: each(s => subtle().verify('Ed25519', s.imported, s.signature, s.message)) },
    own: { times: 1, run: each(s => own.verifyEd25519(s.publicKey, s.signature, s.message)) },
    noble: {
      times: 1,
      run: every(s => ed25519.verify(s.signature, s.message, s.publicKey, { zip215: false }), 12),
    },
    libsodium: {
      times: 1,
      run: every(s => sodium.crypto_sign_verify_detached(s.signature, s.message, s.publicKey)),
    },
    license: { times: 4, run: each(license) },
    fullLicense: { times: 3, run: each(full) },
    licenseList: { times: 4, run: async list => countGood(await Promise.all(list.map(license))) },
    ...(fma && {
      prepared: { times: 8, run: every(s => fma.verify(s.publicKey, s)) },
      list64: { times: 8, run: list => countGood(fma.verifyList(publicKey, list)) },
      ...(loops && { fmaIssue: { times: 8, run: await issue(loops.fma) } }),
    }),
    ...(unknown && { unknownKey: { times: 2, run: every(s => unknown.verify(s.publicKey, s)) } }),
    ...(simd && {
      simd: { times: 4, run: every(s => simd.verify(s.publicKey, s)) },
      ...(loops && { simdIssue: { times: 4, run: await issue(loops.simd) } }),
    }),
  };
}

async function issue({ wasm, additions }: IssueLoop): Promise<Run> {
  const { instance } = await WebAssembly.instantiate(Uint8Array.from(wasm));
  const { run } = instance.exports;
  if (typeof run !== 'function') throw new TypeError('expected a loop');
  return samples => {
    run(additions * samples.length);
    return samples.length;
  };
}

function each(verify: (sample: Sample) => Promise<boolean>): Run {
  return async samples => {
    for (const sample of samples) countGood([await verify(sample)]);
    return samples.length;
  };
}

function every(verify: (sample: Sample) => boolean, count = SAMPLES): Run {
  return samples => {
    for (const sample of samples.slice(0, count)) countGood([verify(sample)]);
    return count;
  };
}

function countGood(answers: readonly boolean[]): number {
  if (!answers.every(Boolean)) throw new Error('a good signature was refused');
  return answers.length;
}

async function verifierOf(build: Build): Promise<Ed25519Verifier | null> {
  const loaded = await loadBuild([build]);
  if (!loaded) return null;
  return Ed25519Verifier.create(loaded.module, { digitBits: DIGIT_BITS, keys: 1 });
}

const codes = ['pdf-export', 'batch-render', 'color-profiles', 'scan', 'api'];
const smallLicense: Partial<License> = { features: codes.map(code => ({ code })) };

/** As a portal issues it to a real device: all signals, names, an end, and features of which one is counted. */
const fullLicense: Partial<License> = {
  licenseType: 'time-limited',
  expiresAt: ISSUED_AT + 365 * 86_400,
  graceHours: 72,
  holder: 'Harbor Drawing Office',
  deviceName: 'Design workstation 4',
  fingerprint: Uint8Array.from({ length: 56 }, (_, place) => (place * 89) % 251),
  acknowledged: { sequence: 0, head: new Uint8Array(32).fill(7) },
  features: codes.map(code => ({
    code,
    name: `Feature ${code}`,
    ...(code === 'batch-render' && { limits: { maximum: 5000, overageMaximum: 250 } }),
  })),
};

/** What a device does with a stored license: decode, verify, inflate, parse, apply the rules. */
async function licenseCheck(changes: Partial<License>): Promise<() => Promise<boolean>> {
  const vendor = await TestVendor.create();
  const claims = licenseClaims(changes);
  const file = await vendor.license(claims);
  const crypto = webCrypto();
  const trust = await vendor.trust();
  await crypto.prepare([vendor.issuer.publicKey]);
  const fingerprint = changes.fingerprint ?? new Uint8Array();
  const deviceTimeMs = (ISSUED_AT + 3600) * 1000;
  const verifying = { trust, crypto, deviceId: claims.deviceId, product: claims.product };
  return async () => {
    const { claims: license } = await verifyStoredLicense(file, verifying);
    const nodeLock = matchFingerprint(license.fingerprint, fingerprint);
    return licenseStatus({ license, deviceTimeMs, clockSetBack: false, totals: [], nodeLock }).unlocked;
  };
}

async function makeSamples(messageBytes: number): Promise<Sample[]> {
  const pair = await subtle().generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
  if (!('publicKey' in pair)) throw new TypeError('expected a key pair');
  const publicKey = new Uint8Array(await subtle().exportKey('raw', pair.publicKey));
  return Promise.all(
    Array.from({ length: SAMPLES }, async () => {
      const message = globalThis.crypto.getRandomValues(new Uint8Array(messageBytes));
      const signature = new Uint8Array(await subtle().sign('Ed25519', pair.privateKey, message));
      return { publicKey, imported: pair.publicKey, signature, message };
    }),
  );
}

function subtle(): SubtleCrypto {
  return globalThis.crypto.subtle;
}
