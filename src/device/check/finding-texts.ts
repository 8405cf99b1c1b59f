import { msg, str } from '@lit/localize';
import type { Tone } from '../../ui/layout/tone.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import type { Check, Findings } from './probes.ts';

/** What a person is told of one finding. */
export interface FindingText {
  readonly tone: Tone;
  readonly text: string;
  /** What mends it; empty where nothing is to be done. */
  readonly fix: string;
}

/** What the texts name. */
export interface Surroundings {
  /** When the mark was written, milliseconds since the Unix epoch; null where none is kept. */
  readonly markedAtMs: number | null;
  readonly nowMs: number;
}

export function checkName(check: Check): string {
  const names: Record<Check, () => string> = {
    secure: () => msg('Secure page'),
    storage: () => msg('Storage and device key'),
    restart: () => msg('Storage after a restart'),
    persistence: () => msg('Storage when space runs out'),
    offline: () => msg('Start without a network'),
    clock: () => msg('Clock'),
    dialogs: () => msg('Files and folders'),
    camera: () => msg('Camera for QR codes'),
  };
  return names[check]();
}

type Texts = { [C in Check]: Record<Findings[C], (around: Surroundings) => FindingText> };

const good = (text: string): FindingText => ({ tone: 'ok', text, fix: '' });
const poor = (text: string, fix: string): FindingText => ({ tone: 'warn', text, fix });
const bad = (text: string, fix: string): FindingText => ({ tone: 'bad', text, fix });

const texts: Texts = {
  secure: {
    ok: () => good(msg('The browser lets this app use keys.')),
    insecure: () =>
      bad(
        msg('The browser does not treat this page as secure, so it lets it have no keys.'),
        msg(
          'Open the app by the address that it was installed with: https, or a name that ends in .localhost.',
        ),
      ),
  },
  storage: {
    ok: () => good(msg('A key was stored, read back and used.')),
    lost: () =>
      bad(
        msg('The browser does not keep what this app stores.'),
        msg(
          'Open the app in a normal window, not a private or guest one, and allow it to store data: a policy may forbid cookies for this address. Lockdown Mode keeps no keys.',
        ),
      ),
  },
  restart: {
    survived: ({ markedAtMs }) =>
      good(
        msg(
          str`What was written on ${formatDateTime(markedAtMs ?? 0)} was still here when the app was started again.`,
        ),
      ),
    marked: ({ markedAtMs }) =>
      poor(
        msg(
          str`A mark was written on ${formatDateTime(markedAtMs ?? 0)}. Restart this machine and look here again.`,
        ),
        msg(
          'If this was written here before, and the machine was restarted since, then the mark is lost at each restart, and a license would be too. A write filter (UWF, Deep Freeze and others), a browser that clears its data on exit, or a login that is reset does that. Exempt the browser’s profile folder from it, or turn it off, before you ask for a license.',
        ),
      ),
    lost: () =>
      bad(msg('Nothing is kept, so nothing can be there after a restart.'), msg('Mend the storage first.')),
  },
  persistence: {
    ok: () => good(msg('The browser has promised to keep the data of this app.')),
    'not-promised': () =>
      poor(
        msg('The browser may clear the data of this app when space runs out.'),
        msg(
          'Install the app from the browser’s menu. On managed machines the policy files of the kit do it.',
        ),
      ),
  },
  offline: {
    ok: () => good(msg('All of the app is on this machine.')),
    'one-file': () => good(msg('The app is one file, and needs nothing else.')),
    'not-kept': () =>
      bad(
        msg('The browser has not kept the app: it starts only while somebody serves it.'),
        msg(
          'Load the page again while the server or the stick is there, in a normal window. A policy may forbid storage for this address.',
        ),
      ),
  },
  clock: {
    ok: ({ nowMs }) => good(msg(str`The clock says ${formatDateTime(nowMs)}. Compare it with your watch.`)),
    early: ({ nowMs }) =>
      bad(
        msg(str`The clock says ${formatDateTime(nowMs)}: that is before the vendor made this app.`),
        msg(
          'Set date, time and time zone first. If it is wrong again after a restart, the battery of the clock is empty.',
        ),
      ),
    late: ({ nowMs }) =>
      bad(
        msg(str`The clock says ${formatDateTime(nowMs)}: that is years ahead.`),
        msg(
          'Set date, time and time zone first: a license that was seen in the future does not take the right time back.',
        ),
      ),
  },
  dialogs: {
    ok: () => good(msg('The browser can open and save files, and write into a folder.')),
    'no-folder': () =>
      good(
        msg('The browser can open and save files. It cannot write into a folder: save and choose each file.'),
      ),
    'closed-at-once': () =>
      bad(
        msg('The file dialog closed at once: a policy seems to forbid it.'),
        msg('Carry requests and answers as QR codes, or have the policy AllowFileSelectionDialogs changed.'),
      ),
  },
  camera: {
    ok: () => good(msg('The camera films.')),
    untried: () => good(msg('There is a camera.')),
    none: () =>
      poor(
        msg('There is no camera.'),
        msg('Carry answers as files. To scan QR codes, plug any webcam in and check again.'),
      ),
    denied: () =>
      poor(
        msg('The camera cannot be used.'),
        msg(
          'Allow it for this app in the browser’s settings, close other programs that film, and check again.',
        ),
      ),
  },
};

/** The words for what was found. */
export function findingText<C extends Check>(
  check: C,
  finding: Findings[C],
  around: Surroundings,
): FindingText {
  return texts[check][finding](around);
}
