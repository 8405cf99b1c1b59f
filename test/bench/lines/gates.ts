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
  'app.gz-kb': atMost(90, 60),
  'app.start-vs-empty-lit-page': atMost(2, 1.3),
  'portal.exchange-vs-sign': atLeast(0.03, 0.1),
};

/** Whether a value is on the good side of a bound. */
export function reaches(value: number, { wanted }: Gate, bound: number): boolean {
  return wanted === 'at most' ? value <= bound : value >= bound;
}
