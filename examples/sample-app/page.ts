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
