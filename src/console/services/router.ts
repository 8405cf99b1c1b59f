/** Where the console is: a path and its query. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

/** Says whether something typed would be lost by going to a path. */
export type IsLost = (path: string) => boolean;

/**
 * The console's addresses on the History API. Links in the page are followed without loading it; before something
 * typed is lost, the person is asked.
 */
export class Router {
  /** Asks whether to leave what was typed. Until it is set, nobody is asked. */
  askToLeave: () => Promise<boolean> = async () => true;
  /** Set when a navigation wants the focus on the heading of the next page. */
  wantsFocus = false;

  readonly #listeners = new Set<() => void>();
  readonly #guards = new Set<IsLost>();
  #path = location.pathname;
  #index = indexOf(history.state);
  #putBack: (() => void) | null = null;

  get place(): Place {
    return { path: location.pathname, query: new URLSearchParams(location.search) };
  }

  /** Follows links and the browser's buttons until the returned function is called. */
  start(): () => void {
    const stop = new AbortController();
    const { signal } = stop;
    history.replaceState({ index: this.#index }, '');
    document.addEventListener('click', event => this.#clicked(event), { signal });
    window.addEventListener('popstate', event => void this.#popped(event), { signal });
    window.addEventListener('beforeunload', event => this.#unloading(event), { signal });
    return () => stop.abort();
  }

  /** Calls the listener whenever the place has changed, until the returned function is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks before something typed is lost, until the returned function is called. */
  guard(isLost: IsLost): () => void {
    this.#guards.add(isLost);
    return () => this.#guards.delete(isLost);
  }

  /** Asks before something typed is lost by going to a path; true when nothing is, or it may be. */
  async mayLeave(path: string): Promise<boolean> {
    return !this.#isLost(path) || this.#askOnce();
  }

  /** Goes to an address of the console; false when the person stays. */
  async go(address: string): Promise<boolean> {
    const url = new URL(address, location.href);
    if (!(await this.mayLeave(url.pathname))) return false;
    this.#index += 1;
    history.pushState({ index: this.#index }, '', url);
    this.#arrive();
    return true;
  }

  /** Keeps the state of the page in the query of its address, without a step of the browser's back button. */
  setQuery(query: URLSearchParams): void {
    const search = query.size > 0 ? `?${query}` : '';
    history.replaceState({ index: this.#index }, '', `${location.pathname}${search}`);
    this.#arrive();
  }

  #arrive(): void {
    const isNewPath = this.#path !== location.pathname;
    this.#path = location.pathname;
    if (isNewPath) {
      this.wantsFocus = true;
      window.scrollTo(0, 0);
    }
    for (const listener of this.#listeners) listener();
  }

  async #askOnce(): Promise<boolean> {
    const isLeaving = await this.askToLeave();
    if (isLeaving) this.#guards.clear();
    return isLeaving;
  }

  #isLost(path: string): boolean {
    return [...this.#guards].some(isLost => isLost(path));
  }

  #clicked(event: MouseEvent): void {
    const link = event.composedPath().find(target => target instanceof HTMLAnchorElement);
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.target || link.hasAttribute('download')) return;
    event.preventDefault();
    void this.go(link.href);
  }

  /** The browser has gone already: its address is put back while the person is asked. */
  async #popped({ state }: PopStateEvent): Promise<void> {
    if (this.#putBack) {
      this.#putBack();
      this.#putBack = null;
      return;
    }
    const steps = indexOf(state) - this.#index;
    if (steps !== 0 && this.#isLost(location.pathname)) {
      await this.#goBackFrom(steps);
      if (await this.#askOnce()) history.go(steps);
      return;
    }
    this.#index += steps;
    this.#arrive();
  }

  #goBackFrom(steps: number): Promise<void> {
    history.go(-steps);
    return new Promise(resolve => {
      this.#putBack = resolve;
    });
  }

  #unloading(event: BeforeUnloadEvent): void {
    if (this.#isLost('')) event.preventDefault();
  }
}

function indexOf(state: unknown): number {
  if (typeof state !== 'object' || state === null || !('index' in state)) return 0;
  return typeof state.index === 'number' ? state.index : 0;
}
