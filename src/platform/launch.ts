/** The part of the File Handling API that is used; TypeScript's library does not have it. */
interface LaunchQueue {
  setConsumer(consumer: (params: { files?: readonly FileSystemFileHandle[] }) => void): void;
}

/**
 * Hands over the files with which the installed app was opened (`.lic` in the file manager); null stands for one that
 * the browser did not give, as when the stick was pulled out. Does nothing in browsers without file handlers.
 */
export function onLaunchFiles(take: (files: (File | null)[]) => void): void {
  const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer(({ files = [] }) => {
    void Promise.all(files.map(handle => handle.getFile().catch(() => null))).then(opened => {
      if (opened.length > 0) take(opened);
    });
  });
}
