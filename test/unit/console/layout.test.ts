import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/layout/lk-badge.ts';
import '../../../src/console/layout/lk-copy.ts';
import '../../../src/console/layout/lk-empty.ts';
import '../../../src/console/layout/lk-page-head.ts';
import '../../../src/console/layout/lk-save-bar.ts';
import '../../../src/console/layout/lk-toast.ts';
import { fieldRules } from '../../../src/api/problem.ts';
import { ruleText } from '../../../src/console/fields/field-texts.ts';
import type { LkToast } from '../../../src/console/layout/lk-toast.ts';
import { deepText, mount, press, settled } from './mount.ts';

describe('the elements of the console’s layout', () => {
  it('are accessible', async () => {
    const { element } = await mount(html`
      <main>
        <lk-page-head heading="Licenses" back="/" back-label="Overview">
          All of them.<lk-badge slot="badge" tone="warn">In grace</lk-badge>
          <button slot="actions" type="button">Go</button>
        </lk-page-head>
        ${(['neutral', 'accent', 'ok', 'warn', 'bad'] as const).map(tone => html`<lk-badge .tone=${tone}>${tone}</lk-badge>`)}
        <lk-empty heading="Nothing yet">Do this.<button slot="actions" type="button">Do</button></lk-empty>
        <lk-copy text="abc" label="license key"></lk-copy>
        <lk-save-bar></lk-save-bar>
        <lk-save-bar busy></lk-save-bar>
      </main>
    `);
    await expect(element).to.be.accessible();
  });
});

describe('<lk-toast>', () => {
  it('shows a sentence in a live region', async () => {
    const { element } = await mount<LkToast>(html`<lk-toast></lk-toast>`);
    element.show('Saved.');
    await settled(element);
    expect(deepText(element)).to.equal('Saved.');
    await expect(element).to.be.accessible();
  });
});

describe('<lk-copy>', () => {
  it('says what to do when the browser does not let the page copy', async () => {
    const { element, said } = await mount(html`<lk-copy text="abc" label="license key"></lk-copy>`);
    const original = navigator.clipboard.writeText;
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    press(element, 'Copy');
    await waitUntil(() => said.length > 0);
    navigator.clipboard.writeText = original;
    expect(said[0]).to.contain('Select the text');
  });

  it('copies the text', async () => {
    const { element, said } = await mount(html`<lk-copy text="abc" label="license key"></lk-copy>`);
    const copied: string[] = [];
    const original = navigator.clipboard.writeText;
    navigator.clipboard.writeText = async text => void copied.push(text);
    press(element, 'Copy');
    await waitUntil(() => said.length > 0);
    navigator.clipboard.writeText = original;
    await settled(element);
    expect(copied).to.deep.equal(['abc']);
    expect(deepText(element)).to.contain('Copied');
  });
});

describe('ruleText()', () => {
  it('says for every rule what to mend', () => {
    for (const rule of fieldRules) expect(ruleText(rule), rule).to.match(/\.$/);
  });
});
