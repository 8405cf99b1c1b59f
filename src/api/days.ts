const daySeconds = 86_400;

/** The day of a moment as date fields and files write it, in UTC: "2027-06-30". */
export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** The first or the last second of a day in UTC; null when it is no day. */
export function secondOf(day: string, edge: 'start' | 'end'): number | null {
  const startMs = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // Some browsers take the 31st of a short month for a day of the next.
  if (Number.isNaN(startMs) || dayOf(startMs / 1000) !== day) return null;
  return startMs / 1000 + (edge === 'start' ? 0 : daySeconds - 1);
}
