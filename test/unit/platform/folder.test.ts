import { expect } from '@open-wc/testing';
import { folderIn, saveToFolder } from '../../../src/platform/folder.ts';

const file = (name: string, ...bytes: number[]) => ({ name, bytes: new Uint8Array(bytes) });
let folder: FileSystemDirectoryHandle;

beforeEach(async () => {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry('stick-of-folder', { recursive: true }).catch(() => {});
  folder = await root.getDirectoryHandle('stick-of-folder', { create: true });
});

async function contents(of = folder): Promise<Record<string, number[]>> {
  const found: Record<string, number[]> = {};
  for await (const [name, handle] of of.entries()) {
    if (!(handle instanceof FileSystemFileHandle)) continue;
    found[name] = [...new Uint8Array(await (await handle.getFile()).arrayBuffer())];
  }
  return found;
}

/** The folder, but what is written into its files goes this way. */
function writing(
  write: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
): FileSystemDirectoryHandle {
  const fileHandle = (handle: FileSystemFileHandle) =>
    new Proxy(handle, {
      get(target, name) {
        if (name !== 'createWritable') return bound(target, name);
        return async () => {
          const writable = await target.createWritable();
          return {
            write: (bytes: Uint8Array<ArrayBuffer>) => writable.write(write(bytes)),
            close: () => writable.close(),
            abort: () => writable.abort(),
          };
        };
      },
    });
  return new Proxy(folder, {
    get(target, name) {
      if (name !== 'getFileHandle') return bound(target, name);
      return async (...args: Parameters<FileSystemDirectoryHandle['getFileHandle']>) =>
        fileHandle(await target.getFileHandle(...args));
    },
  });
}

function bound(target: object, name: PropertyKey): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === 'function' ? value.bind(target) : value;
}

describe('saveToFolder()', () => {
  it('writes every file, and the same ones only once', async () => {
    const files = [file('a.lic', 1), file('b.lic', 2)];
    expect(await saveToFolder(folder, files)).to.equal(2);
    expect(await saveToFolder(folder, files)).to.equal(2);
    expect(await contents()).to.deep.equal({ 'a.lic': [1], 'b.lic': [2] });
  });

  it('leaves another file of the same name alone', async () => {
    await saveToFolder(folder, [file('a.lic', 1)]);
    expect(await saveToFolder(folder, [file('a.lic', 9)])).to.equal(1);
    expect(await contents()).to.deep.equal({ 'a.lic': [1], 'a-2.lic': [9] });
  });

  it('says how many it wrote when the stick is gone', async () => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry('stick-of-folder', { recursive: true });
    expect(await saveToFolder(folder, [file('a.lic', 1)])).to.equal(0);
  });

  it('leaves nothing of a file that cannot be written, and stops there', async () => {
    const full = writing(bytes => {
      if (bytes[0] === 2) throw new DOMException('no space', 'QuotaExceededError');
      return bytes;
    });
    const files = [file('a.lic', 1), file('b.lic', 2), file('c.lic', 3)];
    expect(await saveToFolder(full, files)).to.equal(1);
    expect(await contents()).to.deep.equal({ 'a.lic': [1] });
  });

  it('reads back what it wrote, and leaves nothing that is not the file', async () => {
    const cut = writing(bytes => bytes.slice(0, -1));
    expect(await saveToFolder(cut, [file('a.lic', 1, 2, 3)])).to.equal(0);
    expect(await contents()).to.deep.equal({});
  });
});

describe('folderIn()', () => {
  it('makes the folder, finds it again, and takes one that was chosen itself', async () => {
    const made = await folderIn(folder, 'to-device');
    await saveToFolder(made ?? folder, [file('a.lic', 1)]);
    const again = await folderIn(folder, 'to-device');
    expect(await contents(again ?? folder)).to.deep.equal({ 'a.lic': [1] });
    expect(again && (await folderIn(again, 'to-device'))).to.equal(again);
  });

  it('is null where there is a file of that name', async () => {
    await saveToFolder(folder, [file('to-device', 1)]);
    expect(await folderIn(folder, 'to-device')).to.equal(null);
  });
});
