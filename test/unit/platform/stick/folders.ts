/** A folder of its own for a test, empty: real files of the browser, with the interface of a stick's. */
export async function freshFolder(name: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(name, { recursive: true }).catch(() => {});
  return root.getDirectoryHandle(name, { create: true });
}

/** Removes a folder that {@link freshFolder} made, as when a stick is pulled out. */
export async function pull(name: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(name, { recursive: true });
}

/** All files below a folder by their paths, as text. */
export async function tree(folder: FileSystemDirectoryHandle, path = ''): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const [name, entry] of folder.entries()) {
    if (entry instanceof FileSystemFileHandle) found[path + name] = await (await entry.getFile()).text();
    if (entry instanceof FileSystemDirectoryHandle)
      Object.assign(found, await tree(entry, `${path}${name}/`));
  }
  return found;
}

/** Writes a file, and the folders on its way. */
export async function place(folder: FileSystemDirectoryHandle, path: string, text: string): Promise<void> {
  const [name = '', ...rest] = path.split('/');
  if (rest.length > 0)
    return place(await folder.getDirectoryHandle(name, { create: true }), rest.join('/'), text);
  const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await writable.write(text);
  await writable.close();
}

/** The same folder, but what is written into its files goes this way; it may throw what a stick throws. */
export function writing(
  folder: FileSystemDirectoryHandle,
  write: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
): FileSystemDirectoryHandle {
  return changed(folder, {
    async *values() {
      for await (const entry of folder.values()) {
        yield entry instanceof FileSystemDirectoryHandle ? writing(entry, write) : entry;
      }
    },
    getDirectoryHandle: async (...args: Parameters<FileSystemDirectoryHandle['getDirectoryHandle']>) =>
      writing(await folder.getDirectoryHandle(...args), write),
    getFileHandle: async (...args: Parameters<FileSystemDirectoryHandle['getFileHandle']>) => {
      const handle = await folder.getFileHandle(...args);
      return changed(handle, {
        createWritable: async () => {
          const writable = await handle.createWritable();
          return changed(writable, {
            write: (bytes: Uint8Array<ArrayBuffer>) => writable.write(write(bytes)),
          });
        },
      });
    },
  });
}

function changed<T extends object>(target: T, methods: Record<string, unknown>): T {
  return new Proxy(target, {
    get(of, name) {
      if (typeof name === 'string' && name in methods) return methods[name];
      const value: unknown = Reflect.get(of, name);
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
}
