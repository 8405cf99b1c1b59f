import { expect } from '@open-wc/testing';
import { LatchkeyError } from '../../../src/errors.ts';
import { readAnswer } from '../../../src/portal/answer.ts';
import { answerFiles } from '../../../src/portal/answer-files.ts';
import { saveToFolder } from '../../../src/portal/save-answers.ts';
import type { Upload } from '../../../src/portal/upload.ts';
import { deviceFile, licenseAnswer, receiptAnswer, refusalAnswer } from '../../support/portal-files.ts';

async function answered(id: number, answer: Promise<Uint8Array<ArrayBuffer>>): Promise<Upload> {
  const bytes = await answer;
  return {
    id,
    fileName: `press-${id}.req`,
    file: { kind: 'activation-request', bytes: deviceFile('activation-request', id) },
    progress: { state: 'answered', answer: bytes, decision: readAnswer(bytes) },
  };
}

describe('readAnswer()', () => {
  it('reads what was decided and for which device', async () => {
    const license = readAnswer(await licenseAnswer(1));
    expect(license).to.deep.include({ kind: 'license', licenseState: null });
    expect(license.deviceNumber).to.match(/^\d{4} \d{4} \d{4}$/);
    expect(readAnswer(await licenseAnswer(1, { licenseState: 'disabled' }))).to.include({
      licenseState: 'disabled',
    });
    expect(readAnswer(await receiptAnswer(1))).to.deep.equal({
      kind: 'receipt',
      deviceNumber: license.deviceNumber,
    });
    expect(readAnswer(await refusalAnswer(null, 'NO_SEATS_LEFT', { maxActivations: 10 }))).to.deep.equal({
      kind: 'refusal',
      deviceNumber: null,
      code: 'NO_SEATS_LEFT',
      data: { maxActivations: 10 },
    });
  });

  it('refuses an answer cut at any byte, with one code', async () => {
    const answer = await licenseAnswer(1, { holder: 'Acme Bottling' });
    for (let length = 0; length < answer.length; length += 1) {
      expect(() => readAnswer(answer.slice(0, length)), String(length))
        .to.throw(LatchkeyError)
        .with.property('code', 'PORTAL_ANSWER_REFUSED');
    }
  });

  it('refuses a web page in place of an answer', () => {
    const page = new TextEncoder().encode('<!doctype html><title>Sign in to the hotel network</title>');
    expect(() => readAnswer(page))
      .to.throw(LatchkeyError)
      .with.property('code', 'PORTAL_ANSWER_REFUSED');
  });
});

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
