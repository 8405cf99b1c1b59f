const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long after the last exchange something goes again by itself. */
export const INTERVALS = {
  /** What was consumed since, and a license that locks or soon will. */
  report: { back: 5 * minuteMs, later: hourMs },
  /** Nothing but the question whether the vendor has changed the license. */
  poll: { back: hourMs, later: 24 * hourMs },
  /** A file that the portal refused: a seat may be free by now. */
  refused: { back: 5 * minuteMs, later: hourMs },
} as const;

/** How long a person has to carry a new file away before it goes by itself. */
export const NEW_FILE_MS = 20_000;

/** The wait after a first failure; it doubles with each further one, to the longest. */
export const FIRST_RETRY_MS = 30_000;
export const LONGEST_RETRY_MS = hourMs;
/** Whatever answers in the portal's place, nothing stops syncing for longer. */
export const LONGEST_RETRY_AFTER_MS = 24 * hourMs;

/** When it is looked: at the start and when the network is back, or later on. */
export type Occasion = 'back' | 'later';

/** A license, as far as it bears on what is due. */
export interface Standing {
  readonly licenseId: string;
  /** When the newest answer about it was loaded, by whatever way it came. */
  readonly loadedAtMs: number;
  /** Entries of consumption that the portal has not acknowledged. */
  readonly unreported: number;
  /** A report of it waits for its answer already. */
  readonly hasOpenReport: boolean;
  /** It locks, is in grace, or has to be reported soon: news of it is wanted. */
  readonly isUrgent: boolean;
  /** The activation has ended at the portal: nothing new comes. */
  readonly isOver: boolean;
}

/** All that may have to go to the portal. Times are of one clock, in milliseconds. */
export interface Waiting {
  /** Files without an answer, in the order in which they are to go. */
  readonly files: readonly { readonly id: string; readonly isRefused: boolean }[];
  readonly licenses: readonly Standing[];
  /** When a portal last answered over the network; null: never. */
  readonly answeredAtMs: number | null;
}

/** One thing to do: send a kept file, or make a report, which then is one. */
export type Errand =
  | { readonly kind: 'send'; readonly id: string }
  | { readonly kind: 'report'; readonly id: string };

/** What is due now. */
export function errandsDue(waiting: Waiting, nowMs: number, occasion: Occasion): Errand[] {
  return timetable(waiting, nowMs, occasion)
    .filter(({ dueAtMs }) => dueAtMs <= nowMs)
    .map(({ errand }) => errand);
}

/** When the next thing is due, at the earliest now; null when nothing ever will be. */
export function nextDueAtMs(waiting: Waiting, nowMs: number): number | null {
  const times = timetable(waiting, nowMs, 'later').map(({ dueAtMs }) => Math.max(nowMs, dueAtMs));
  return times.length > 0 ? Math.min(...times) : null;
}

/** Attempts that failed in a row, and the last of them. */
export interface Failed {
  readonly count: number;
  readonly atMs: number;
  readonly data: { readonly retryAfterSeconds?: unknown };
}

/**
 * From when it may be tried again after failures: later and later, and never before the time that the portal asked to
 * wait. A network that is back need not wait for the former.
 */
export function retryAtMs({ count, atMs, data }: Failed, nowMs: number, occasion: Occasion): number {
  // The clock was set back: that time says nothing.
  if (atMs > nowMs) return nowMs;
  const asked = Math.min(Number(data.retryAfterSeconds ?? 0) * 1000, LONGEST_RETRY_AFTER_MS);
  const own = Math.min(FIRST_RETRY_MS * 2 ** (count - 1), LONGEST_RETRY_MS);
  return atMs + Math.max(asked, occasion === 'back' ? 0 : own);
}

/** A wait made up to a quarter longer, so that a fleet that lost its network at one moment does not come back at one. */
export function withJitter(waitMs: number, random: number): number {
  return waitMs * (1 + random / 4);
}

function timetable(
  { files, licenses, answeredAtMs }: Waiting,
  nowMs: number,
  occasion: Occasion,
): { errand: Errand; dueAtMs: number }[] {
  const sends = files.map(({ id, isRefused }) => ({
    errand: { kind: 'send' as const, id },
    dueAtMs: isRefused ? after(answeredAtMs, INTERVALS.refused[occasion], nowMs) : 0,
  }));
  const reports = licenses.flatMap(license => {
    const rule = ruleOf(license);
    const errand = { kind: 'report' as const, id: license.licenseId };
    return rule ? [{ errand, dueAtMs: after(license.loadedAtMs, INTERVALS[rule][occasion], nowMs) }] : [];
  });
  return [...sends, ...reports];
}

function ruleOf({ unreported, hasOpenReport, isUrgent, isOver }: Standing): 'report' | 'poll' | null {
  if (hasOpenReport) return null;
  if (unreported > 0) return 'report';
  if (isOver) return null;
  return isUrgent ? 'report' : 'poll';
}

/** A time that is not come yet was noted by a clock that has been set back since: it says nothing. */
function after(timeMs: number | null, intervalMs: number, nowMs: number): number {
  return timeMs === null || timeMs > nowMs ? 0 : timeMs + intervalMs;
}
