import { expect } from '@open-wc/testing';
import {
  askForFolder,
  chooseFolder,
  permissionFor,
  saveToFolder,
} from '../../../../src/platform/stick/folder.ts';
import { listFiles } from '../../../../src/platform/stick/listing.ts';
import { forgetFolder, rememberedFolder, rememberFolder } from '../../../../src/platform/stick/remembered.ts';
import { codeOfAsync } from '../../../support/code-of.ts';
import { freshFolder, tree, writing } from './folders.ts';

const picker: unknown = Reflect.get(window, 'showDirectoryPicker');
const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
let folder: FileSystemDirectoryHandle;

beforeEach(async () => {
  folder = await freshFolder('stick-of-folder');
});
afterEach(() => Object.assign(window, { showDirectoryPicker: picker }));

describe('chooseFolder()', () => {
  const closing = (name: string, afterMs: number) => async () => {
    await wait(afterMs);
    throw new DOMException('', name);
  };

  it('gives the folder, and null when a person closes the dialog', async () => {
    Object.assign(window, { showDirectoryPicker: async () => folder });
    expect(await chooseFolder('files')).to.equal(folder);
    Object.assign(window, { showDirectoryPicker: closing('AbortError', 200) });
    expect(await chooseFolder('files')).to.equal(null);
  });

  it('says that no dialog is shown: by the browser, by a policy, or for a page in a frame', async () => {
    for (const showDirectoryPicker of [undefined, closing('AbortError', 0), closing('SecurityError', 200)]) {
      Object.assign(window, { showDirectoryPicker });
      expect(await codeOfAsync(() => chooseFolder('files'))).to.equal('STICK_NOT_ALLOWED');
    }
  });
});

describe('permissionFor() and askForFolder()', () => {
  it('say what the browser says', async () => {
    const asked = (query: string, request: string) =>
      Object.assign(Object.create(folder), {
        queryPermission: async () => query,
        requestPermission: async () => request,
      });
    expect(await permissionFor(asked('prompt', 'granted'))).to.equal('prompt');
    expect(await askForFolder(asked('prompt', 'granted'))).to.equal('granted');
    expect(await askForFolder(asked('prompt', 'denied'))).to.equal('denied');
    expect(await askForFolder(Object.assign(Object.create(folder), { requestPermission: closed }))).to.equal(
      'denied',
    );
  });
});

describe('rememberedFolder()', () => {
  it('is the folder that was chosen last', async () => {
    await forgetFolder();
    expect(await rememberedFolder()).to.equal(null);
    await rememberFolder(await freshFolder('stick-of-other'));
    await rememberFolder(folder);
    const found = await rememberedFolder();
    expect(await found?.isSameEntry(folder)).to.equal(true);
    await forgetFolder();
    expect(await rememberedFolder()).to.equal(null);
  });
});

describe('saveToFolder()', () => {
  it('stops at the first file that cannot be written, and says how many are there', async () => {
    const full = writing(folder, bytes => {
      if (bytes[0] === 'b'.charCodeAt(0)) throw new DOMException('no space', 'QuotaExceededError');
      return bytes;
    });
    const files = [file('1.lic', 'a'), file('2.lic', 'b'), file('3.lic', 'c')];
    expect(await saveToFolder(full, files)).to.equal(1);
    expect(await tree(folder)).to.deep.equal({ '1.lic': 'a' });
  });
});

describe('listFiles()', () => {
  it('stops before it reads a million files', async () => {
    let listed = 0;
    const endless = Object.assign(Object.create(folder, { name: { value: 'to-portal' } }), {
      async *values() {
        const handle = await folder.getFileHandle('a.req', { create: true });
        for (; ; listed += 1) yield handle;
      },
    });
    expect(await codeOfAsync(() => listFiles(endless, () => 1000))).to.equal('STICK_TOO_MANY_FILES');
    expect(listed).to.be.below(30_000);
  });
});

async function closed(): Promise<never> {
  throw new DOMException('', 'SecurityError');
}
