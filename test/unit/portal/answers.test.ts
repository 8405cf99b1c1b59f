import { expect } from '@open-wc/testing';
import { webCrypto } from '../../../src/crypto/web.ts';
import { answerFiles } from '../../../src/portal/answer-files.ts';
import { saveToFolder } from '../../../src/portal/save-answers.ts';
import type { Upload } from '../../../src/portal/upload.ts';
import { readAnswer } from '../../../src/verify/decision.ts';
import {
  deviceFile,
  licenseAnswer,
  loadTestTrust,
  receiptAnswer,
  refusalAnswer,
} from '../../support/portal-files.ts';

async function answered(id: number, answer: Promise<Uint8Array<ArrayBuffer>>): Promise<Upload> {
  const bytes = await answer;
  return {
    id,
    fileName: `press-${id}.req`,
    file: { kind: 'activation-request', bytes: deviceFile('activation-request', id) },
    progress: {
      state: 'answered',
      answer: bytes,
      decision: await readAnswer(bytes, { trust: await loadTestTrust(), crypto: webCrypto() }),
    },
  };
}

describe('answerFiles()', () => {
  it('names each answer by kind and device, no two alike', async () => {
    const uploads = [
      await answered(0, licenseAnswer(1)),
      await answered(1, licenseAnswer(1)),
      await answered(2, receiptAnswer(2)),
      await answered(3, refusalAnswer(null, 'NO_SEATS_LEFT')),
    ];
    const names = [...answerFiles(uploads).values()].map(({ name }) => name);
    expect(names[0]).to.match(/^license-\d{4}-\d{4}-\d{4}\.lic$/);
    expect(names[1]).to.equal(names[0]?.replace('.lic', '-2.lic'));
    expect(names[2]).to.match(/^receipt-/);
    expect(names[3]).to.equal('refusal.lic');
  });
});

describe('saveToFolder()', () => {
  const file = (name: string, byte: number) => ({ name, bytes: new Uint8Array([byte]) });
  let folder: FileSystemDirectoryHandle;

  beforeEach(async () => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry('stick', { recursive: true }).catch(() => {});
    folder = await root.getDirectoryHandle('stick', { create: true });
  });

  async function contents(): Promise<Record<string, number | undefined>> {
    const found: Record<string, number | undefined> = {};
    for await (const [name, handle] of folder.entries()) {
      if (!(handle instanceof FileSystemFileHandle)) continue;
      found[name] = new Uint8Array(await (await handle.getFile()).arrayBuffer())[0];
    }
    return found;
  }

  it('writes every answer, and the same ones only once', async () => {
    const files = [file('a.lic', 1), file('b.lic', 2)];
    expect(await saveToFolder(folder, files)).to.equal(2);
    expect(await saveToFolder(folder, files)).to.equal(2);
    expect(await contents()).to.deep.equal({ 'a.lic': 1, 'b.lic': 2 });
  });

  it('leaves another file of the same name alone', async () => {
    await saveToFolder(folder, [file('a.lic', 1)]);
    expect(await saveToFolder(folder, [file('a.lic', 9)])).to.equal(1);
    expect(await contents()).to.deep.equal({ 'a.lic': 1, 'a-2.lic': 9 });
  });

  it('says how many it wrote when the stick is gone', async () => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry('stick', { recursive: true });
    expect(await saveToFolder(folder, [file('a.lic', 1)])).to.equal(0);
  });
});
