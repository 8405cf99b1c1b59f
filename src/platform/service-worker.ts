import type { Workbox } from 'workbox-window';

export interface ServiceWorkerEvents {
  /** A new version of the app waits; it starts when {@link InstalledWorker.update} is called. */
  onUpdateReady: () => void;
  /** The app works without a network from now on. */
  onOfflineReady: () => void;
}

export interface InstalledWorker {
  /** Starts the version that waits; the page is loaded anew once it runs. */
  update: () => void;
  /** Looks for a new version; does nothing without a network. */
  look: () => void;
}

/**
 * Registers the app's service worker.
 *
 * @throws TypeError - as the browser says it, when service workers are not to be had.
 */
export async function installServiceWorker(
  url: string,
  events: ServiceWorkerEvents,
): Promise<InstalledWorker> {
  const { Workbox } = await import('workbox-window');
  // workbox-window does not pass a TrustedScriptURL on; the page's default policy turns the text into one.
  const workbox = new Workbox(url);
  let isUpdating = false;
  workbox.addEventListener('waiting', events.onUpdateReady);
  workbox.addEventListener('activated', ({ isUpdate }) => {
    if (!isUpdate) events.onOfflineReady();
  });
  workbox.addEventListener('controlling', () => {
    if (isUpdating) location.reload();
  });
  await workbox.register();
  return {
    update: () => {
      isUpdating = true;
      workbox.messageSkipWaiting();
    },
    look: () => void lookForUpdate(workbox),
  };
}

async function lookForUpdate(workbox: Workbox): Promise<void> {
  try {
    if (navigator.onLine) await workbox.update();
  } catch {
    // Offline, or the server is away: the installed version goes on.
  }
}
