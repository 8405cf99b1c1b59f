/** Which device had a license in this browser last: told when what the app kept is gone. */
export interface DeviceMark {
  /** The device id, lower-case hex. */
  id: string;
  /** What people call it; may be empty. */
  name: string;
  /** How many licenses it had; 1 where a mark does not say. */
  licenses: number;
}

/** Of the device that is here now, and of the one before it whose licenses are not all back. */
export type MarkPlace = 'now' | 'former';

const KEYS: Readonly<Record<MarkPlace, string>> = { now: 'lk-device-', former: 'lk-former-' };

/**
 * The mark that a device left beside its database. It lies where a browser that clears space leaves things alone, and is
 * gone when a person clears everything or makes the profile anew.
 *
 * @param database - Name of the device's database.
 */
export function readMark(database: string, place: MarkPlace = 'now'): DeviceMark | null {
  try {
    const [head = '', ...name] = (localStorage.getItem(KEYS[place] + database) ?? '').split(' ');
    const [, id, licenses = '1'] = /^([0-9a-f]{64})(?::(\d{1,4}))?$/.exec(head) ?? [];
    return id === undefined ? null : { id, name: name.join(' '), licenses: Number(licenses) };
  } catch {
    return null;
  }
}

/** Leaves the mark. Where the browser keeps nothing, a loss cannot be told later. */
export function writeMark(
  database: string,
  { id, name, licenses }: DeviceMark,
  place: MarkPlace = 'now',
): void {
  try {
    const key = KEYS[place] + database;
    const text = `${id}:${licenses} ${name}`;
    if (localStorage.getItem(key) !== text) localStorage.setItem(key, text);
  } catch {
    // Blocked or full: the mark is a help, not data.
  }
}

/** Takes the marks away: nothing was lost. */
export function forgetMark(database: string, places: readonly MarkPlace[] = ['now', 'former']): void {
  try {
    for (const place of places) localStorage.removeItem(KEYS[place] + database);
  } catch {
    // Blocked: then there is none.
  }
}
