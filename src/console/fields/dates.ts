import { dayOf as dayText, secondOf } from '../../api/days.ts';

/** The day of a moment as a date field writes it, in UTC: "2027-06-30"; empty for null. */
export function dayOf(seconds: number | null): string {
  return seconds === null ? '' : dayText(seconds);
}

/**
 * The moment of a day in UTC: its first or its last second; null for an empty field. A day that was not changed
 * keeps its moment, whatever time of day it has.
 */
export function momentOf(day: string, edge: 'start' | 'end', before: number | null): number | null {
  if (before !== null && dayOf(before) === day) return before;
  return secondOf(day, edge);
}

/** A day in UTC in the words of the page's language: "Jun 30, 2027". */
export function formatDay(seconds: number): string {
  const locale = document.documentElement.lang || 'en';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(seconds * 1000);
}
