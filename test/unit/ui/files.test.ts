import { expect, fixture, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/ui/files/lk-download.ts';
import '../../../src/ui/files/lk-file-drop.ts';
import '../../../src/ui/files/lk-file-row.ts';
import type { FilesDetail, LkFileDrop } from '../../../src/ui/files/lk-file-drop.ts';
import { readPickedFile } from '../../../src/ui/files/picked-file.ts';
import { partOf, textOf } from '../../support/shadow.ts';

const small = () => new File([new Uint8Array([1, 2, 3])], 'press-7.req');

function transferOf(files: File[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
}

function drop(target: EventTarget, files: File[]): DragEvent {
  const event = new DragEvent('drop', {
    bubbles: true,
    composed: true,
    cancelable: true,
    dataTransfer: transferOf(files),
  });
  target.dispatchEvent(event);
  return event;
}

async function filesOf(el: Element, act: () => void): Promise<FilesDetail> {
  setTimeout(act);
  const { detail } = await oneEvent(el, 'lk-files');
  return detail;
}

describe('<lk-file-drop>', () => {
  const area = (options: { multiple?: boolean; wide?: boolean } = {}) =>
    fixture<LkFileDrop>(html`
      <lk-file-drop
        label="Drop the files from your stick here"
        hint="No account needed"
        max-bytes="1000"
        max-files="3"
        ?multiple=${options.multiple ?? true}
        ?wide=${options.wide ?? false}
      ></lk-file-drop>
    `);

  it('is accessible, and its picker has a name', async () => {
    const el = await area();
    await expect(el).to.be.accessible();
    const input = el.renderRoot.querySelector('input');
    expect(input?.labels?.[0]?.textContent).to.contain('Drop the files from your stick here');
  });

  it('reads dropped files', async () => {
    const el = await area();
    const { files, leftOut } = await filesOf(el, () => drop(partOf(el, 'label'), [small()]));
    expect(files).to.deep.equal([{ name: 'press-7.req', size: 3, bytes: new Uint8Array([1, 2, 3]) }]);
    expect(leftOut).to.equal(0);
  });

  it('reads picked files, the same file twice', async () => {
    const el = await area();
    const input = el.renderRoot.querySelector('input');
    if (!input) throw new TypeError('expected a picker');
    for (const _ of [1, 2]) {
      await el.updateComplete;
      const { files } = await filesOf(el, () => {
        input.files = transferOf([small()]).files;
        input.dispatchEvent(new Event('change'));
      });
      expect(files.length).to.equal(1);
      expect(input.value).to.equal('');
    }
  });

  it('refuses an empty and a large file without reading them', async () => {
    const el = await area();
    const large = new File([new Uint8Array(1001)], 'large.req');
    large.arrayBuffer = () => Promise.reject(new Error('was read'));
    const { files } = await filesOf(el, () => {
      drop(partOf(el, 'label'), [large, new File([], 'empty.req')]);
    });
    expect(files.map(file => file.bytes === null && file.code)).to.have.members([
      'FILE_TOO_LARGE',
      'FILE_EMPTY',
    ]);
  });

  it('takes no more files than it may and says how many it left out', async () => {
    const el = await area();
    const { files, leftOut } = await filesOf(el, () =>
      drop(partOf(el, 'label'), [small(), small(), small(), small(), small()]),
    );
    expect(files.length).to.equal(3);
    expect(leftOut).to.equal(2);
  });

  it('takes one file where only one is asked for', async () => {
    const el = await area({ multiple: false });
    const { files, leftOut } = await filesOf(el, () => drop(partOf(el, 'label'), [small(), small()]));
    expect(files.length).to.equal(1);
    expect(leftOut).to.equal(1);
  });

  it('stops a drop beside it from replacing the page', async () => {
    const el = await area();
    let isTold = false;
    el.addEventListener('lk-files', () => {
      isTold = true;
    });
    expect(drop(document.body, [small()]).defaultPrevented).to.equal(true);
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(isTold).to.equal(false);
  });

  it('takes a drop anywhere on the page where it is wide', async () => {
    const el = await area({ wide: true });
    const { files } = await filesOf(el, () => drop(document.body, [small()]));
    expect(files.length).to.equal(1);
  });

  it('leaves the page alone once it is gone', async () => {
    const el = await area();
    el.remove();
    expect(drop(document.body, [small()]).defaultPrevented).to.equal(false);
  });
});

describe('readPickedFile()', () => {
  it('tells by a code that the browser could not read a file', async () => {
    const file = small();
    file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    const picked = await readPickedFile(file, 1000);
    expect(picked).to.deep.include({ bytes: null, code: 'FILE_NOT_READ' });
  });
});

describe('<lk-download>', () => {
  it('saves its bytes under its name and tells so', async () => {
    const el = await fixture(
      html`<lk-download name="license.lic" label="Save" .bytes=${new Uint8Array([7, 8])}></lk-download>`,
    );
    await expect(el).to.be.accessible();
    const clicked = catchDownload();
    setTimeout(() => partOf(el, 'button').click());
    const { detail } = await oneEvent(el, 'lk-saved');
    expect(detail).to.equal('license.lic');
    const { name, bytes } = await clicked;
    expect(name).to.equal('license.lic');
    expect(bytes).to.deep.equal(new Uint8Array([7, 8]));
  });

  it('cannot be pressed while there is nothing to save', async () => {
    const el = await fixture(html`<lk-download label="Save"></lk-download>`);
    expect(partOf(el, 'button').matches(':disabled')).to.equal(true);
    await expect(el).to.be.accessible();
  });
});

/** Stands in for the browser's download, which a page cannot watch. */
function catchDownload(): Promise<{ name: string; bytes: Uint8Array }> {
  const { click } = HTMLAnchorElement.prototype;
  return new Promise(resolve => {
    HTMLAnchorElement.prototype.click = async function () {
      HTMLAnchorElement.prototype.click = click;
      const bytes = new Uint8Array(await (await fetch(this.href)).arrayBuffer());
      resolve({ name: this.download, bytes });
    };
  });
}

describe('<lk-file-row>', () => {
  it('is accessible in every tone and shows what became of the file', async () => {
    for (const tone of ['neutral', 'ok', 'warn', 'bad'] as const) {
      const row = await fixture(html`
        <lk-file-row heading="Licensed" detail="press-7.req" .tone=${tone}>
          <span>Why</span><button slot="actions">Save</button>
        </lk-file-row>
      `);
      await expect(row).to.be.accessible();
      expect(textOf(row)).to.contain('Licensed').and.contain('press-7.req');
    }
  });
});
