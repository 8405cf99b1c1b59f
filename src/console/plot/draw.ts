import type uPlot from 'uplot';
import type { PlotData } from './plot-data.ts';

/** How a plot looks, as the page's theme has it. */
export interface PlotLook {
  readonly bar: string;
  readonly line: string;
  readonly text: string;
  readonly grid: string;
  readonly font: string;
  readonly isRightToLeft: boolean;
  /** Writes a time of the axis. */
  readonly time: (seconds: number) => string;
  /** Writes a number of the axis. */
  readonly number: (value: number) => string;
}

/** Share of its place that a bar takes. */
const BAR_WIDTH = 0.7;

const MOST_BAR_PIXELS = 48;

/** What uPlot is told: bars from 0, a dashed line, no legend, no zoom; times are those of the data, not of a clock. */
export function plotOptions(
  { series }: PlotData,
  look: PlotLook,
  { width, height, bars }: { width: number; height: number; bars: uPlot.Series.PathBuilder },
): uPlot.Options {
  const axis = {
    stroke: look.text,
    font: look.font,
    grid: { stroke: look.grid, width: 1 },
    ticks: { show: false },
  };
  const [first, second] = series;
  return {
    width,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
    scales: {
      x: { time: false, dir: look.isRightToLeft ? -1 : 1, range: (_, min, max) => [min - 0.6, max + 0.6] },
      y: { range: (_, min, max) => [Math.min(0, min), Math.max(1, max * 1.1)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 70,
        incrs: [1, 2, 3, 7, 14, 28, 56, 84, 168],
        values: (_, places) => places.map(look.time),
      },
      {
        ...axis,
        side: look.isRightToLeft ? 1 : 3,
        size: 56,
        space: 32,
        incrs: wholeSteps,
        values: (_, values) => values.map(look.number),
      },
    ],
    series: [
      {},
      ...(first
        ? [{ label: first.name, fill: look.bar, width: 0, paths: bars, points: { show: false } }]
        : []),
      ...(second
        ? [{ label: second.name, stroke: look.line, width: 2, dash: [6, 4], points: { show: false } }]
        : []),
    ],
  };
}

/** Steps of the axis of amounts: whole ones, since nothing here is counted in parts. */
const wholeSteps = Array.from({ length: 15 }, (_, power) => [1, 2, 5].map(step => step * 10 ** power)).flat();

/** The data as uPlot takes it: places of the times in the place of the times, so that months are as wide as each other. */
export function plotColumns({ times, series }: PlotData): uPlot.AlignedData {
  return [times.map((_, index) => index), ...series.map(({ values }) => [...values])];
}

/** What draws bars. */
export function barsOf(plot: typeof uPlot): uPlot.Series.PathBuilder {
  const { bars } = plot.paths;
  if (!bars) throw new TypeError('expected bars in uPlot');
  return bars({ size: [BAR_WIDTH, MOST_BAR_PIXELS] });
}
