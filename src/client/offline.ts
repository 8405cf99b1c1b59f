/**
 * What lets a vendor's app run without a network: its own service worker, installed and updated with care. What the
 * worker does is in `sw.ts`, which the worker's own script imports.
 */
export {
  type InstalledWorker,
  installServiceWorker,
  type ServiceWorkerEvents,
} from '../platform/service-worker.ts';
