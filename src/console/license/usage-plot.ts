import { msg } from '@lit/localize';
import type { LicenseUsage } from '../../api/licenses.ts';
import type { PlotData } from '../plot/plot-data.ts';

const SECONDS_PER_DAY = 86_400;
const DAYS = 84;
const MONTHS = 12;

/** What a plot of usage spans: twelve weeks by day, or a year by month. */
export type UsageSpan = 'weeks' | 'year';

/** What was reported of one counter, for a plot: used, and given back where anything was. */
export function usagePlot({ days, today }: LicenseUsage, counter: string, span: UsageSpan): PlotData {
  const own = days.filter(each => each.counter === counter);
  const times = span === 'weeks' ? lastDays(today) : lastMonths(today);
  const placeOf = span === 'weeks' ? (startsAt: number) => startsAt : monthOf;
  const sum = (amount: (day: (typeof own)[number]) => number) =>
    times.map(time =>
      own.reduce((total, day) => (placeOf(day.startsAt) === time ? total + amount(day) : total), 0),
    );
  const givenBack = { name: msg('Given back'), values: sum(day => day.givenBack) };
  const series = [{ name: msg('Used'), values: sum(day => day.used) }];
  const hasGivenBack = givenBack.values.some(value => value > 0);
  return {
    times,
    unit: span === 'weeks' ? 'day' : 'month',
    series: hasGivenBack ? [...series, givenBack] : series,
  };
}

function lastDays(today: number): number[] {
  return Array.from({ length: DAYS }, (_, index) => today - (DAYS - 1 - index) * SECONDS_PER_DAY);
}

function lastMonths(today: number): number[] {
  const date = new Date(today * 1000);
  return Array.from(
    { length: MONTHS },
    (_, index) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (MONTHS - 1 - index)) / 1000,
  );
}

function monthOf(seconds: number): number {
  const date = new Date(seconds * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / 1000;
}
