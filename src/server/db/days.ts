const SECONDS_PER_DAY = 86_400;

/** Number of the day in UTC that a moment is in; 1970-01-01 is 0. */
export function dayOf(atS: number): number {
  return Math.floor(atS / SECONDS_PER_DAY);
}

/** When a day begins, Unix seconds. */
export function startOfDay(day: number): number {
  return day * SECONDS_PER_DAY;
}
