/**
 * Makes the engine read its tables of languages, which takes it tens of milliseconds the first time that a process
 * formats anything. Called early, it takes the time of a page that waits for its scripts.
 */
export function prepareFormats(): void {
  formatDate(0);
}

/** A number as the page's language writes it. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(pageLocale()).format(value);
}

/** A day, for example "June 30, 2027", in the time zone of the device. */
export function formatDate(timeMs: number): string {
  return new Intl.DateTimeFormat(pageLocale(), { dateStyle: 'long' }).format(timeMs);
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

function pageLocale(): string {
  return document.documentElement.lang || 'en';
}
