import {
  cleanupOutdatedCaches,
  PrecacheController,
  type PrecacheEntry,
  PrecacheRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { deleteFormerPages, routePastWorker } from './sw-routes.ts';

declare const self: ServiceWorkerGlobalScope;

/** What the origin serves that is not of the build: the vendor's profile and the manifest of the installed app. */
const ORIGIN_FILES = ['/profile', '/manifest.webmanifest'];
const ORIGIN_CACHE = 'latchkey-origin';

const PAGE = '/index.html';

/** How long a person waits for the server's own copy while a kept one is there. */
const TIMEOUT_MS = 3000;

/**
 * All that the service worker of a device's app does: keeps the build and what the origin says of the vendor, and
 * answers from there. Call it while the worker's script runs.
 *
 * @param files - The files of the build, which the build lists as `self.__WB_MANIFEST`.
 */
export function serveOffline(files: PrecacheEntry[]): void {
  const build = new PrecacheController();
  build.addToCacheList(files);
  cleanupOutdatedCaches();
  registerRoute(new PrecacheRoute(build));
  registerRoute(new NavigationRoute(build.createHandlerBoundToURL(PAGE)));
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && ORIGIN_FILES.includes(url.pathname),
    ({ request }) => newestOf(request),
  );
  const revision = files.find(({ url }) => `/${url}` === PAGE)?.revision ?? '';
  self.addEventListener('install', event => {
    event.waitUntil(keepOriginFiles());
    const page = keepBuild(build, event);
    event.waitUntil(page);
    event.waitUntil(routePastWorker(event, { revision, assets: build.strategy.cacheName, page }));
  });
  self.addEventListener('activate', event => {
    event.waitUntil(build.activate(event));
    event.waitUntil(deleteFormerPages(revision));
    // The page of the first visit loads parts of the app later, maybe when the server is gone.
    event.waitUntil(self.clients.claim());
  });
  // The page asks for this when a person presses Update: never in the middle of work.
  self.addEventListener('message', event => {
    if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting();
  });
}

/** Keeps the files of the build and gives its page. */
async function keepBuild(build: PrecacheController, event: ExtendableEvent): Promise<Response> {
  await build.install(event);
  const page = await build.matchPrecache(PAGE);
  if (!page) throw new TypeError(`no ${PAGE} in the build`);
  return page;
}

/** Without them the app is not whole, so the installation fails with them and is tried again. */
async function keepOriginFiles(): Promise<void> {
  const cache = await caches.open(ORIGIN_CACHE);
  await cache.addAll(ORIGIN_FILES.map(url => new Request(url, { cache: 'no-cache' })));
}

/** The server's copy, which is kept; the kept one when the server is away or slow. */
async function newestOf(request: Request): Promise<Response> {
  const cache = await caches.open(ORIGIN_CACHE);
  const kept = await cache.match(request, { ignoreSearch: true });
  try {
    const response = await fetch(request, kept ? { signal: AbortSignal.timeout(TIMEOUT_MS) } : {});
    if (!isOriginFile(response)) return kept ?? response;
    await cache.put(request, response.clone());
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/** The sign-in page of a network between answers in the server's place too, but not with JSON. */
function isOriginFile(response: Response): boolean {
  return response.ok && !response.redirected && (response.headers.get('content-type') ?? '').includes('json');
}
