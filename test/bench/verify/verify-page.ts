import { ed25519 } from '@noble/curves/ed25519.js';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { webCrypto } from '../../../src/crypto/web.ts';

/** Verifications per second, one figure a round, of the contenders side by side. */
export interface VerifyRates {
  /** `crypto.subtle.verify` with an imported key. */
  readonly webcrypto: number[];
  /** noble's `verify` alone. */
  readonly noble: number[];
  /** The project's own call on WebCrypto, which checks and imports the key each time. */
  readonly own: number[];
}

const KEYS = 4;
/** Signatures a round: about as many milliseconds for each contender. */
const BATCH = { webcrypto: 120, noble: 12, own: 80 };

interface Signed {
  readonly publicKey: Bytes;
  readonly imported: CryptoKey;
  readonly signature: Bytes;
  readonly message: Bytes;
}

/** Runs in a page. The contenders take turns, each round beginning with another one. */
export async function verifyRates(options: { messageBytes: number; rounds: number }): Promise<VerifyRates> {
  const samples = await makeSamples(options.messageBytes);
  const rates = { webcrypto: [] as number[], noble: [] as number[], own: [] as number[] };
  const contenders = verifiers();
  for (let round = -1; round < options.rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const [name, verify] = contenders[(turn + round + 1) % contenders.length] ?? contenders[0];
      const rate = await rateOf(verify, samples, BATCH[name]);
      // The first round only warms up.
      if (round >= 0) rates[name].push(rate);
    }
  }
  return rates;
}

type Verify = (signed: Signed) => Promise<boolean> | boolean;

function verifiers(): [[keyof VerifyRates, Verify], ...[keyof VerifyRates, Verify][]] {
  const own = webCrypto({ ed25519: 'webcrypto' });
  return [
    [
      'webcrypto',
      ({ imported, signature, message }) => subtle().verify('Ed25519', imported, signature, message),
    ],
    [
      'noble',
      ({ publicKey, signature, message }) => ed25519.verify(signature, message, publicKey, { zip215: false }),
    ],
    ['own', ({ publicKey, signature, message }) => own.verifyEd25519(publicKey, signature, message)],
  ];
}

async function rateOf(verify: Verify, samples: readonly Signed[], count: number): Promise<number> {
  const started = performance.now();
  for (let index = 0; index < count; index += 1) {
    const signed = samples[index % samples.length];
    if (!signed || !(await verify(signed))) throw new Error('a good signature was refused');
  }
  return (count * 1000) / (performance.now() - started);
}

async function makeSamples(messageBytes: number): Promise<Signed[]> {
  const samples: Signed[] = [];
  for (let index = 0; index < KEYS * 4; index += 1) {
    const pair = await subtle().generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
    if (!('publicKey' in pair)) throw new TypeError('expected a key pair');
    const message = globalThis.crypto.getRandomValues(new Uint8Array(messageBytes));
    samples.push({
      publicKey: new Uint8Array(await subtle().exportKey('raw', pair.publicKey)),
      imported: pair.publicKey,
      signature: new Uint8Array(await subtle().sign('Ed25519', pair.privateKey, message)),
      message,
    });
  }
  return samples;
}

function subtle(): SubtleCrypto {
  return globalThis.crypto.subtle;
}
