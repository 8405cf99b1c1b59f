const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A number as the page's language writes it. */
export function formatNumber(value: number): string {
  return pageLocale() === 'en' && isShort(value)
    ? String(value)
    : new Intl.NumberFormat(pageLocale()).format(value);
}

/** A day, for example "June 30, 2027", in the time zone of the device. */
export function formatDate(timeMs: number): string {
  return (
    (pageLocale() === 'en' && englishDate(new Date(timeMs))) ||
    new Intl.DateTimeFormat(pageLocale(), { dateStyle: 'long' }).format(timeMs)
  );
}

/** The day that a midnight in UTC stands for, for example "Jun 30, 2027". */
export function formatDayUtc(timeMs: number): string {
  return new Intl.DateTimeFormat(pageLocale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(timeMs);
}

/** A day and time of day, for example "Jun 30, 2027, 2:02 PM". */
export function formatDateTime(timeMs: number): string {
  return new Intl.DateTimeFormat(pageLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(timeMs);
}

/** A size in bytes, for example "481 bytes" or "12 KB". */
export function formatFileSize(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log(bytes) / Math.log(1024)) || 1);
  const unitDisplay = step === 0 ? 'long' : 'short';
  const digits = { maximumFractionDigits: step === 0 || bytes >= 10 * 1024 ** step ? 0 : 1 };
  return new Intl.NumberFormat(pageLocale(), {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay,
    ...digits,
  }).format(bytes / 1024 ** step);
}

/**
 * English as `Intl` writes it, for the first status: the first use of `Intl` in a process reads tables of all languages,
 * for tens of milliseconds. Null for years that people do not write with four digits.
 */
function englishDate(date: Date): string | null {
  const year = date.getFullYear();
  return year >= 1000 && year <= 9999 ? `${MONTHS[date.getMonth()]} ${date.getDate()}, ${year}` : null;
}

/** Written the same by `Intl` in English, and without separators. */
function isShort(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value < 1000;
}

function pageLocale(): string {
  return document.documentElement.lang || 'en';
}
