/** A button of the page. */
export function button(id: string): HTMLButtonElement {
  const found = document.getElementById(id);
  if (found instanceof HTMLButtonElement) return found;
  throw new TypeError(`expected a button #${id}`);
}

/** Says what happened, below the page. */
export function say(text: string): void {
  const output = document.getElementById('said');
  if (output) output.textContent = text;
}

/** Says at the foot of the page what to read to the vendor's support; null: the device has no number yet. */
export function sayNumber(deviceNumber: string | null): void {
  const footer = document.getElementById('support');
  if (footer) footer.textContent = deviceNumber === null ? '' : `Calling support? Read ${deviceNumber}`;
}
