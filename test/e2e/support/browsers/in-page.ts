/** Functions that run inside a page, whole by themselves. */

/** What to look for, by what a person sees of it. */
export interface Sought {
  selector: string;
  /** Begins the element's text, its label or its name for assistive technology. */
  name: string;
  /** Whether the name may stand anywhere in the text. */
  anywhere?: boolean;
}

/** The first element that is shown and usable, in shadow roots too. */
export function findShown({ selector, name, anywhere }: Sought): Element | null {
  const elements: Element[] = [];
  const collect = (root: Document | ShadowRoot) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches(selector)) elements.push(element);
      if (element.shadowRoot) collect(element.shadowRoot);
    }
  };
  collect(document);
  const textOf = (element: Element) => {
    const label = element instanceof HTMLInputElement && element.labels?.[0]?.textContent;
    const text = label || element.getAttribute('aria-label') || element.textContent || '';
    return text.replace(/\s+/g, ' ').trim();
  };
  const isUsable = (element: Element) =>
    element.getClientRects().length > 0 &&
    getComputedStyle(element).visibility === 'visible' &&
    !element.matches(':disabled');
  const isNamed = (text: string) => (anywhere ? text.includes(name) : text.startsWith(name));
  return elements.find(element => isUsable(element) && isNamed(textOf(element))) ?? null;
}

/** The file picker of the page. */
export function findPicker(): Element | null {
  const search = (root: Document | ShadowRoot): Element | null => {
    const picker = root.querySelector('input[type=file]:not(:disabled)');
    if (picker) return picker;
    for (const element of root.querySelectorAll('*')) {
      const found = element.shadowRoot && search(element.shadowRoot);
      if (found) return found;
    }
    return null;
  };
  return search(document);
}

/** Whether the service worker has everything and answers for this page. */
export async function isReadyOffline(): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.active?.state === 'activated' && navigator.serviceWorker.controller !== null;
}

/** Whether anything answers at an address, past every cache. */
export function canReach(address: string): Promise<boolean> {
  return fetch(address, { mode: 'no-cors', cache: 'no-store' }).then(
    () => true,
    () => false,
  );
}

/** Whether this browser verifies Ed25519 by itself. */
export async function hasEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}
