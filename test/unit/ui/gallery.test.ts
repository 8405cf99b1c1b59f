import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import '../../support/themed-page.ts';
import { gallery } from '../../support/gallery/gallery.ts';

/** Every element below, through all shadow roots. */
function* elementsIn(root: Element | ShadowRoot): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* elementsIn(element.shadowRoot);
  }
}

const inWidth = (width: string, dir: 'ltr' | 'rtl' = 'ltr') =>
  fixture(html`<div dir=${dir} style=${styleMap({ width })}>${gallery()}</div>`);

describe('the elements together', () => {
  for (const dir of ['ltr', 'rtl'] as const) {
    it(`are accessible (${dir})`, async () => {
      await expect(await inWidth('800px', dir)).to.be.accessible();
    });
  }

  it('fit on a narrow screen', async () => {
    const page = await inWidth('320px');
    const edge = page.getBoundingClientRect().right + 1;
    for (const element of elementsIn(page)) {
      if (element.closest('.visually-hidden, .skip, svg')) continue;
      expect(element.getBoundingClientRect().right, element.localName).to.be.at.most(edge);
    }
  });

  it('have targets that a finger hits', async () => {
    const page = await inWidth('800px');
    for (const element of elementsIn(page)) {
      if (!element.matches('button:not(.skip), label:has(input[type=file]), input:not([type=file])'))
        continue;
      const { height } = element.getBoundingClientRect();
      if (height > 0) expect(height, element.outerHTML.slice(0, 80)).to.be.at.least(44);
    }
  });
});
