const KEY = 'lk-sync-';

/**
 * Whether a person lets files go to the portal by themselves; null: nobody has said. It lies beside the database, so that
 * a browser that loses that does not send what its operator keeps to sticks.
 *
 * @param database - Name of the device's database.
 */
export function keptSyncChoice(database: string): boolean | null {
  try {
    const kept = localStorage.getItem(KEY + database);
    return kept === null ? null : kept === 'on';
  } catch {
    return null;
  }
}

/** Keeps the choice. Where the browser keeps nothing, the database alone has it. */
export function keepSyncChoice(database: string, isOn: boolean): void {
  try {
    localStorage.setItem(KEY + database, isOn ? 'on' : 'off');
  } catch {
    // Blocked or full.
  }
}
