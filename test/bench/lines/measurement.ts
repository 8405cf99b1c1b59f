/** One line of the bench. */
export interface Measurement {
  readonly name: string;
  /** What is compared with gate and goal: the median of the rounds, or the largest where the worst case counts. */
  readonly value: number;
  /** `x` for a ratio. */
  readonly unit: string;
  /** First quartile, median and third quartile of the rounds. */
  readonly quartiles: readonly [number, number, number];
  readonly rounds: number;
  /** What was measured and against what, each with its version. */
  readonly contenders: readonly string[];
  /** Absolute figures of this run: they help to read the line and compare with no other run. */
  readonly notes: readonly string[];
}

/** What a line says besides its figures. */
export type Described = Pick<Measurement, 'name' | 'unit' | 'contenders'> &
  Partial<Pick<Measurement, 'notes'>>;

/** A line whose value is the median of its rounds. */
export function medianOf(values: readonly number[], described: Described): Measurement {
  const spread = quartilesOf(values);
  return { notes: [], ...described, value: spread[1], quartiles: spread, rounds: values.length };
}

/** A line whose value is the largest of its rounds. */
export function largestOf(values: readonly number[], described: Described): Measurement {
  return { ...medianOf(values, described), value: Math.max(...values) };
}

/** First quartile, median and third quartile, interpolated. @throws RangeError - for no values. */
export function quartilesOf(values: readonly number[]): [number, number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const low = sorted[Math.floor(place)];
    const high = sorted[Math.ceil(place)];
    if (low === undefined || high === undefined) throw new RangeError('expected at least one value');
    return low + (high - low) * (place - Math.floor(place));
  };
  return [at(0.25), at(0.5), at(0.75)];
}

/** The median. */
export function median(values: readonly number[]): number {
  return quartilesOf(values)[1];
}
