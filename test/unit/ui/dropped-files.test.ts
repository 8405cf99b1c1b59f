import { expect } from '@open-wc/testing';
import { droppedFiles } from '../../../src/ui/files/dropped-files.ts';
import { hasSandbox, sandboxedEntries, shapedEntries } from '../../support/entries.ts';

/** A drop of entries, which no script can put into a real one. */
function dropOf(entries: (FileSystemEntry | null)[], files: File[] = []): DataTransfer {
  const items = entries.map(entry => ({ webkitGetAsEntry: () => entry }));
  return { items, files } as unknown as DataTransfer;
}

const wants = (name: string) => name.endsWith('.req');
const namesOf = (files: File[]) => files.map(({ name }) => name).sort();

const kinds = [
  { kind: 'entries of the standard’s shape', entries: shapedEntries },
  ...(hasSandbox() ? [{ kind: 'the sandboxed file system', entries: sandboxedEntries }] : []),
];

for (const { kind, entries } of kinds) {
  describe(`droppedFiles() with ${kind}`, () => {
    it('opens folders to any depth and takes the files that are wanted', async () => {
      const inner = { 'line 5': { 'press-7.req': null } };
      const stick = await entries.folder('stick', {
        'press-1.req': null,
        'Thumbs.db': null,
        'hall 2': inner,
      });
      const { files, leftOut } = await droppedFiles(dropOf([stick]), { maxFiles: 100, wants });
      expect(namesOf(files)).to.deep.equal(['press-1.req', 'press-7.req']);
      expect(leftOut).to.equal(0);
    });

    it('takes every entry of a folder that hands them out in batches', async () => {
      const names = Array.from({ length: 230 }, (_, number) => [`press-${number}.req`, null]);
      const stick = await entries.folder('stick', Object.fromEntries(names));
      const { files } = await droppedFiles(dropOf([stick]), { maxFiles: 1000, wants });
      expect(files.length).to.equal(230);
      const few = await droppedFiles(dropOf([stick]), { maxFiles: 200, wants });
      expect(few.files.length).to.equal(200);
      expect(few.leftOut).to.equal(30);
    });

    it('takes a file dropped by itself whatever its name', async () => {
      const photo = await entries.file('photo.jpg');
      const { files } = await droppedFiles(dropOf([photo]), { maxFiles: 9, wants });
      expect(namesOf(files)).to.deep.equal(['photo.jpg']);
    });
  });
}

describe('droppedFiles()', () => {
  it('takes the plain files where the browser has no entries', async () => {
    const drop = dropOf([null], [new File(['x'], 'a.req')]);
    const { files } = await droppedFiles(drop, { maxFiles: 9, wants });
    expect(namesOf(files)).to.deep.equal(['a.req']);
  });
});
