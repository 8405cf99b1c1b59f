/** The part of the File Handling API that is used; TypeScript's library does not have it. */
interface LaunchQueue {
  setConsumer(consumer: (params: { files?: readonly FileSystemFileHandle[] }) => void): void;
}

/**
 * Hands over the files with which the installed app was opened (`.lic` in the file manager). Does nothing in
 * browsers without file handlers.
 */
export function onLaunchFiles(take: (files: File[]) => void): void {
  const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer(({ files = [] }) => {
    void Promise.all(files.map(handle => handle.getFile())).then(opened => {
      if (opened.length > 0) take(opened);
    });
  });
}
