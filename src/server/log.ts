import { destination, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;

export type LogLevel = (typeof logLevels)[number];

/**
 * Writes one line of JSON for each event to stderr; stdout is for people. What goes in is chosen where it is logged:
 * never a key, a password, a cookie, a header, a query or a body.
 */
export function createLog(level: LogLevel): Logger {
  // Written at once, so that the last lines before an exit are not lost.
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ fd: 2, sync: true }),
  );
}
