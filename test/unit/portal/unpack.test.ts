import { expect } from '@open-wc/testing';
import { zipSync } from 'fflate';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import { type Unpacked, unpack } from '../../../src/portal/intake/unpack.ts';
import { unpackInWorker } from '../../../src/portal/intake/unpack-in-worker.ts';
import { errorText } from '../../../src/ui/texts/error-texts.ts';
import { deviceFile, recoveryFile } from '../../support/portal-files.ts';

const picked = (name: string, bytes: Bytes) => ({ name, size: bytes.length, bytes });
const zipped = (entries: Record<string, Uint8Array>): Bytes => new Uint8Array(zipSync(entries));
const outcome = (each: Unpacked): string => `${each.name} ${each.file ? each.file.kind : each.code}`;
const outcomes = (zip: Bytes): string[] => unpack([picked('round.zip', zip)]).map(outcome);

/** Where the second entry begins, after one that is named press-1.req. */
const SECOND_PRESS = 46 + 'press-1.req'.length;

/** Changes what a zip says of its entries: the view begins with the first of them. */
function changeCentral(zip: Bytes, change: (view: DataView) => void): void {
  const central = new DataView(zip.buffer).getUint32(zip.length - 6, true);
  change(new DataView(zip.buffer, central));
}

/** Makes an entry with a name of three letters one that begins where the first does, which has no name. */
function layOnFirst(view: DataView, index: number, length: number): void {
  const entry = 46 + (index - 1) * 49;
  view.setUint32(entry + 20, length, true);
  view.setUint32(entry + 24, length, true);
  view.setUint32(entry + 42, 0, true);
}

