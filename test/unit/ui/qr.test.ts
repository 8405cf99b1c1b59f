import { expect, fixture, oneEvent, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { decodeQR } from 'qr/decode.js';
import '../../support/themed-page.ts';
import '../../../src/ui/qr/lk-qr-code.ts';
import '../../../src/ui/qr/lk-qr-dialog.ts';
import '../../../src/ui/qr/lk-qr-scanner.ts';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { qrCodeReader, qrCodes } from '../../../src/bytes/qr-codes.ts';
import type { LkQrCode, ShownCodes } from '../../../src/ui/qr/lk-qr-code.ts';
import type { LkQrDialog } from '../../../src/ui/qr/lk-qr-dialog.ts';
import type { LkQrScanner } from '../../../src/ui/qr/lk-qr-scanner.ts';
import { partOf, textOf } from '../../support/shadow.ts';

const fileOf = (length: number): Bytes =>
  Uint8Array.of(0xd9, 0xd9, 0xf7, ...Array.from({ length }, (_, index) => (index * 89 + (index >> 3)) & 255));

/** What a camera would read off the element now. */
function readOff(code: LkQrCode): string {
  const canvas = partOf(code, 'canvas') as HTMLCanvasElement;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  copy?.drawImage(canvas, 0, 0);
  const { data } = copy?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
  if (!data) throw new TypeError('expected a picture');
  return decodeQR({ width: canvas.width, height: canvas.height, data });
}

const codeOf = (codes: ShownCodes, paused = false) =>
  fixture<LkQrCode>(html`<lk-qr-code .codes=${codes} ?paused=${paused}></lk-qr-code>`);

/** Films a code. It is painted again and again: a page in the background has no pictures of what stands still. */
function filmOf(code: LkQrCode): MediaStream {
  const canvas = partOf(code, 'canvas') as HTMLCanvasElement;
  const copy = document.createElement('canvas');
  Object.assign(copy, { width: canvas.width, height: canvas.height });
  const stream = copy.captureStream(30);
  const paint = () => copy.getContext('2d')?.drawImage(canvas, 0, 0);
  paint();
  const timer = setInterval(paint, 50);
  stream.getVideoTracks()[0]?.addEventListener('ended', () => clearInterval(timer));
  afterThis = () => clearInterval(timer);
  return stream;
}

/** Puts another camera in the place of the browser's until the test is over. */
let undo = () => {};
let afterThis = () => {};
afterEach(() => {
  undo();
  afterThis();
});
function withCamera(film: () => Promise<MediaStream>): void {
  const { getUserMedia } = navigator.mediaDevices;
  navigator.mediaDevices.getUserMedia = film;
  undo = () => {
    navigator.mediaDevices.getUserMedia = getUserMedia;
    undo = () => {};
  };
}

describe('<lk-qr-code>', () => {
  it('shows a file of up to 680 bytes as one code', async () => {
    for (const length of [1, 500, 677]) {
      const codes = qrCodes(fileOf(length));
      expect(codes.isMoving).to.equal(false);
      const code = await codeOf(codes);
      await expect(code).to.be.accessible();
      expect(qrCodeReader()(readOff(code))?.file).to.deep.equal(fileOf(length));
    }
  });

  it('shows a longer file as codes that change, until they make the file', async () => {
    const code = await codeOf(qrCodes(fileOf(900)));
    const read = qrCodeReader();
    let file: Bytes | null = null;
    await waitUntil(() => {
      file = read(readOff(code))?.file ?? null;
      return file !== null;
    }, 'expected the file');
    expect(file).to.deep.equal(fileOf(900));
  });

  it('stands still when it is told to', async () => {
    const code = await codeOf(qrCodes(fileOf(900)), true);
    const first = readOff(code);
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(readOff(code)).to.equal(first);
  });
});

describe('<lk-qr-dialog>', () => {
  it('shows codes until the person is done, and can hold those that change', async () => {
    const dialog = await fixture<LkQrDialog>(html`<lk-qr-dialog hint="The portal takes it."></lk-qr-dialog>`);
    await dialog.show(qrCodes(fileOf(900)));
    await expect(dialog).to.be.accessible();
    expect(textOf(dialog)).to.contain('The portal takes it.').and.contain('The code keeps changing');
    partOf(dialog, 'button:not(.primary)').click();
    await dialog.updateComplete;
    expect((partOf(dialog, 'lk-qr-code') as LkQrCode).paused).to.equal(true);
    const box = partOf(dialog, 'dialog') as HTMLDialogElement;
    partOf(dialog, 'button.primary').click();
    expect(box.open).to.equal(false);
  });

  it('has nothing to hold for one code', async () => {
    const dialog = await fixture<LkQrDialog>(html`<lk-qr-dialog></lk-qr-dialog>`);
    await dialog.show(qrCodes(fileOf(20)));
    expect(textOf(dialog)).not.to.contain('keeps changing');
    expect(dialog.shadowRoot?.querySelectorAll('button').length).to.equal(1);
  });
});

describe('<lk-qr-scanner>', () => {
  const scannerOf = () => fixture<LkQrScanner>(html`<lk-qr-scanner .reader=${qrCodeReader}></lk-qr-scanner>`);

  it('reads a file from codes before the camera, then closes and lets the camera go', async () => {
    const code = await codeOf(qrCodes(fileOf(500)));
    const stream = filmOf(code);
    withCamera(async () => stream);
    const scanner = await scannerOf();
    setTimeout(() => void scanner.open());
    const { detail }: CustomEvent<Bytes> = await oneEvent(scanner, 'lk-scanned');
    expect(detail).to.deep.equal(fileOf(500));
    expect((partOf(scanner, 'dialog') as HTMLDialogElement).open).to.equal(false);
    expect(stream.getTracks().every(({ readyState }) => readyState === 'ended')).to.equal(true);
  });

  it('says that a code is of something else', async () => {
    const code = await codeOf({ isMoving: false, text: () => 'HTTPS://EXAMPLE.COM' });
    const stream = filmOf(code);
    withCamera(async () => stream);
    const scanner = await scannerOf();
    void scanner.open();
    const isTold = () => textOf(scanner).includes('This code is none of');
    await waitUntil(isTold, 'expected the reason', { timeout: 30_000 });
    await expect(scanner).to.be.accessible();
    partOf(scanner, '.row button').click();
  });

  it('says why there is no picture', async () => {
    const reasons = {
      NotAllowedError: 'does not let this page use the camera',
      NotReadableError: 'Another program uses the camera',
      NotFoundError: 'There is no camera here',
    };
    for (const [name, words] of Object.entries(reasons)) {
      withCamera(() => Promise.reject(new DOMException('', name)));
      const scanner = await scannerOf();
      await scanner.open();
      await scanner.updateComplete;
      expect(textOf(scanner), name).to.contain(words);
      await expect(scanner).to.be.accessible();
      partOf(scanner, '.row button').click();
    }
  });

  it('lets a camera go that opens after the person has left', async () => {
    const stream = document.createElement('canvas').captureStream();
    let deliver = (_: MediaStream) => {};
    withCamera(() => new Promise(resolve => (deliver = resolve)));
    const scanner = await scannerOf();
    const opened = scanner.open();
    await scanner.updateComplete;
    await new Promise(resolve => setTimeout(resolve));
    partOf(scanner, '.row button').click();
    await new Promise(resolve => setTimeout(resolve, 50));
    deliver(stream);
    await opened;
    expect(stream.getTracks().every(({ readyState }) => readyState === 'ended')).to.equal(true);
  });
});
