import { expect, fixture, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/client/elements/lk-key-scan.ts';
import '../../../src/ui/input/lk-key-field.ts';
import { utf8 } from '../../../src/bytes/bytes.ts';
import { LICENSE_KEY_CHARACTERS } from '../../../src/license/key-check.ts';
import { chooseKeypad } from '../../../src/ui/input/keypad-choice.ts';
import type { LkKeyField } from '../../../src/ui/input/lk-key-field.ts';
import type { LkQrScanner } from '../../../src/ui/qr/lk-qr-scanner.ts';
import { partOf } from '../../support/shadow.ts';
import { KEY } from './device.ts';

describe('<lk-key-scan>', () => {
  it('is accessible, takes the code of a right key, and no other', async () => {
    const scan = await fixture(html`<lk-key-scan></lk-key-scan>`);
    await expect(scan).to.be.accessible();
    const scanner = partOf(scan, 'lk-qr-scanner') as LkQrScanner;
    const read = scanner.reader();
    expect(read(KEY)?.file).to.deep.equal(utf8(KEY));
    for (const foreign of ['LK1:ABC', 'https://example.com', KEY.slice(0, -1), '', KEY.replace(/^./, 'Z')]) {
      if (foreign !== KEY) expect(read(foreign), foreign).to.equal(null);
    }
    setTimeout(() => scanner.dispatchEvent(new CustomEvent('lk-scanned', { detail: utf8(KEY) })));
    expect((await oneEvent(scan, 'lk-key-scanned')).detail).to.equal(KEY);
  });
});

describe('<lk-key-field> with keys on the screen', () => {
  before(() => chooseKeypad(true));
  after(() => chooseKeypad(false));

  it('has each character of a license key, in groups as they are pressed', async () => {
    const field = await fixture<LkKeyField>(
      html`<lk-key-field keypad=${LICENSE_KEY_CHARACTERS}></lk-key-field>`,
    );
    await expect(field).to.be.accessible();
    expect(partOf(field, 'input').inputMode).to.equal('none');
    const keys = [
      ...(partOf(field, 'lk-keypad').shadowRoot?.querySelectorAll<HTMLElement>('.keys button') ?? []),
    ];
    expect(keys.length).to.equal(33);
    for (const character of KEY.replaceAll('-', '')) {
      keys.find(({ textContent }) => textContent === character)?.click();
    }
    expect(field.value).to.equal(KEY);
    keys.at(-1)?.click();
    expect(field.value).to.equal(KEY.slice(0, -1));
  });
});
