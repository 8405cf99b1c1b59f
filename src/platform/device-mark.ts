/** Which device had a license in this browser last: told when what the app kept is gone. */
export interface DeviceMark {
  /** The device id, lower-case hex. */
  id: string;
  /** What people call it; may be empty. */
  name: string;
}

const KEY = 'lk-device-';

/**
 * The mark that a device left beside its database. It lies where a browser that clears space leaves things alone, and is
 * gone when a person clears everything or makes the profile anew.
 *
 * @param database - Name of the device's database.
 */
export function readMark(database: string): DeviceMark | null {
  try {
    const [id = '', ...name] = (localStorage.getItem(KEY + database) ?? '').split(' ');
    return /^[0-9a-f]{64}$/.test(id) ? { id, name: name.join(' ') } : null;
  } catch {
    return null;
  }
}

/** Leaves the mark. Where the browser keeps nothing, a loss cannot be told later. */
export function writeMark(database: string, { id, name }: DeviceMark): void {
  try {
    const text = `${id} ${name}`;
    if (localStorage.getItem(KEY + database) !== text) localStorage.setItem(KEY + database, text);
  } catch {
    // Blocked or full: the mark is a help, not data.
  }
}

/** Takes the mark away: nothing was lost. */
export function forgetMark(database: string): void {
  try {
    localStorage.removeItem(KEY + database);
  } catch {
    // Blocked: then there is none.
  }
}
