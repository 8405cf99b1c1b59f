import { expect } from '@open-wc/testing';
import { droppedFiles } from '../../../src/ui/files/dropped-files.ts';

/** The sandboxed file system of Chromium gives real entries, as a drop does. */
type RequestFileSystem = (
  type: number,
  size: number,
  ready: (system: FileSystem) => void,
  failed: (error: DOMException) => void,
) => void;

function isRequest(value: unknown): value is RequestFileSystem {
  return typeof value === 'function';
}

async function freshFolder(): Promise<FileSystemDirectoryEntry> {
  const request: unknown = Reflect.get(window, 'webkitRequestFileSystem');
  if (!isRequest(request)) throw new Error('expected Chromium');
  const { root } = await new Promise<FileSystem>((resolve, reject) => {
    request.call(window, 0, 1024 * 1024, resolve, reject);
  });
  return folderIn(root, `stick-${crypto.randomUUID()}`);
}

function folderIn(parent: FileSystemDirectoryEntry, name: string): Promise<FileSystemDirectoryEntry> {
  return new Promise((resolve, reject) => {
    parent.getDirectory(name, { create: true }, entry => resolve(entry as FileSystemDirectoryEntry), reject);
  });
}

function fileIn(parent: FileSystemDirectoryEntry, name: string): Promise<FileSystemFileEntry> {
  return new Promise((resolve, reject) => {
    parent.getFile(name, { create: true }, entry => resolve(entry as FileSystemFileEntry), reject);
  });
}

/** A drop of entries, which no script can put into a real one. */
function dropOf(entries: (FileSystemEntry | null)[], files: File[] = []): DataTransfer {
  const items = entries.map(entry => ({ webkitGetAsEntry: () => entry }));
  return { items, files } as unknown as DataTransfer;
}

const wants = (name: string) => name.endsWith('.req');
const namesOf = (files: File[]) => files.map(({ name }) => name).sort();

describe('droppedFiles()', () => {
  it('opens folders to any depth and takes the files that are wanted', async () => {
    const stick = await freshFolder();
    const inner = await folderIn(await folderIn(stick, 'hall 2'), 'line 5');
    await fileIn(stick, 'press-1.req');
    await fileIn(stick, 'Thumbs.db');
    await fileIn(inner, 'press-7.req');
    const { files, leftOut } = await droppedFiles(dropOf([stick]), { maxFiles: 100, wants });
    expect(namesOf(files)).to.deep.equal(['press-1.req', 'press-7.req']);
    expect(leftOut).to.equal(0);
  });

  it('takes every entry of a folder that hands them out in batches', async () => {
    const stick = await freshFolder();
    for (let number = 0; number < 230; number += 1) await fileIn(stick, `press-${number}.req`);
    const { files } = await droppedFiles(dropOf([stick]), { maxFiles: 1000, wants });
    expect(files.length).to.equal(230);
    const few = await droppedFiles(dropOf([stick]), { maxFiles: 200, wants });
    expect(few.files.length).to.equal(200);
    expect(few.leftOut).to.equal(30);
  });

  it('takes a file dropped by itself whatever its name', async () => {
    const stick = await freshFolder();
    const { files } = await droppedFiles(dropOf([await fileIn(stick, 'photo.jpg')]), { maxFiles: 9, wants });
    expect(namesOf(files)).to.deep.equal(['photo.jpg']);
  });

  it('takes the plain files where the browser has no entries', async () => {
    const drop = dropOf([null], [new File(['x'], 'a.req')]);
    const { files } = await droppedFiles(drop, { maxFiles: 9, wants });
    expect(namesOf(files)).to.deep.equal(['a.req']);
  });
});
