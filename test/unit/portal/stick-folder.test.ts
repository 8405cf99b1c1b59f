import { expect } from '@open-wc/testing';
import { zipSync } from 'fflate';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { chooseStickFolder } from '../../../src/portal/intake/stick-folder.ts';
import { deviceFile } from '../../support/portal-files.ts';

const picker: unknown = Reflect.get(window, 'showDirectoryPicker');

describe('chooseStickFolder()', () => {
  let folder: FileSystemDirectoryHandle;

  beforeEach(async () => {
    const root = await navigator.storage.getDirectory();
    folder = await root.getDirectoryHandle(`portal-folder-${Date.now()}`, { create: true });
  });

  afterEach(() => Object.assign(window, { showDirectoryPicker: picker }));

  async function put(name: string, bytes: Bytes): Promise<FileSystemFileHandle> {
    const handle = await folder.getFileHandle(name, { create: true });
    const stream = await handle.createWritable();
    await stream.write(bytes);
    await stream.close();
    return handle;
  }

  async function read(chosen: FileSystemDirectoryHandle) {
    Object.assign(window, { showDirectoryPicker: async () => chosen });
    return (await chooseStickFolder(async () => new Uint8Array(32)))?.read();
  }

  /** The folder as if more lay in it, each with the bytes of one real file. */
  function withMore(names: readonly string[], handle: FileSystemFileHandle): FileSystemDirectoryHandle {
    return Object.assign(Object.create(folder), {
      getDirectoryHandle: folder.getDirectoryHandle.bind(folder),
      getFileHandle: folder.getFileHandle.bind(folder),
      async *values() {
        for (const name of names) {
          yield Object.create(handle, { name: { value: name }, getFile: { value: () => handle.getFile() } });
        }
        yield* folder.values();
      },
    });
  }

  it('takes a zip of the size of a zip out of a folder of another sort', async () => {
    const noise = Uint8Array.from({ length: 60_000 }, () => Math.random() * 256);
    const zip = new Uint8Array(zipSync({ '1.req': noise, '2.req': noise }));
    await put('round.zip', zip);
    await put('large.req', new Uint8Array(70_000));
    const found = await read(folder);
    expect(found?.files.map(({ name, bytes }) => [name, bytes?.length])).to.deep.equal([
      ['large.req', undefined],
      ['round.zip', zip.length],
    ]);
  });

  it('counts only the files that it takes, and says how many were too many', async () => {
    const handle = await put('z.req', deviceFile('activation-request'));
    const numbered = (count: number, ending: string) =>
      Array.from({ length: count }, (_, index) => `${index}${ending}`);
    const foreign = await read(withMore(numbered(25_000, '.log'), handle));
    expect(foreign?.files.map(({ name }) => name)).to.deep.equal(['z.req']);
    expect(foreign?.leftOut).to.equal(0);
    const many = await read(withMore(numbered(10_002, '.req'), handle));
    expect(many?.files).to.have.lengthOf(10_000);
    expect(many?.leftOut).to.equal(3);
  }).timeout(20_000);
});
