import { canChooseFolder } from '../../platform/stick/folder.ts';
import { closeCamera, openCamera } from '../../ui/qr/camera.ts';
import { findOrWriteMark, type Mark, thisStart } from './mark.ts';

/** What is looked at, in the order in which people read it. */
export const checks = [
  'secure',
  'storage',
  'restart',
  'persistence',
  'offline',
  'clock',
  'dialogs',
  'camera',
] as const;
export type Check = (typeof checks)[number];

/** What may be found for each. */
export interface Findings {
  secure: 'ok' | 'insecure';
  storage: 'ok' | 'lost';
  restart: 'survived' | 'marked' | 'lost';
  persistence: 'ok' | 'not-promised';
  offline: 'ok' | 'one-file' | 'not-kept';
  clock: 'ok' | 'early' | 'late';
  dialogs: 'ok' | 'no-folder' | 'closed-at-once';
  camera: 'ok' | 'untried' | 'none' | 'denied';
}

/** How long the service worker may take to keep the app. */
const WORKER_MS = 8000;
/** Nobody presses Cancel so soon after a dialog has opened. */
const AT_ONCE_MS = 400;
const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

export function checkSecure(): Findings['secure'] {
  return isSecureContext && 'subtle' in crypto ? 'ok' : 'insecure';
}

/** Writes, or finds what an earlier start wrote; null where nothing is kept. */
export async function checkStorage(): Promise<Mark | null> {
  try {
    return await findOrWriteMark();
  } catch {
    return null;
  }
}

/** What the mark says: another start of the app wrote it, or this one. */
export function checkRestart(mark: Mark | null, start = thisStart()): Findings['restart'] {
  if (mark === null) return 'lost';
  return mark.start === start ? 'marked' : 'survived';
}

/** Looks without asking: that would hold up a person, or not be answered. */
export async function checkPersistence(): Promise<Findings['persistence']> {
  const isPromised = await navigator.storage?.persisted?.().catch(() => false);
  return isPromised ? 'ok' : 'not-promised';
}

/** Whether the app starts without anybody who serves it. */
export async function checkOffline(protocol = location.protocol): Promise<Findings['offline']> {
  if (protocol === 'file:') return 'one-file';
  if (!('serviceWorker' in navigator)) return 'not-kept';
  const late = new Promise<null>(resolve => setTimeout(() => resolve(null), WORKER_MS));
  const registration = await Promise.race([navigator.serviceWorker.ready, late]);
  return registration?.active ? 'ok' : 'not-kept';
}

/**
 * Whether the clock can be right: not before the vendor signed what is known here, less a day, and not ten years after.
 *
 * @param signedAtMs - Milliseconds since the Unix epoch.
 */
export function checkClock(signedAtMs: number, nowMs = Date.now()): Findings['clock'] {
  if (nowMs < signedAtMs - DAY_MS) return 'early';
  return nowMs > signedAtMs + 10 * YEAR_MS ? 'late' : 'ok';
}

/** Without a dialog, which only a person can open. */
export function checkDialogs(): Findings['dialogs'] {
  return canChooseFolder() ? 'ok' : 'no-folder';
}

/**
 * Opens a file dialog. Where a policy forbids it, the browser says that it was canceled before anybody can have done so.
 * Call it in the event of a button.
 */
export function tryDialog(): Promise<Findings['dialogs']> {
  const input = Object.assign(document.createElement('input'), { type: 'file' });
  const openedAt = performance.now();
  return new Promise(resolve => {
    input.addEventListener('change', () => resolve(checkDialogs()));
    input.addEventListener('cancel', () => {
      resolve(performance.now() - openedAt < AT_ONCE_MS ? 'closed-at-once' : checkDialogs());
    });
    input.click();
  });
}

/** Whether there is a camera, without opening it. */
export async function checkCamera(): Promise<Findings['camera']> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.some(({ kind }) => kind === 'videoinput') ? 'untried' : 'none';
  } catch {
    return 'none';
  }
}

/** Opens the camera for a moment. Call it in the event of a button: the browser may ask. */
export async function tryCamera(): Promise<Findings['camera']> {
  try {
    closeCamera(await openCamera(null));
    return 'ok';
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotFoundError' ? 'none' : 'denied';
  }
}
