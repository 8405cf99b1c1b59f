import type { ReactiveElement } from 'lit';

const typingPauseMs = 250;

/** A search that begins when a person pauses in typing. */
export class TypedSearch {
  readonly #search: (q: string) => void;
  #text = '';
  #typing: ReturnType<typeof setTimeout> | undefined;

  /** @param search - Called with what was typed, without spaces around it. */
  constructor(host: ReactiveElement, search: (q: string) => void) {
    this.#search = search;
    host.addController({ hostDisconnected: () => clearTimeout(this.#typing) });
  }

  /** What was typed, with spaces at its end, unless something else is searched for. */
  shown(q: string): string {
    return this.#text.trim() === q ? this.#text : q;
  }

  /** For the input event of the field. */
  readonly typed = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    this.#text = target.value;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.now(), typingPauseMs);
  };

  /** Searches without waiting for a pause. */
  now(): void {
    clearTimeout(this.#typing);
    this.#search(this.#text.trim());
  }
}
