import { expect, fixture, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/ui/input/lk-pin-field.ts';
import { chooseKeypad, isKeypadChosen } from '../../../src/ui/input/keypad-choice.ts';
import type { LkKeypad } from '../../../src/ui/input/lk-keypad.ts';
import type { LkPinField } from '../../../src/ui/input/lk-pin-field.ts';
import { partOf } from '../../support/shadow.ts';

function keysOf(pad: Element): HTMLButtonElement[] {
  return [...(pad.shadowRoot?.querySelectorAll<HTMLButtonElement>('.keys button') ?? [])];
}

describe('<lk-keypad>', () => {
  beforeEach(() => chooseKeypad(false));
  after(() => chooseKeypad(false));

  it('is hidden until somebody shows it, which is remembered', async () => {
    const pad = await fixture<LkKeypad>(html`<lk-keypad></lk-keypad>`);
    expect(keysOf(pad)).to.deep.equal([]);
    await expect(pad).to.be.accessible();
    partOf(pad, 'button').click();
    await pad.updateComplete;
    expect(keysOf(pad).length).to.equal(11);
    expect(isKeypadChosen()).to.equal(true);
    await expect(pad).to.be.accessible();
    expect(keysOf(await fixture(html`<lk-keypad></lk-keypad>`)).length).to.equal(11);
  });

  it('has keys that a glove hits, and tells what was pressed', async () => {
    chooseKeypad(true);
    const pad = await fixture<LkKeypad>(html`<lk-keypad characters="0A"></lk-keypad>`);
    for (const key of keysOf(pad)) expect(key.getBoundingClientRect().height).to.be.at.least(44);
    setTimeout(() => keysOf(pad)[1]?.click());
    expect((await oneEvent(pad, 'lk-keypad-press')).detail).to.deep.equal({ character: 'A' });
    setTimeout(() => keysOf(pad)[2]?.click());
    expect((await oneEvent(pad, 'lk-keypad-press')).detail).to.equal('back');
  });
});

describe('<lk-pin-field>', () => {
  beforeEach(() => chooseKeypad(true));
  after(() => chooseKeypad(false));

  it('takes digits from the keys on the screen, without the keyboard of the system', async () => {
    const field = await fixture<LkPinField>(html`<lk-pin-field label="PIN"></lk-pin-field>`);
    await expect(field).to.be.accessible();
    expect(partOf(field, 'input').inputMode).to.equal('none');
    const [one, two] = keysOf(partOf(field, 'lk-keypad'));
    one?.click();
    two?.click();
    expect(field.value).to.equal('12');
    keysOf(partOf(field, 'lk-keypad')).at(-1)?.click();
    expect(field.value).to.equal('1');
    for (let presses = 0; presses < 20; presses += 1) two?.click();
    expect(field.value.length).to.equal(12);
  });
});
