const storageKey = 'lk-keypad';

/** Whether fields show a keypad on the screen: chosen once, for machines without a keyboard. */
export function isKeypadChosen(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'on';
  } catch {
    return false;
  }
}

/** Remembers the choice. Where the browser keeps nothing, it holds for the one field. */
export function chooseKeypad(isOn: boolean): void {
  try {
    localStorage.setItem(storageKey, isOn ? 'on' : 'off');
  } catch {
    // Storage is blocked or full: the choice is a comfort, not data.
  }
}
