/** The part of the Launch Handler API that is used; TypeScript's library does not have it. */
interface LaunchQueue {
  setConsumer(consumer: (params: LaunchParams) => void): void;
}

interface LaunchParams {
  files?: readonly FileSystemFileHandle[];
  targetURL?: string | null;
}

/** What the installed app was opened with, while it runs or when it starts. */
export interface Launch {
  /** Files of the file manager (`.lic`); null stands for one that the browser did not give, as when the stick was pulled out. */
  files: (File | null)[];
  /** Path and query that were asked for, as by a shortcut on the icon; null when the browser does not tell. */
  target: string | null;
}

/**
 * Hands over what the installed app is opened with. The browser keeps it until this is called, and brings a running
 * window to the front instead of opening another. Does nothing in browsers without a launch queue.
 */
export function onLaunch(take: (launch: Launch) => void): void {
  const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer(({ files = [], targetURL }) => {
    void Promise.all(files.map(handle => handle.getFile().catch(() => null))).then(opened => {
      take({ files: opened, target: targetURL ? pathOf(targetURL) : null });
    });
  });
}

function pathOf(address: string): string | null {
  const url = new URL(address, location.href);
  return url.origin === location.origin ? url.pathname + url.search : null;
}
