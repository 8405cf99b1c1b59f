import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { toQrText } from '../../../src/bytes/carrier.ts';
import '../../support/themed-page.ts';
import '../../../src/portal/lk-portal-page.ts';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { openStick } from '../../../src/platform/stick/stick.ts';
import type { LkPortalPage } from '../../../src/portal/lk-portal-page.ts';
import type { LkUploadRow } from '../../../src/portal/lk-upload-row.ts';
import { standingOf, type Upload } from '../../../src/portal/round/upload.ts';
import {
  deviceFile,
  inBatches,
  licenseAnswer,
  loadTestTrust,
  receiptAnswer,
  refusalAnswer,
} from '../../support/portal-files.ts';
import { partOf, textOf } from '../../support/shadow.ts';

/** A busy machine takes its time, and the page draws a few times a second. */
const patience = { timeout: 10_000 };

type Exchange = (file: Bytes) => Promise<Bytes>;

const portal = (exchange: Exchange) =>
  fixture<LkPortalPage>(
    html`<lk-portal-page .exchange=${inBatches(exchange)} .loadTrust=${loadTestTrust}></lk-portal-page>`,
  );

function drop(page: LkPortalPage, files: File[]): void {
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  const event = new DragEvent('drop', { bubbles: true, composed: true, cancelable: true, dataTransfer });
  partOf(page, 'lk-file-drop').dispatchEvent(event);
}

const requestFile = (mark: number) => new File([deviceFile('activation-request', mark)], `press-${mark}.req`);

function rowsOf(page: LkPortalPage): LkUploadRow[] {
  const lists = [...(page.shadowRoot?.querySelectorAll('lk-upload-list') ?? [])];
  return lists.flatMap(list => [...(list.shadowRoot?.querySelectorAll('lk-upload-row') ?? [])]);
}

function rowText(row: LkUploadRow): string {
  return `${textOf(partOf(row, 'lk-file-row'))} ${textOf(row)}`;
}

async function settled(page: LkPortalPage, rows: number): Promise<void> {
  await waitUntil(
    () => rowsOf(page).length === rows && rowsOf(page).every(row => !isUnderway(row)),
    'every file has its answer',
    patience,
  );
  await page.updateComplete;
}

function buttonOf(element: Element, words: string): HTMLElement {
  const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
  const button = buttons.find(each => each.textContent?.includes(words));
  if (!button) throw new Error(`no button ${words}`);
  return button;
}

function headingOf(page: LkPortalPage): string {
  return (
    page.shadowRoot?.querySelector('lk-round-summary')?.shadowRoot?.querySelector('h1')?.textContent ?? ''
  );
}

function isUnderway({ upload }: LkUploadRow): boolean {
  return upload !== null && standingOf(upload) === 'underway';
}

