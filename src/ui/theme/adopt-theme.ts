import type { Brand } from './brand.ts';
import { tokensCss } from './tokens.ts';

let themeSheet: CSSStyleSheet | null = null;

/**
 * Gives a page the theme's custom properties, in a constructed style sheet, which `style-src 'self'` allows.
 * Called again, it changes the brand of the page that is there.
 */
export function adoptTheme(brand: Brand = {}): void {
  const sheet = themeSheet ?? new CSSStyleSheet();
  sheet.replaceSync(tokensCss(brand));
  if (document.adoptedStyleSheets.includes(sheet)) return;
  themeSheet = sheet;
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
}
