import { expect, fixture, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/ui/files/lk-paste-anywhere.ts';
import type { FilesDetail } from '../../../src/ui/files/lk-file-drop.ts';
import type { LkPasteAnywhere } from '../../../src/ui/files/lk-paste-anywhere.ts';

function clipboardOf({ text = '', files = [] as File[] }): DataTransfer {
  const clipboardData = new DataTransfer();
  if (text) clipboardData.setData('text/plain', text);
  for (const file of files) clipboardData.items.add(file);
  return clipboardData;
}

function paste(target: EventTarget, clipboardData: DataTransfer): ClipboardEvent {
  const event = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true });
  // Firefox takes none in the constructor.
  Object.defineProperty(event, 'clipboardData', { value: clipboardData });
  target.dispatchEvent(event);
  return event;
}

describe('<lk-paste-anywhere>', () => {
  let element: LkPasteAnywhere;
  const pasted = async (clipboard: DataTransfer): Promise<FilesDetail> => {
    setTimeout(() => paste(document.body, clipboard));
    return (await oneEvent(element, 'lk-files')).detail;
  };
  beforeEach(async () => {
    element = await fixture(html`<lk-paste-anywhere max-bytes="100"></lk-paste-anywhere>`);
  });

  it('hands over text as a file of it, and is accessible', async () => {
    const { files } = await pasted(clipboardOf({ text: 'BEGIN' }));
    expect(files.map(({ bytes }) => bytes && new TextDecoder().decode(bytes))).to.deep.equal(['BEGIN']);
    await expect(element).to.be.accessible();
  });

  it('hands over files where there is no text', async () => {
    const { files } = await pasted(clipboardOf({ files: [new File(['abc'], 'press.lic')] }));
    expect(files.map(({ name }) => name)).to.deep.equal(['press.lic']);
  });

  it('refuses what is too long before it is read', async () => {
    const { files } = await pasted(clipboardOf({ text: 'x'.repeat(101) }));
    expect(files[0]).to.include({ bytes: null, code: 'FILE_TOO_LARGE' });
  });

  it('leaves alone what is pasted into a field, what another has taken, and nothing at all', async () => {
    let isTold = false;
    element.addEventListener('lk-files', () => {
      isTold = true;
    });
    const field = await fixture(html`<textarea aria-label="Text"></textarea>`);
    expect(paste(field, clipboardOf({ text: 'BEGIN' })).defaultPrevented).to.equal(false);
    const taker = await fixture(html`<div @paste=${(event: Event) => event.preventDefault()}></div>`);
    paste(taker, clipboardOf({ text: 'BEGIN' }));
    expect(paste(document.body, clipboardOf({ text: ' ' })).defaultPrevented).to.equal(false);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(isTold).to.equal(false);
  });
});