describe('<lk-portal-page>', () => {
  it('is accessible before any file came', async () => {
    const page = await portal(() => licenseAnswer(1));
    expect(textOf(page)).to.contain('You need no account.');
    await expect(page).to.be.accessible();
  });

  it('is accessible with every kind of row, and puts trouble first', async () => {
    const page = await portal(async file => {
      const mark = file.at(-1) ?? 0;
      if (mark === 2) return refusalAnswer(2, 'NO_SEATS_LEFT', { maxActivations: 10 });
      if (mark === 3) throw new LatchkeyError('PORTAL_UNREACHABLE', 'no answer');
      return licenseAnswer(mark);
    });
    drop(page, [requestFile(1), requestFile(2), requestFile(3), new File(['x'], 'notes.txt')]);
    await settled(page, 4);
    const texts = rowsOf(page).map(rowText);
    expect(texts[0]).to.contain('All 10 seats are in use.').and.to.contain('Reason: NO_SEATS_LEFT');
    expect(texts[1]).to.contain('The portal did not answer.');
    expect(texts[2]).to.contain('This is not a Latchkey file.').and.to.contain('Reason: FILE_NOT_LATCHKEY');
    expect(texts[3])
      .to.contain('Licensed')
      .and.match(/Device \d{4} \d{4} \d{4}/);
    expect(texts[3]).not.to.contain('Reason');
    await expect(page).to.be.accessible();
    for (const row of rowsOf(page)) await expect(row).to.be.accessible();
  });

  it('says how much is there of a file that was cut', async () => {
    const page = await portal(() => licenseAnswer(1));
    const whole = deviceFile('activation-request');
    drop(page, [new File([whole.slice(0, -20)], 'press-31.req')]);
    await settled(page, 1);
    const [row] = rowsOf(page);
    const numbers = `${whole.length - 20} of ${whole.length} bytes`;
    expect(row && rowText(row))
      .to.contain(numbers)
      .and.contain('press-31.req');
  });

  it('offers the answer of each row under a name for people', async () => {
    const page = await portal(() => receiptAnswer(5));
    drop(page, [new File([deviceFile('deactivation', 5)], 'give-back.req')]);
    await settled(page, 1);
    const [row] = rowsOf(page);
    if (!row) throw new Error('expected a row');
    expect(partOf(row, 'lk-download'))
      .to.have.property('name')
      .that.matches(/^receipt-[\d-]{14}\.lic$/);
    expect(rowText(row)).to.contain('Deactivated, the seat is free');
  });

  it('asks again when the person presses the button', async () => {
    let isOnline = false;
    const page = await portal(async () => {
      if (!isOnline) throw new LatchkeyError('PORTAL_UNREACHABLE', 'no answer');
      return licenseAnswer(1);
    });
    drop(page, [requestFile(1)]);
    await settled(page, 1);
    isOnline = true;
    const [row] = rowsOf(page);
    if (!row) throw new Error('expected a row');
    partOf(row, 'button').click();
    await waitUntil(() => headingOf(page).includes('licensed'), 'it is licensed', patience);
    await expect(page).to.be.accessible();
  });

  it('folds many rows that need nobody, and draws them when they are opened', async () => {
    const page = await portal(file => licenseAnswer(file.at(-1) ?? 0));
    drop(
      page,
      Array.from({ length: 70 }, (_, mark) => requestFile(mark)),
    );
    await waitUntil(
      () => headingOf(page) === '70 files: 70\u00a0licensed',
      'all have their answer',
      patience,
    );
    const list = [...(page.shadowRoot?.querySelectorAll('lk-upload-list') ?? [])].at(-1);
    if (!list) throw new Error('expected a list');
    const details = partOf(list, 'details');
    expect(details).to.have.property('open', false);
    expect(partOf(list, 'summary').textContent).to.equal('Done (70)');
    expect(rowsOf(page)).to.have.lengthOf(0);
    await expect(page).to.be.accessible();
    partOf(list, 'summary').click();
    await waitUntil(() => rowsOf(page).length === 50, 'the first fifty', patience);
    await expect(list).to.be.accessible();
    partOf(list, '.more button').click();
    await waitUntil(() => rowsOf(page).length === 70, 'all of them', patience);
  });

  it('takes a file that was scanned', async () => {
    const page = await portal(() => licenseAnswer(1));
    const detail = deviceFile('activation-request', 1);
    partOf(page, 'lk-qr-scanner').dispatchEvent(new CustomEvent('lk-scanned', { detail }));
    await settled(page, 1);
    expect(rowsOf(page).map(rowText).join()).to.contain('QR code').and.contain('Licensed');
  });

  it('takes the files of a stick, writes the answers back to it, and says how many devices are done', async () => {
    const pick: unknown = Reflect.get(window, 'showDirectoryPicker');
    const root = await navigator.storage.getDirectory();
    const chosen = await root.getDirectoryHandle(`portal-${Date.now()}`, { create: true });
    Object.assign(window, { showDirectoryPicker: async () => chosen });
    try {
      const { domainId } = await loadTestTrust();
      const stick = await openStick(chosen, { domainId, vendor: 'Acme', portals: [], startPage: '' });
      for (const mark of [1, 2]) {
        await stick.write('to-portal', {
          name: `${mark}.req`,
          bytes: deviceFile('activation-request', mark),
        });
      }
      const told = { at: 1, waiting: [] };
      await stick.tellOutcome({ ...told, device: '01'.repeat(32), name: 'Press 1' });
      const waiting = [
        { file: '2.req', kind: 'activation-request', request: '02'.repeat(16), digest: '03'.repeat(32) },
      ] as const;
      await stick.tellOutcome({ ...told, device: '02'.repeat(32), name: 'Press 2', waiting });
      const page = await portal(file => licenseAnswer(file.at(-1) ?? 0));
      buttonOf(page, 'Choose the stick’s folder').click();
      await settled(page, 2);
      await waitUntil(() => textOf(page).includes('1 of 2 devices are done'), 'how many', patience);
      expect(textOf(page)).to.contain('Still waiting: Press 2.');
      await expect(page).to.be.accessible();
      const summary = partOf(page, 'lk-round-summary');
      buttonOf(summary, 'Save all answers to the stick').click();
      await waitUntil(() => textOf(page).includes('Saved: 2.'), 'they are saved', patience);
      expect((await stick.files('to-device')).names).to.have.lengthOf(2);
    } finally {
      Object.assign(window, { showDirectoryPicker: pick });
    }
  });

  it('says when files were too many at once', async () => {
    const page = await portal(() => licenseAnswer(1));
    const detail = { files: [], leftOut: 3 };
    partOf(page, 'lk-file-drop').dispatchEvent(new CustomEvent('lk-files', { detail }));
    drop(page, [requestFile(1)]);
    await settled(page, 1);
    partOf(page, 'lk-file-drop').dispatchEvent(new CustomEvent('lk-files', { detail }));
    await page.updateComplete;
    expect(textOf(page)).to.contain('3 files were too many');
  });
});

describe('<lk-upload-row>', () => {
  it('is accessible while it waits, and with an answer', async () => {
    const file = { kind: 'activation-request', bytes: new Uint8Array() } as const;
    const upload: Upload = {
      id: 0,
      fileName: 'press-7.req',
      file,
      credentials: null,
      progress: { state: 'waiting' },
    };
    const row = await fixture<LkUploadRow>(html`<lk-upload-row .upload=${upload}></lk-upload-row>`);
    expect(rowText(row)).to.contain('press-7.req');
    await expect(row).to.be.accessible();
    const answer = new Uint8Array([1]);
    const products = ['Press Studio', 'Ink Lab'];
    const decision = {
      kind: 'license',
      deviceNumber: '4829 1307 7506',
      products,
      activationId: new Uint8Array(16),
      licenseState: null,
    } as const;
    row.upload = { ...upload, progress: { state: 'answered', decision, answer } };
    row.answer = { name: 'license.lic', bytes: answer };
    await row.updateComplete;
    expect(rowText(row)).to.contain('Licensed: Press Studio, Ink Lab');
    expect(rowText(row)).to.contain('Device 4829 1307 7506');
    await expect(row).to.be.accessible();
    partOf(row, 'button').click();
    const dialog = partOf(row, 'lk-qr-dialog');
    await waitUntil(() => dialog.shadowRoot?.querySelector('dialog')?.open, 'expected the code');
    expect(dialog.shadowRoot?.querySelector('lk-qr-code')?.codes?.text(0)).to.equal(toQrText(answer));
  });
});
