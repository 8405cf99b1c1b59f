import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Microseconds between the years 1601, from which Chromium counts, and 1970. */
const CHROMIUM_EPOCH_US = 11_644_473_600_000_000n;

/**
 * Lets the pages of an origin read and write a folder, as after a person has chosen *Allow on every visit*: a browser
 * without a screen shows no question. The browser is off meanwhile.
 */
export function allowFolder(profileFolder: string, origin: string, path: string): void {
  const file = join(profileFolder, 'Default', 'Preferences');
  mkdirSync(join(profileFolder, 'Default'), { recursive: true });
  const preferences = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const pattern = `${origin},*`;
  const last_modified = String(BigInt(Date.now()) * 1000n + CHROMIUM_EPOCH_US);
  const folder = { 'display-name': 'stick', path, 'is-directory': true, readable: true, writable: true };
  const settings = [
    ['file_system_access_chooser_data', { 'chosen-objects': [folder] }],
    ['file_system_access_extended_permission', 1],
  ] as const;
  preferences.profile ??= {};
  preferences.profile.content_settings ??= {};
  preferences.profile.content_settings.exceptions ??= {};
  for (const [name, setting] of settings) {
    preferences.profile.content_settings.exceptions[name] = { [pattern]: { last_modified, setting } };
  }
  writeFileSync(file, JSON.stringify(preferences));
}
