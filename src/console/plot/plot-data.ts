/** A row of numbers over time, under a name. */
export interface PlotSeries {
  readonly name: string;
  /** One for each time. */
  readonly values: readonly number[];
}

/** What a plot shows, and its table too. */
export interface PlotData {
  /** Beginnings of days or months in UTC, Unix seconds, rising. */
  readonly times: readonly number[];
  readonly unit: 'day' | 'month';
  /** The first as bars, a second one as a dashed line. */
  readonly series: readonly PlotSeries[];
}

/** Whether there is nothing but zeros. */
export function isEmptyPlot({ series }: PlotData): boolean {
  return series.every(({ values }) => values.every(value => value === 0));
}
