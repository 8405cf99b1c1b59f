/** What lets a vendor's app run without a network: its own service worker, installed and updated with care. */
export {
  type InstalledWorker,
  installServiceWorker,
  type ServiceWorkerEvents,
} from '../platform/service-worker.ts';