describe('unpack()', () => {
  it('takes device files out of a zip, folders and all, and names what is none', () => {
    const zip = zipped({
      'hall 2/press-1.req': deviceFile('activation-request', 1),
      'hall 2/deep/press-2.req': deviceFile('deactivation', 2),
      'notes.txt': new TextEncoder().encode('call Jim'),
      'empty.req': new Uint8Array(),
      '__MACOSX/._press-1.req': new Uint8Array([1]),
      '.DS_Store': new Uint8Array([1]),
      'hall 2/Thumbs.db': new Uint8Array([1]),
    });
    expect(outcomes(zip)).to.deep.equal([
      'press-1.req activation-request',
      'press-2.req deactivation',
      'notes.txt FILE_NOT_LATCHKEY',
      'empty.req FILE_EMPTY',
    ]);
  });

  it('does not unpack what is larger than any file of a device', () => {
    const zip = zipped({
      'video.mp4': new Uint8Array(70_000),
      'press-1.req': deviceFile('activation-request', 1),
    });
    expect(outcomes(zip).sort()).to.deep.equal([
      'press-1.req activation-request',
      'video.mp4 FILE_TOO_LARGE',
    ]);
  });

  it('refuses a zip bomb by what it states, and unpacks no more than it states of one that lies', () => {
    const layers = Object.fromEntries(
      Array.from({ length: 1100 }, (_, index) => [`${index}.req`, new Uint8Array(62_000)]),
    );
    const bomb = zipped(layers);
    expect(bomb.length).to.be.below(500_000);
    expect(outcomes(bomb)).to.deep.equal(['round.zip ZIP_TOO_LARGE']);
    const liar = zipped({ 'press-1.req': new Uint8Array(60_000) });
    // In the central entry: the uncompressed length says 100.
    const view = new DataView(liar.buffer);
    const central = view.getUint32(liar.length - 6, true);
    view.setUint32(central + 24, 100, true);
    const [told] = outcomes(liar);
    expect(told).to.match(/FILE_NOT_LATCHKEY|ZIP_UNREADABLE/);
  });

  it('copies no stored entry that is longer than it says', () => {
    const liar = new Uint8Array(zipSync({ 'press-1.req': new Uint8Array(900_000) }, { level: 0 }));
    changeCentral(liar, view => view.setUint32(24, 100, true));
    expect(outcomes(liar)).to.deep.equal(['round.zip ZIP_UNREADABLE']);
    const short = new Uint8Array(zipSync({ 'press-1.req': new Uint8Array(900) }, { level: 0 }));
    changeCentral(short, view => view.setUint32(24, 100, true));
    expect(outcomes(short)).to.deep.equal(['round.zip ZIP_UNREADABLE']);
  });

  it('inflates no entry that is packed longer than any file', () => {
    const emptyBlock = [0, 0, 0, 0xff, 0xff];
    const packed = Uint8Array.from({ length: 100_000 }, (_, index) => emptyBlock[index % 5] ?? 0);
    packed[packed.length - 5] = 1;
    const liar = new Uint8Array(zipSync({ 'press-1.req': packed }, { level: 0 }));
    changeCentral(liar, view => {
      view.setUint16(10, 8, true);
      view.setUint32(24, 100, true);
    });
    expect(outcomes(liar)).to.deep.equal(['round.zip ZIP_UNREADABLE']);
  });

  it('refuses entries that lie on one another, though each is small', () => {
    const file = Uint8Array.from({ length: 60_000 }, () => Math.random() * 256);
    const small = Array.from({ length: 500 }, (_, index) => [
      `x${index.toString(36).padStart(2, '0')}`,
      new Uint8Array(1),
    ]);
    const zip = new Uint8Array(zipSync({ '': file, ...Object.fromEntries(small) }, { level: 0 }));
    for (let index = 1; index <= 500; index += 1) {
      changeCentral(zip, view => layOnFirst(view, index, file.length));
    }
    expect(outcomes(zip)).to.deep.equal(['round.zip ZIP_UNREADABLE']);
  });

  it('refuses two entries of one name, and one that its reader would lose', () => {
    const zip = zipped({
      'press-1.req': deviceFile('usage-report', 1),
      'press-2.req': deviceFile('usage-report', 2),
    });
    changeCentral(zip, view => view.setUint8(SECOND_PRESS + 46 + 6, '1'.charCodeAt(0)));
    expect(outcomes(zip)).to.deep.equal(['round.zip ZIP_UNREADABLE']);
    const lost = zipped({ __prote__: deviceFile('usage-report', 1) });
    changeCentral(lost, view => view.setUint8(46 + 6, 'o'.charCodeAt(0)));
    expect(outcomes(lost)).to.deep.equal(['round.zip ZIP_UNREADABLE']);
  });

  it('refuses names that lead out of the zip', () => {
    for (const name of ['../press.req', 'a/../../b.req', '/etc/press.req', 'C:\\press.req', '..\\b.req']) {
      expect(outcomes(zipped({ [name]: deviceFile('usage-report') })), name).to.deep.equal([
        'round.zip ZIP_PATH_REFUSED',
      ]);
    }
  });

  it('refuses a zip with a password', () => {
    const zip = zipped({ 'press-1.req': deviceFile('activation-request') });
    const view = new DataView(zip.buffer);
    const central = view.getUint32(zip.length - 6, true);
    view.setUint16(central + 8, view.getUint16(central + 8, true) | 1, true);
    expect(outcomes(zip)).to.deep.equal(['round.zip ZIP_ENCRYPTED']);
  });

  it('refuses more entries than anybody can mean, before it unpacks one', () => {
    const names = Array.from({ length: 10_001 }, (_, index) => [`${index}`, new Uint8Array()]);
    expect(outcomes(zipped(Object.fromEntries(names)))).to.deep.equal(['round.zip TOO_MANY_FILES']);
  });

  it('refuses a zip that was cut, at whatever byte, and stops nothing else', () => {
    const zip = zipped({ 'press-1.req': deviceFile('activation-request') });
    for (let length = 3; length < zip.length; length += 7) {
      const [cut, other, ...more] = unpack([
        picked('round.zip', zip.slice(0, length)),
        picked('press-2.req', deviceFile('activation-request', 2)),
      ]);
      expect(cut?.file, String(length)).to.equal(null);
      expect(other?.file?.kind).to.equal('activation-request');
      expect(more).to.have.lengthOf(0);
    }
  });

  it('says of a recovery file that it is one, and where it goes', () => {
    const file = recoveryFile();
    for (const bytes of [file, zipped({ 'press-1.lic': file }), encodeContainer([file])]) {
      const [told, ...more] = unpack([picked('press-1.lic', bytes)]);
      expect(told && !told.file && [told.code, told.data]).to.deep.equal([
        'KIND_UNEXPECTED',
        { kind: 'recovery-file' },
      ]);
      expect(more).to.have.lengthOf(0);
    }
    const { text, hint } = errorText('KIND_UNEXPECTED', { kind: 'recovery-file' });
    expect(text).to.contain('recovery file');
    expect(hint).to.contain('Get my license back');
  });

  it('gives the same in a worker', async () => {
    const many = Array.from({ length: 400 }, (_, mark) =>
      picked(`press-${mark}.req`, deviceFile('activation-request', mark)),
    );
    expect(await unpackInWorker(many)).to.deep.equal(unpack(many));
  });
});
