import { globSync } from 'node:fs';
import { findProgram } from './find-program.ts';

/** What drives WebKitGTK and what is driven, on a screen that nobody sees. */
export interface WebKitPrograms {
  driver: string;
  browser: string;
  screen: string;
}

/** WebKitGTK with its driver, and Xvfb; null for what is missing. */
export function findWebKit(): { [name in keyof WebKitPrograms]: string | null } {
  return {
    driver: findProgram(['WebKitWebDriver']),
    browser: globSync('/usr/lib/*/webkit2gtk-4.1/MiniBrowser')[0] ?? null,
    screen: findProgram(['Xvfb']),
  };
}
