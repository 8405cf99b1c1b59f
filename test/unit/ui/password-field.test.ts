import { expect, fixture, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/ui/input/lk-password-field.ts';
import type { LkPasswordField } from '../../../src/ui/input/lk-password-field.ts';
import { partOf } from '../../support/shadow.ts';

function inputOf(field: LkPasswordField): HTMLInputElement {
  const input = partOf(field, 'input');
  if (!(input instanceof HTMLInputElement)) throw new TypeError('expected an input');
  return input;
}

describe('<lk-password-field>', () => {
  it('is accessible, hides the password and shows it on demand', async () => {
    const field = await fixture<LkPasswordField>(
      html`<lk-password-field value="secret" hint="As it was sent." problem="This is too short."></lk-password-field>`,
    );
    await expect(field).to.be.accessible();
    expect(inputOf(field).type).to.equal('password');
    partOf(field, 'button').click();
    await field.updateComplete;
    expect(inputOf(field).type).to.equal('text');
    expect(partOf(field, 'button').getAttribute('aria-label')).to.equal('Hide password');
    await expect(field).to.be.accessible();
  });

  it('tells what is typed or pasted, and Enter', async () => {
    const field = await fixture<LkPasswordField>(html`<lk-password-field></lk-password-field>`);
    const input = inputOf(field);
    const paste = new ClipboardEvent('paste', { cancelable: true, bubbles: true });
    expect(input.dispatchEvent(paste)).to.equal(true);
    input.value = 'pasted';
    setTimeout(() => input.dispatchEvent(new Event('input')));
    expect((await oneEvent(field, 'lk-password-change')).detail).to.equal('pasted');
    setTimeout(() => input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' })));
    await oneEvent(field, 'lk-password-enter');
  });

  it('tells password managers what it is', async () => {
    const field = await fixture<LkPasswordField>(
      html`<lk-password-field autocomplete="new-password"></lk-password-field>`,
    );
    expect(inputOf(field).autocomplete).to.equal('new-password');
  });
});
