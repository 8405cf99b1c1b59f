import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { adoptTheme } from '../../../src/ui/theme/adopt-theme.ts';
import { accentColors } from '../../../src/ui/theme/brand.ts';
import { contrastRatio, formatColor, parseColor, type Rgb } from '../../../src/ui/theme/contrast.ts';
import { darkPalette, lightPalette, type PaletteName } from '../../../src/ui/theme/palette.ts';
import { chooseTextSize, currentTextSize, restoreTextSize } from '../../../src/ui/theme/text-size.ts';

const palettes = { light: lightPalette, dark: darkPalette };
const part = fc.integer({ min: 0, max: 255 });
const anyColor = fc.record({ r: part, g: part, b: part }).map(formatColor);

function ratio(first: string, second: string): number {
  return contrastRatio(color(first), color(second));
}

function color(text: string): Rgb {
  const parsed = parseColor(text);
  if (!parsed) throw new TypeError(text);
  return parsed;
}

describe('contrastRatio()', () => {
  it('is 21 between black and white and 1 between equals', () => {
    expect(ratio('#000000', '#ffffff')).to.be.closeTo(21, 0.001);
    expect(ratio('#336699', '#336699')).to.equal(1);
  });

  it('agrees with a published value', () => {
    expect(ratio('#767676', '#ffffff')).to.be.closeTo(4.54, 0.01);
  });
});

describe('parseColor()', () => {
  it('reads six hexadecimal digits and nothing else', () => {
    expect(parseColor('#0a10FF')).to.deep.equal({ r: 10, g: 16, b: 255 });
    for (const text of ['', '#fff', 'red', '#12345g', 'url(#)']) expect(parseColor(text)).to.equal(null);
  });
});

for (const [name, palette] of Object.entries(palettes)) {
  describe(`the ${name} palette`, () => {
    const backgrounds: PaletteName[] = ['page', 'surface', 'sunken'];

    it('has text that is readable on every background', () => {
      for (const text of ['text', 'text-quiet'] as const) {
        for (const background of backgrounds) {
          expect(ratio(palette[text], palette[background]), `${text} on ${background}`).to.be.at.least(4.5);
        }
      }
    });

    it('has state colors that are readable on the surface and on their own tint', () => {
      for (const state of ['ok', 'warn', 'bad'] as const) {
        for (const background of [palette.surface, palette.page, palette[`${state}-soft`]]) {
          expect(ratio(palette[state], background), `${state} on ${background}`).to.be.at.least(4.5);
        }
        expect(ratio(palette.text, palette[`${state}-soft`])).to.be.at.least(7);
      }
      expect(ratio(palette['on-bad'], palette.bad)).to.be.at.least(4.5);
    });

    it('has lines around controls that are seen on the surface', () => {
      expect(ratio(palette['line-strong'], palette.surface)).to.be.at.least(3);
    });

    it('stays readable with any brand color', () => {
      fc.assert(
        fc.property(anyColor, brandColor => {
          const accent = accentColors({ accent: brandColor }, palette);
          expect(ratio(accent.accent, palette.surface)).to.be.at.least(3);
          expect(ratio(accent['on-accent'], accent.accent)).to.be.at.least(4.5);
          expect(ratio(accent['on-accent'], accent['accent-strong'])).to.be.at.least(4.5);
          for (const background of [palette.page, palette.surface, palette.sunken, accent['accent-soft']]) {
            expect(ratio(accent['accent-text'], background)).to.be.at.least(4.5);
          }
          expect(ratio(palette.text, accent['accent-soft'])).to.be.at.least(4.5);
          expect(ratio(palette['text-quiet'], accent['accent-soft'])).to.be.at.least(4.5);
        }),
        { numRuns: 500 },
      );
    });

    it('takes the default for a brand color that is none', () => {
      expect(accentColors({ accent: 'javascript:' }, palette)).to.deep.equal(accentColors({}, palette));
    });
  });
}

describe('adoptTheme()', () => {
  it('gives the page its custom properties once, and changes the brand when called again', () => {
    adoptTheme();
    const sheets = document.adoptedStyleSheets.length;
    const before = getComputedStyle(document.documentElement).getPropertyValue('--lk-accent');
    adoptTheme({ accent: '#7a1f5c' });
    const after = getComputedStyle(document.documentElement).getPropertyValue('--lk-accent');
    expect(document.adoptedStyleSheets.length).to.equal(sheets);
    expect(before).to.not.equal('');
    expect(after).to.not.equal(before);
    adoptTheme();
  });
});

describe('the text size', () => {
  it('is normal until large is chosen, and is remembered', () => {
    localStorage.clear();
    expect(restoreTextSize()).to.equal('normal');
    chooseTextSize('large');
    document.documentElement.removeAttribute('data-text-size');
    expect(restoreTextSize()).to.equal('large');
    expect(currentTextSize()).to.equal('large');
    chooseTextSize('normal');
    expect(currentTextSize()).to.equal('normal');
  });
});
