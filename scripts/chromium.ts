import { findProgram } from './find-program.ts';

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];

/** The Chromium to test with: CHROMIUM_PATH, /usr/bin/chromium or one found on the PATH; null when there is none. */
export function findChromium(): string | null {
  return process.env.CHROMIUM_PATH || findProgram(names);
}

/** Flags for a browser that tests drive: quiet, and without a sandbox for root, who cannot have one. */
export function chromiumFlags(): string[] {
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
}
