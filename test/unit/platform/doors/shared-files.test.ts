import { expect } from '@open-wc/testing';
import { keepShared, takeShared } from '../../../../src/platform/doors/shared-files.ts';

function formOf(files: File[], text?: string): FormData {
  const form = new FormData();
  for (const file of files) form.append('files', file);
  if (text !== undefined) form.append('text', text);
  return form;
}

describe('shared files', () => {
  beforeEach(async () => {
    await takeShared();
  });

  it('are taken once, with the text beside them, in the order they came', async () => {
    await keepShared(formOf([new File(['one'], 'a.lic'), new File(['two'], 'b.lic')], 'three'));
    const shared = await takeShared();
    const texts = await Promise.all(shared.map(part => (part instanceof File ? part.text() : '')));
    expect(texts).to.deep.equal(['one', 'two', 'three']);
    expect(await takeShared()).to.deep.equal([]);
  });

  it('past 256 KiB are noted with their length, and nothing of them is kept', async () => {
    await keepShared(formOf([new File([new Uint8Array(256 * 1024 + 1)], 'a.lic')]));
    expect(await takeShared()).to.deep.equal([{ tooLongBytes: 256 * 1024 + 1 }]);
  });

  it('past the fiftieth leave the text beside them', async () => {
    const many = Array.from({ length: 60 }, (_, index) => new File([`${index}`], 'a.lic'));
    await keepShared(formOf(many, 'the text'));
    const shared = await takeShared();
    expect(shared.length).to.equal(51);
    const last = shared.at(-1);
    expect(last instanceof File ? await last.text() : null).to.equal('the text');
  });

  it('past the fiftieth are left out, empty ones too', async () => {
    const many = Array.from({ length: 60 }, (_, index) => new File([`${index}`], `${index}.lic`));
    await keepShared(formOf([new File([], 'empty.lic'), ...many]));
    expect((await takeShared()).length).to.equal(50);
  });
});
