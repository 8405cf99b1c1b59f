declare const self: ServiceWorkerGlobalScope;

const CACHE = 'empty-page';

self.addEventListener('install', event => event.waitUntil(keepPage()));
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', event => event.respondWith(kept(event.request)));

async function keepPage(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(['/', '/main.js']);
}

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}
