/**
 * Answers of the service worker that need none of its code: Chromium finds them in the caches while the worker is not
 * even started. Where there is no router, and for all other paths, the worker's fetch handler answers.
 *
 * @see https://w3c.github.io/ServiceWorker/#add-routes
 */
interface RoutedInstall extends ExtendableEvent {
  addRoutes(routes: readonly Route[]): Promise<void>;
}

interface Route {
  readonly condition: {
    readonly requestMode?: RequestMode;
    readonly urlPattern: { readonly pathname: string; readonly search: '' };
  };
  readonly source: { readonly cacheName: string };
}

/** One cache for each build, so that the page and its routes change together, when the worker does. */
const PAGE_CACHE = 'latchkey-page-';

/** A build as its service worker keeps it. */
export interface KeptBuild {
  /** Changes with the page. */
  readonly revision: string;
  /** The cache of the files below /assets/, whose names change with their content. */
  readonly assets: string;
  /** Resolves with the page once all files are kept. */
  readonly page: Promise<Response>;
}

/** Sets the routes of the worker that is being installed, and keeps what they answer with. */
export async function routePastWorker(event: ExtendableEvent, build: KeptBuild): Promise<void> {
  if (!isRouted(event)) return;
  const pages = PAGE_CACHE + build.revision;
  const isSet = await setRoutes(event, [
    {
      condition: { requestMode: 'navigate', urlPattern: { pathname: '/', search: '' } },
      source: { cacheName: pages },
    },
    { condition: { urlPattern: { pathname: '/assets/*', search: '' } }, source: { cacheName: build.assets } },
  ]);
  if (!isSet) return;
  // What a route does not find comes from the network, not from the worker: without its page a worker is not whole.
  const cache = await caches.open(pages);
  await cache.put('/', await build.page);
}

/** A browser whose router is another than this one keeps to the fetch handler. */
async function setRoutes(event: RoutedInstall, routes: readonly Route[]): Promise<boolean> {
  try {
    await event.addRoutes(routes);
    return true;
  } catch {
    return false;
  }
}

/** Forgets the pages of builds that this worker has replaced. */
export async function deleteFormerPages(revision: string): Promise<void> {
  const names = await caches.keys();
  const former = names.filter(name => name.startsWith(PAGE_CACHE) && name !== PAGE_CACHE + revision);
  await Promise.all(former.map(name => caches.delete(name)));
}

function isRouted(event: ExtendableEvent): event is RoutedInstall {
  return 'addRoutes' in event;
}
