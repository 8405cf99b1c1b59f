import { type Bytes, concatBytes } from '../../../src/bytes/bytes.ts';
import type { Signed } from '../../../src/crypto/crypto.ts';
import { Ed25519Verifier } from '../../../src/crypto/ed25519/verifier.ts';
import { randomBytes } from '../../../src/crypto/platform.ts';

/** One start from the file's bytes to the first answers, in milliseconds. */
export interface ColdStart {
  readonly compileMs: number;
  readonly instantiateMs: number;
  /** Tables of one key. */
  readonly tablesMs: number;
  /** The first verification. */
  readonly firstMs: number;
  /** After so many signatures, one by one, the start and they took no longer than the rival alone. */
  readonly breakEven: number;
}

/** What starts, and against whom. */
export interface ColdOptions {
  /** Builds of wasm/. */
  readonly files: Readonly<Record<'fma' | 'simd', Bytes>>;
  readonly rounds: number;
  readonly publicKey: Bytes;
  readonly samples: readonly Signed[];
  /** Verifies a sample without WebAssembly. */
  readonly rival: (sample: Signed) => unknown;
}

/** A build with digits of a width. */
export type ColdName = `${'fma' | 'simd'}-${5 | 8}`;

/** Starts by name, one a round. */
export type ColdStarts = Readonly<Record<ColdName, ColdStart[]>>;

const MAX_SIGNATURES = 5000;

/** Starts each build with the digits that are used, in turns; the rival is measured in each round anew. */
export async function startCold({ files, rounds, ...options }: ColdOptions): Promise<ColdStarts> {
  const starts: ColdStarts = { 'fma-5': [], 'fma-8': [], 'simd-5': [], 'simd-8': [] };
  for (let round = 0; round < rounds; round += 1) {
    const rivalMs = await timeOfRival(options);
    for (const build of ['fma', 'simd'] as const) {
      for (const digitBits of [5, 8] as const) {
        const start = await startOnce(asNew(files[build]), { ...options, digitBits, rivalMs });
        starts[`${build}-${digitBits}`].push(start);
      }
    }
  }
  return starts;
}

type Samples = Pick<ColdOptions, 'publicKey' | 'samples'>;

async function timeOfRival({ samples, rival }: Pick<ColdOptions, 'samples' | 'rival'>): Promise<number> {
  const started = performance.now();
  for (const sample of samples) await rival(sample);
  return (performance.now() - started) / samples.length;
}

async function startOnce(
  file: Bytes,
  { publicKey, samples, digitBits, rivalMs }: Samples & { digitBits: number; rivalMs: number },
): Promise<ColdStart> {
  const started = performance.now();
  const module = await WebAssembly.compile(file);
  const compiled = performance.now();
  const verifier = await Ed25519Verifier.create(module, { digitBits, keys: 1 });
  const instantiated = performance.now();
  verifier.prepare(publicKey);
  const prepared = performance.now();
  let [count, now, firstMs] = [0, prepared, 0];
  while (count < MAX_SIGNATURES && (count === 0 || now - started > count * rivalMs)) {
    const sample = samples[count % samples.length];
    if (!sample || !verifier.verify(publicKey, sample)) throw new Error('a good signature was refused');
    count += 1;
    now = performance.now();
    if (count === 1) firstMs = now - prepared;
  }
  return {
    compileMs: compiled - started,
    instantiateMs: instantiated - compiled,
    tablesMs: prepared - instantiated,
    firstMs,
    breakEven: count,
  };
}

/** Engines keep what they compiled by the bytes: a custom section makes these others, and says nothing. */
function asNew(file: Bytes): Bytes {
  const name = randomBytes(16);
  return concatBytes(file, Uint8Array.of(0, 1 + name.length, name.length - 8), name.fill(0x6e, 0, 8));
}
