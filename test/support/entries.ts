/** Files and folders as a drop gives them, by what a folder holds: `null` stands for a file. */
export interface Tree {
  [name: string]: Tree | null;
}

/** How many entries browsers hand out at once. */
const BATCH = 100;

/** Entries of the standard's shape, for browsers in which only a person's drop makes real ones. */
export const shapedEntries = {
  folder: async (name: string, tree: Tree) => folderOf(name, tree),
  file: async (name: string) => fileOf(name),
};

function folderOf(name: string, tree: Tree): FileSystemEntry {
  const createReader = () => {
    const rest = Object.entries(tree).map(([each, inner]) => (inner ? folderOf(each, inner) : fileOf(each)));
    return {
      readEntries: (ready: (entries: FileSystemEntry[]) => void) =>
        queueMicrotask(() => ready(rest.splice(0, BATCH))),
    };
  };
  return { name, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

function fileOf(name: string): FileSystemEntry {
  const file = (ready: (file: File) => void) => queueMicrotask(() => ready(new File([], name)));
  return { name, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry;
}

/** The sandboxed file system of Chromium, which gives real entries to scripts too. */
type RequestFileSystem = (
  type: number,
  size: number,
  ready: (system: FileSystem) => void,
  failed: (error: DOMException) => void,
) => void;

/** Real entries, in Chromium. */
export const sandboxedEntries = {
  async folder(name: string, tree: Tree): Promise<FileSystemEntry> {
    return fill(await freshFolder(name), tree);
  },
  async file(name: string): Promise<FileSystemEntry> {
    return fileIn(await freshFolder('stick'), name);
  },
};

/** Whether scripts get real entries in this browser. */
export function hasSandbox(): boolean {
  return isRequest(Reflect.get(window, 'webkitRequestFileSystem'));
}

function isRequest(value: unknown): value is RequestFileSystem {
  return typeof value === 'function';
}

async function freshFolder(name: string): Promise<FileSystemDirectoryEntry> {
  const request: unknown = Reflect.get(window, 'webkitRequestFileSystem');
  if (!isRequest(request)) throw new Error('expected Chromium');
  const { root } = await new Promise<FileSystem>((resolve, reject) => {
    request.call(window, 0, 1024 * 1024, resolve, reject);
  });
  return folderIn(await folderIn(root, crypto.randomUUID()), name);
}

async function fill(folder: FileSystemDirectoryEntry, tree: Tree): Promise<FileSystemDirectoryEntry> {
  for (const [name, inner] of Object.entries(tree)) {
    if (inner) await fill(await folderIn(folder, name), inner);
    else await fileIn(folder, name);
  }
  return folder;
}

function folderIn(parent: FileSystemDirectoryEntry, name: string): Promise<FileSystemDirectoryEntry> {
  return new Promise((resolve, reject) => {
    parent.getDirectory(name, { create: true }, entry => resolve(entry as FileSystemDirectoryEntry), reject);
  });
}

function fileIn(parent: FileSystemDirectoryEntry, name: string): Promise<FileSystemEntry> {
  return new Promise((resolve, reject) => {
    parent.getFile(name, { create: true }, resolve, reject);
  });
}
