import { findProgram } from './find-program.ts';

/** The Firefox to test with: FIREFOX_PATH, or one found on the machine; null when there is none. */
export function findFirefox(): string | null {
  return process.env.FIREFOX_PATH || findProgram(['firefox-esr', 'firefox']);
}
