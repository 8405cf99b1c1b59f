import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/ui/layout/lk-app-frame.ts';
import '../../../src/ui/layout/lk-card.ts';
import '../../../src/ui/layout/lk-icon.ts';
import '../../../src/ui/layout/lk-stepper.ts';
import { type IconName, icons } from '../../../src/ui/layout/icons.ts';
import { partOf, textOf } from '../../support/shadow.ts';

describe('<lk-icon>', () => {
  it('is hidden from screen readers unless it has a label', async () => {
    const plain = await fixture(html`<lk-icon name="usb"></lk-icon>`);
    expect(partOf(plain, 'svg').getAttribute('aria-hidden')).to.equal('true');
    await expect(plain).to.be.accessible();
    const named = await fixture(html`<lk-icon name="usb" label="Stick"></lk-icon>`);
    expect(partOf(named, 'title').textContent).to.equal('Stick');
    await expect(named).to.be.accessible();
  });

  it('draws every bundled icon', async () => {
    for (const name of Object.keys(icons) as IconName[]) {
      const el = await fixture(html`<lk-icon .name=${name}></lk-icon>`);
      expect(el.shadowRoot?.querySelector('svg > :not(title)'), name).to.not.equal(null);
    }
  });
});

describe('<lk-card>', () => {
  it('is accessible in every tone', async () => {
    for (const tone of ['neutral', 'accent', 'ok', 'warn', 'bad'] as const) {
      const card = await fixture(html`
        <lk-card heading="Licensed" icon="shield-check" .tone=${tone}>
          <p>Until June 30, 2027</p>
          <button slot="actions">Open</button>
        </lk-card>
      `);
      await expect(card).to.be.accessible();
    }
  });

  it('makes room for actions only where there are some', async () => {
    const without = await fixture(html`<lk-card heading="Licensed">Text</lk-card>`);
    expect(getComputedStyle(partOf(without, '.actions')).display).to.equal('none');
    const withOne = await fixture(html`<lk-card><button slot="actions">Open</button></lk-card>`);
    expect(getComputedStyle(partOf(withOne, '.actions')).display).to.equal('flex');
  });
});

describe('<lk-stepper>', () => {
  const steps = ['Enter the license key', 'Take the file to the portal', 'Load the answer'];

  it('says which steps are done and which is next', async () => {
    const el = await fixture(html`<lk-stepper .steps=${steps} .current=${1}></lk-stepper>`);
    await expect(el).to.be.accessible();
    const items = [...(el.shadowRoot?.querySelectorAll('li') ?? [])];
    expect(items.map(item => item.getAttribute('aria-current'))).to.deep.equal(['false', 'step', 'false']);
    expect(items.map(item => item.className)).to.deep.equal(['done', 'current', '']);
  });

  it('has no next step when all are done', async () => {
    const el = await fixture(html`<lk-stepper .steps=${steps} .current=${3}></lk-stepper>`);
    expect(el.shadowRoot?.querySelectorAll('li.done').length).to.equal(3);
    expect(el.shadowRoot?.querySelector('[aria-current=step]')).to.equal(null);
    await expect(el).to.be.accessible();
  });
});

describe('<lk-app-frame>', () => {
  it('is accessible and shows name and content', async () => {
    const el = await fixture(html`
      <lk-app-frame name="Acme" subtitle="Press 7"><h1>Ready</h1><span slot="footer">Support</span></lk-app-frame>
    `);
    await expect(el).to.be.accessible();
    expect(textOf(el)).to.contain('Acme').and.contain('Press 7');
  });

  it('lets a keyboard skip to the content', async () => {
    const el = await fixture(html`<lk-app-frame name="Acme"><h1>Ready</h1></lk-app-frame>`);
    partOf(el, '.skip').click();
    expect(el.shadowRoot?.activeElement?.localName).to.equal('main');
  });
});
