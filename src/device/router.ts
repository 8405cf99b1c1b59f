import type { ReactiveController, ReactiveElement } from 'lit';

/** Pages of the device app; any other path is the home page. */
export const paths = {
  home: '/',
  giveUp: '/give-up',
  about: '/about',
  check: '/check',
  recover: '/recover',
} as const;

/** An app that is one file, opened from a disk, has no paths: its pages are behind the # of its address. */
const isFile = location.protocol === 'file:';

/** Keeps its host on the page that the address names, without loading it anew. */
export class Router implements ReactiveController {
  readonly #host: ReactiveElement;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  get path(): string {
    const path = (isFile ? location.hash.slice(1) : location.pathname).replace(/\/+$/, '');
    return Object.values<string>(paths).includes(path) ? path : paths.home;
  }

  hostConnected(): void {
    addEventListener('popstate', this.#moved);
    document.addEventListener('click', this.#clicked);
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.#moved);
    document.removeEventListener('click', this.#clicked);
  }

  go(path: string): void {
    history.pushState(null, '', isFile ? `#${path}` : path);
    this.#moved();
    scrollTo(0, 0);
  }

  #moved = (): void => this.#host.requestUpdate();

  /** Links within the app change the page in place; those with a key held, a target or a download stay the browser's. */
  #clicked = (event: MouseEvent): void => {
    const link = event.composedPath().find(node => node instanceof HTMLAnchorElement);
    if (!link || !isPlainClick(event) || !isPage(link)) return;
    event.preventDefault();
    this.go(isFile ? (link.getAttribute('href') ?? paths.home) : link.pathname);
  };
}

function isPlainClick({ button, metaKey, ctrlKey, shiftKey, defaultPrevented }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !defaultPrevented;
}

function isPage(link: HTMLAnchorElement): boolean {
  return link.target === '' && !link.hasAttribute('download') && link.origin === location.origin;
}
