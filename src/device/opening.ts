import { LicenseManager } from '../client/license-manager.ts';
import type { OpenOptions } from '../client/options.ts';
import { APP_VERSION } from './version.ts';

/** Begun before the elements that show the device are evaluated: the database is opened meanwhile. */
let begun: Promise<LicenseManager> | null = open();
// Whoever shows the device tells the failure.
begun.catch(() => undefined);

/** The device as it was begun; opened anew when it is asked for again. */
export function openDevice(): Promise<LicenseManager> {
  const opening = begun ?? open();
  begun = null;
  return opening;
}

function open(): Promise<LicenseManager> {
  return LicenseManager.open({ appVersion: APP_VERSION, ...ownPlace() });
}

/** An app that is one file holds its profile, and shares its store with other files: its database has a name of its own. */
function ownPlace(): OpenOptions {
  const { database } = document.getElementById('latchkey-profile')?.dataset ?? {};
  return database ? { profileUrl: '#latchkey-profile', database } : {};
}
