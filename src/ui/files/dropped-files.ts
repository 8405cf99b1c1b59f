/** Files found so far, and how many more there were past the limit. */
export interface FoundFiles {
  files: File[];
  leftOut: number;
}

/** What to take from a drop. */
export interface DropOptions {
  /** The most files to take. */
  maxFiles: number;
  /** Whether a file found inside a folder is taken; a file dropped by itself always is. */
  wants: (name: string) => boolean;
}

/** The files of a drop, folders opened to any depth. Call it in the drop event itself: the entries end with it. */
export async function droppedFiles(transfer: DataTransfer, options: DropOptions): Promise<FoundFiles> {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry()).filter(entry => entry !== null);
  if (entries.length === 0) return takeFiles([...transfer.files], options.maxFiles);
  const found: FoundFiles = { files: [], leftOut: 0 };
  const folders: FileSystemDirectoryEntry[] = [];
  for (const entry of entries) await sortEntry(entry, folders, found, { ...options, wants: () => true });
  for (let folder = folders.shift(); folder; folder = folders.shift()) {
    for (const entry of await entriesOf(folder)) await sortEntry(entry, folders, found, options);
  }
  return found;
}

/** The first files up to the limit. */
export function takeFiles(files: File[], maxFiles: number): FoundFiles {
  return { files: files.slice(0, maxFiles), leftOut: Math.max(0, files.length - maxFiles) };
}

async function sortEntry(
  entry: FileSystemEntry,
  folders: FileSystemDirectoryEntry[],
  found: FoundFiles,
  { maxFiles, wants }: DropOptions,
): Promise<void> {
  if (isFolder(entry)) {
    folders.push(entry);
    return;
  }
  if (!isFile(entry) || !wants(entry.name)) return;
  if (found.files.length >= maxFiles) {
    found.leftOut += 1;
    return;
  }
  const file = await fileOf(entry);
  if (file) found.files.push(file);
}

/** A folder hands out its entries in batches until an empty one. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  const next = () =>
    new Promise<FileSystemEntry[]>(resolve => {
      reader.readEntries(resolve, () => resolve([]));
    });
  for (let batch = await next(); batch.length > 0; batch = await next()) all.push(...batch);
  return all;
}

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise(resolve => {
    entry.file(resolve, () => resolve(null));
  });
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
