/** The part of an element's shadow root that a selector finds; fails the test when there is none. */
export function partOf(element: Element, selector: string): HTMLElement {
  const part = element.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!part) throw new TypeError(`expected ${selector} in <${element.localName}>`);
  return part;
}

/** The words in an element's shadow root, white space folded. */
export function textOf(element: Element): string {
  const words = [...(element.shadowRoot?.children ?? [])].filter(child => child.localName !== 'style');
  return words
    .map(child => child.textContent)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
