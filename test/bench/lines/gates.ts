/** What a line has to reach: the bench fails past the gate; past the goal it only says so. */
export interface Gate {
  /** Whether less is better. */
  readonly wanted: 'at most' | 'at least';
  readonly gate: number;
  readonly goal: number;
}

const atMost = (gate: number, goal: number): Gate => ({ wanted: 'at most', gate, goal });
const atLeast = (gate: number, goal: number): Gate => ({ wanted: 'at least', gate, goal });

/** Gates and goals by the name of the line; a line that is not here is only printed. */
export const gates: Readonly<Record<string, Gate>> = {
  'file.request-bytes': atMost(512, 420),
  'file.license5-bytes': atMost(700, 480),
  'file.receipt-bytes': atMost(250, 200),
  'wasm.gz-kb-fma': atMost(14, 11),
  'wasm.gz-kb-simd': atMost(10, 8),
  'verify.prepared-vs-webcrypto-200B': atLeast(5, 9),
  'verify.prepared-vs-webcrypto-2KB': atLeast(3.5, 6),
  'verify.list64-vs-webcrypto-200B': atLeast(7, 11),
  'verify.simd-vs-webcrypto-200B': atLeast(3, 4.5),
  'verify.unknown-key-vs-webcrypto-200B': atLeast(1.3, 2),
  'verify.prepared-vs-libsodium-200B': atLeast(9, 15),
  'verify.node-simd-vs-crypto-verify': atLeast(5, 8),
  'license.check-vs-one-webcrypto-verify': atLeast(1.8, 3),
  'app.gz-kb': atMost(90, 60),
  'app.start-vs-empty-lit-page': atMost(2, 1.3),
  'portal.exchange-vs-sign': atLeast(0.03, 0.1),
  'portal.batch-vs-ceiling': atLeast(0.4, 0.8),
  'stick.1000-vs-copy': atMost(10, 3),
};

/** Whether a value is on the good side of a bound. */
export function reaches(value: number, { wanted }: Gate, bound: number): boolean {
  return wanted === 'at most' ? value <= bound : value >= bound;
}
