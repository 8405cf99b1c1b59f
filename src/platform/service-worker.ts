import type { Workbox } from 'workbox-window';

export interface ServiceWorkerEvents {
  /** A new version of the app waits, or runs already because another tab started it. */
  onUpdateReady: () => void;
}

export interface InstalledWorker {
  /** Starts the version that waits, and loads the page anew once it runs. */
  update: () => void;
  /** Looks for a new version; does nothing without a network. */
  look: () => void;
}

/**
 * Registers the app's service worker. Nothing is loaded anew until `update` is called: never in the middle of work.
 *
 * @throws TypeError, SecurityError - as the browser says it, when the worker is not to be had.
 */
export async function installServiceWorker(
  url: string,
  { onUpdateReady }: ServiceWorkerEvents,
): Promise<InstalledWorker> {
  const { Workbox } = await import('workbox-window');
  const workbox = new Workbox(url);
  let isWaiting = false;
  let isUpdating = false;
  workbox.addEventListener('waiting', () => {
    isWaiting = true;
    onUpdateReady();
  });
  workbox.addEventListener('controlling', ({ isUpdate }) => {
    if (isUpdating) location.reload();
    else if (isUpdate) onUpdateReady();
    isWaiting = false;
  });
  await workbox.register({ immediate: true });
  return {
    update: () => {
      if (!isWaiting) location.reload();
      isUpdating = true;
      workbox.messageSkipWaiting();
    },
    look: () => void look(workbox),
  };
}

async function look(workbox: Workbox): Promise<void> {
  try {
    if (navigator.onLine) await workbox.update();
  } catch {
    // Offline, or the server is away: the installed version goes on.
  }
}
