/**
 * Tells the other tabs of this origin that the stored state has changed, and hears of it from them. A page that was
 * frozen has heard nothing meanwhile: that it is back counts as word of a change.
 */
export class Tabs {
  readonly #onShow: (event: PageTransitionEvent) => void;
  #channel: BroadcastChannel | null;

  constructor(name: string, onChange: () => void) {
    this.#channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null;
    this.#channel?.addEventListener('message', onChange);
    this.#onShow = ({ persisted }) => {
      if (persisted) onChange();
    };
    addEventListener('pageshow', this.#onShow);
  }

  tell(): void {
    this.#channel?.postMessage('changed');
  }

  /** What ends later has nobody to tell. */
  close(): void {
    removeEventListener('pageshow', this.#onShow);
    this.#channel?.close();
    this.#channel = null;
  }
}

/** Runs steps that no other tab of this origin may run at the same time; the browser lets go when the tab ends. */
export function alone<T>(name: string, steps: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return steps();
  return navigator.locks.request(name, steps);
}

/** Runs steps unless another tab of this origin is running them now. */
export async function ifNoOther(name: string, steps: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return steps();
  await navigator.locks.request(name, { ifAvailable: true }, lock => (lock ? steps() : undefined));
}
