/**
 * Takes folders that are dropped anywhere on the page, before anything else sees them. Files, and folders in browsers
 * that give no handle, are left to others.
 *
 * @returns A function that ends it.
 */
export function onDroppedFolder(take: (folder: FileSystemDirectoryHandle) => void): () => void {
  const dropped = (event: DragEvent) => {
    const [item, ...more] = event.dataTransfer?.items ?? [];
    const open: unknown = item && Reflect.get(item, 'getAsFileSystemHandle');
    if (!item?.webkitGetAsEntry()?.isDirectory || more.length > 0 || typeof open !== 'function') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const opening: Promise<unknown> = open.call(item);
    opening.then(
      handle => handle instanceof FileSystemDirectoryHandle && take(handle),
      () => undefined,
    );
  };
  addEventListener('drop', dropped, { capture: true });
  return () => removeEventListener('drop', dropped, { capture: true });
}
