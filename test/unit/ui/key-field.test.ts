import { expect, fixture, oneEvent } from '@open-wc/testing';
import fc from 'fast-check';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/ui/input/lk-key-field.ts';
import { caretAfter, groupKeyText, keyCharacters } from '../../../src/ui/input/key-text.ts';
import type { LkKeyField } from '../../../src/ui/input/lk-key-field.ts';
import { partOf, textOf } from '../../support/shadow.ts';

const shape = { groups: 5, groupLength: 5 };
const wholeKey = 'ABCDE-FGHJK-MNPQR-STVWX-YZ012';

describe('groupKeyText()', () => {
  it('sets groups as they fill, with no hyphen at the end', () => {
    expect(groupKeyText('abcde', shape)).to.equal('ABCDE');
    expect(groupKeyText('abcdef', shape)).to.equal('ABCDE-F');
    expect(groupKeyText(' ab cd-e/f…', shape)).to.equal('ABCDE-F');
    expect(groupKeyText(`${wholeKey}MORE`, shape)).to.equal(wholeKey);
    expect(groupKeyText('', shape)).to.equal('');
  });

  it('gives the same again for its own result, for any text', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const grouped = groupKeyText(text, shape);
        expect(groupKeyText(grouped, shape)).to.equal(grouped);
        expect(keyCharacters(grouped, shape)).to.equal(keyCharacters(text, shape));
      }),
    );
  });
});

describe('caretAfter()', () => {
  it('counts the hyphens that stand before', () => {
    expect([0, 1, 5, 6, 10, 11, 25].map(count => caretAfter(count, shape))).to.deep.equal([
      0, 1, 5, 7, 11, 13, 29,
    ]);
  });
});

describe('<lk-key-field>', () => {
  const field = (checker: (text: string) => number[] = () => []) =>
    fixture<LkKeyField>(html`<lk-key-field label="License key" .checker=${checker}></lk-key-field>`);

  function inputOf(el: LkKeyField): HTMLInputElement {
    const input = el.renderRoot.querySelector('input');
    if (!input) throw new TypeError('expected a field');
    return input;
  }

  function type(el: LkKeyField, value: string, caret = value.length): void {
    const input = inputOf(el);
    input.value = value;
    input.setSelectionRange(caret, caret);
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }

  it('is accessible when empty and when a group is mistyped', async () => {
    const el = await field(text => (text.length >= 5 ? [0] : []));
    await expect(el).to.be.accessible();
    type(el, 'abcde');
    await el.updateComplete;
    expect(inputOf(el).getAttribute('aria-invalid')).to.equal('true');
    await expect(el).to.be.accessible();
  });

  it('groups what is typed and keeps the caret where it was', async () => {
    const el = await field();
    type(el, 'abcdefghjk');
    expect(inputOf(el).value).to.equal('ABCDE-FGHJK');
    type(el, 'ABXCDE-FGHJK', 3);
    expect(inputOf(el).value).to.equal('ABXCD-EFGHJ-K');
    expect(inputOf(el).selectionStart).to.equal(3);
  });

  it('names the groups that the checker refuses', async () => {
    const el = await field(() => [1]);
    expect(textOf(el)).to.contain('typing error in group 2');
    el.checker = () => [0, 3];
    await el.updateComplete;
    expect(textOf(el)).to.contain('groups 1, 4');
    expect(el.renderRoot.querySelectorAll('.wrong').length).to.equal(2);
  });

  it('tells each change, and whether the key is complete', async () => {
    const el = await field();
    setTimeout(() => type(el, 'abcde'));
    const { detail: partly } = await oneEvent(el, 'lk-key-change');
    expect(partly).to.deep.equal({ value: 'ABCDE', isComplete: false, mistyped: [] });
    setTimeout(() => type(el, wholeKey.toLowerCase().replaceAll('-', ' ')));
    const { detail: whole } = await oneEvent(el, 'lk-key-change');
    expect(whole).to.deep.equal({ value: wholeKey, isComplete: true, mistyped: [] });
    await el.updateComplete;
    expect(el.renderRoot.querySelectorAll('.right').length).to.equal(5);
  });

  it('tells when Enter is pressed', async () => {
    const el = await field();
    el.value = wholeKey;
    await el.updateComplete;
    setTimeout(() => partOf(el, 'input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' })));
    const { detail } = await oneEvent(el, 'lk-key-enter');
    expect(detail.isComplete).to.equal(true);
  });
});
