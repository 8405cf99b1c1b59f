/** Answers in the network's place, as fetch would. */
export type Network = (url: string, init: RequestInit) => Promise<Response>;

/** Lets fetch answer as a portal, a page of the network or a dead network does, while the steps run. */
export async function withFetch<T>(network: Network, steps: () => Promise<T>): Promise<T> {
  const real = globalThis.fetch;
  globalThis.fetch = (input, init = {}) => {
    const { href } = new URL(input instanceof Request ? input.url : input, location.href);
    // What is of this origin or made by the page is not of the network.
    return href.startsWith(location.origin) || href.startsWith('blob:')
      ? real(input, init)
      : network(href, init);
  };
  try {
    return await steps();
  } finally {
    globalThis.fetch = real;
  }
}

/** Lets the browser say that there is no network, while the steps run. */
export async function withoutNetwork<T>(steps: () => Promise<T>): Promise<T> {
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
  try {
    return await steps();
  } finally {
    Reflect.deleteProperty(navigator, 'onLine');
  }
}
