import { expect, fixture, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import '../../../src/ui/feedback/lk-bar.ts';
import '../../../src/ui/feedback/lk-confirm.ts';
import '../../../src/ui/feedback/lk-notice.ts';
import '../../../src/ui/feedback/lk-progress.ts';
import '../../../src/ui/feedback/lk-refusal.ts';
import type { LkBar } from '../../../src/ui/feedback/lk-bar.ts';
import { type LkConfirm, questionsAnswered } from '../../../src/ui/feedback/lk-confirm.ts';
import { partOf, textOf } from '../../support/shadow.ts';

describe('<lk-notice>', () => {
  it('is accessible with and without a button', async () => {
    await expect(
      await fixture(html`<lk-notice tone="warn">The clock looks wrong.</lk-notice>`),
    ).to.be.accessible();
    const notice = await fixture(
      html`<lk-notice tone="accent" action="Update">An update is ready.</lk-notice>`,
    );
    await expect(notice).to.be.accessible();
  });

  it('tells when its button is pressed', async () => {
    const notice = await fixture(html`<lk-notice action="Update">An update is ready.</lk-notice>`);
    setTimeout(() => partOf(notice, 'button').click());
    await oneEvent(notice, 'lk-action');
  });
});

describe('<lk-refusal>', () => {
  it('says what happened, what to do next and the reason', async () => {
    const refusal = await fixture(
      html`<lk-refusal code="NO_SEATS_LEFT" .data=${{ maxActivations: 10 }}></lk-refusal>`,
    );
    await expect(refusal).to.be.accessible();
    expect(textOf(refusal)).to.contain('All 10 seats are in use.').and.contain('upload the same file again');
    expect(textOf(refusal)).to.contain('NO_SEATS_LEFT');
  });
});

describe('<lk-bar>', () => {
  const bar = (used: number, maximum: number | null, overage = 0) =>
    fixture<LkBar>(
      html`<lk-bar label="Exports" .used=${used} .maximum=${maximum} .overage=${overage}></lk-bar>`,
    );

  it('is a meter with a name and a value in words', async () => {
    const el = await bar(80, 100, 20);
    await expect(el).to.be.accessible();
    const meter = partOf(el, '[role=meter]');
    expect(meter.getAttribute('aria-valuetext')).to.equal('80 of 100 used');
    expect(meter.getAttribute('aria-valuemax')).to.equal('120');
    expect(partOf(el, 'rect.used').getAttribute('width')).to.equal(`${(80 / 120) * 100}%`);
  });

  it('shows how far past the maximum it is', async () => {
    const el = await bar(105, 100, 20);
    expect(textOf(el)).to.contain('5 of 20 allowed past the maximum');
    expect(partOf(el, 'rect.past').getAttribute('width')).to.equal('87.5%');
    await expect(el).to.be.accessible();
  });

  it('has no bar where there is no limit', async () => {
    const el = await bar(7, null);
    expect(textOf(el)).to.contain('7 used, no limit');
    expect(el.renderRoot.querySelector('[role=meter]')).to.equal(null);
    await expect(el).to.be.accessible();
  });

  it('holds with numbers that do not fit', async () => {
    for (const [used, maximum] of [
      [0, 0],
      [500, 10],
      [-3, 10],
    ] as const) {
      const el = await bar(used, maximum);
      const width = Number.parseFloat(partOf(el, 'rect.used').getAttribute('width') ?? '');
      expect(width).to.be.within(0, 100);
      await expect(el).to.be.accessible();
    }
  });
});

describe('<lk-progress>', () => {
  it('is accessible with and without a total', async () => {
    const known = await fixture(
      html`<lk-progress label="Uploading" .value=${12} .total=${40}></lk-progress>`,
    );
    expect(textOf(known)).to.contain('12 of 40');
    await expect(known).to.be.accessible();
    const unknown = await fixture(html`<lk-progress label="Uploading"></lk-progress>`);
    expect(partOf(unknown, 'progress').hasAttribute('value')).to.equal(false);
    await expect(unknown).to.be.accessible();
  });
});

describe('<lk-confirm>', () => {
  const confirm = () =>
    fixture<LkConfirm>(html`
      <lk-confirm heading="Give this license back?" confirm="Give back" danger>This device will be locked.</lk-confirm>
    `);

  it('counts as answered with no when it is taken away, and whoever waits for it goes on', async () => {
    const el = await confirm();
    const answer = el.ask();
    await el.updateComplete;
    const waiting = questionsAnswered();
    el.remove();
    expect(await answer).to.equal(false);
    await waiting;
  });

  it('is accessible while it asks', async () => {
    const el = await confirm();
    void el.ask();
    await el.updateComplete;
    await expect(el).to.be.accessible();
  });

  it('answers true for going on and false for leaving', async () => {
    const el = await confirm();
    for (const [button, expected] of [
      ['button[value=confirm]', true],
      ['button[value=""]', false],
    ] as const) {
      const answer = el.ask();
      await el.updateComplete;
      partOf(el, button).click();
      expect(await answer).to.equal(expected);
    }
  });

  it('answers false for Escape, also after it was answered true', async () => {
    const el = await confirm();
    const first = el.ask();
    await el.updateComplete;
    partOf(el, 'button[value=confirm]').click();
    expect(await first).to.equal(true);
    const second = el.ask();
    await el.updateComplete;
    const dialog = el.renderRoot.querySelector('dialog');
    dialog?.dispatchEvent(new Event('cancel'));
    dialog?.close();
    expect(await second).to.equal(false);
  });

  it('puts the focus on the button that changes nothing', async () => {
    const el = await confirm();
    void el.ask();
    await el.updateComplete;
    expect(el.shadowRoot?.activeElement?.textContent).to.equal('Cancel');
  });
});
