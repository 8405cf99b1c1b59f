import type { LicenseManager } from '../client/license-manager.ts';

/** What a device's name may be made of when a program gives it. */
const FOREIGN = /[^\p{L}\p{N} ._-]/gu;
const MAX_CHARACTERS = 32;

/**
 * Names the device as whoever started the app says behind `#device=` of its address, a computer's name, unless it has
 * a name. It is taken off the address, shown as text and never sent before a request is made.
 */
export async function takeGivenName(manager: Pick<LicenseManager, 'deviceName' | 'rename'>): Promise<void> {
  const given = new URLSearchParams(location.hash.slice(1)).get('device');
  if (given === null) return;
  history.replaceState(null, '', location.href.replace(/#.*/s, ''));
  const name = given.replaceAll(FOREIGN, '').trim().slice(0, MAX_CHARACTERS);
  if (name !== '' && manager.deviceName === '') await manager.rename(name);
}
