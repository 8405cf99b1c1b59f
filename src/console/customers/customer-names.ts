import type { ReactiveElement } from 'lit';
import { UseConsole } from '../services/console-context.ts';

const typingPauseMs = 250;
const most = 20;

/** Names of customers that hold what was typed, for a field to suggest. Without an answer it suggests nothing. */
export class CustomerNames {
  /** Suggestions for what was typed last. */
  names: readonly string[] = [];

  readonly #host: ReactiveElement;
  readonly #console: UseConsole;
  #asked: string | null = null;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    this.#console = new UseConsole(host);
    host.addController({ hostDisconnected: () => clearTimeout(this.#typing) });
  }

  /** Looks for names when a person pauses in typing. */
  typed(text: string): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#find(text.trim()), typingPauseMs);
  }

  async #find(q: string): Promise<void> {
    if (q === this.#asked) return;
    this.#asked = q;
    try {
      const { items } = await this.#console.api.customers.list(
        new URLSearchParams({ q, pageSize: `${most}` }),
      );
      if (q !== this.#asked) return;
      this.names = items.map(({ name }) => name);
      this.#host.requestUpdate();
    } catch {
      // The field works without suggestions.
      this.#asked = null;
    }
  }
}
