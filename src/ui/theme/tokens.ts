import { type AccentColors, accentColors, type Brand } from './brand.ts';
import { darkPalette, lightPalette, type Palette } from './palette.ts';

const scales = `
  --lk-font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif;
  --lk-font-mono: ui-monospace, 'SF Mono', 'Cascadia Mono', 'Roboto Mono', 'Liberation Mono', Menlo, monospace;
  --lk-text-xs: 0.8125rem;
  --lk-text-s: 0.9375rem;
  --lk-text-m: 1rem;
  --lk-text-l: 1.1875rem;
  --lk-text-xl: 1.5rem;
  --lk-text-xxl: clamp(1.625rem, 1.3rem + 1.4vw, 2.125rem);
  --lk-space-1: 0.25rem;
  --lk-space-2: 0.5rem;
  --lk-space-3: 0.75rem;
  --lk-space-4: 1rem;
  --lk-space-5: 1.5rem;
  --lk-space-6: 2rem;
  --lk-space-7: 3rem;
  --lk-space-8: 4.5rem;
  --lk-radius-s: 0.375rem;
  --lk-radius-m: 0.625rem;
  --lk-radius-l: 1rem;
  --lk-radius-round: 999px;
  --lk-target: max(2.75rem, 44px);
  --lk-line-width: 1px;
  --lk-motion: 160ms;`;

const lightShadows = `
  --lk-shadow-1: 0 1px 2px rgb(16 24 40 / 0.05), 0 1px 3px rgb(16 24 40 / 0.06);
  --lk-shadow-2: 0 2px 4px rgb(16 24 40 / 0.05), 0 8px 24px rgb(16 24 40 / 0.1);
  --lk-shadow-3: 0 12px 48px rgb(16 24 40 / 0.22);`;

const darkShadows = `
  --lk-shadow-1: 0 1px 2px rgb(0 0 0 / 0.4);
  --lk-shadow-2: 0 4px 16px rgb(0 0 0 / 0.45);
  --lk-shadow-3: 0 16px 56px rgb(0 0 0 / 0.65);`;

/** The custom properties of the theme as CSS text: scales, both color schemes, motion. */
export function tokensCss(brand: Brand = {}): string {
  return `:root { ${scales}${lightShadows}${colors(brand, lightPalette)} }
@media (prefers-color-scheme: dark) { :root { ${darkShadows}${colors(brand, darkPalette)} } }
@media (prefers-reduced-motion: reduce) { :root { --lk-motion: 0.01ms; } }`;
}

function colors(brand: Brand, palette: Palette): string {
  const all: Palette & AccentColors = { ...palette, ...accentColors(brand, palette) };
  return Object.entries(all)
    .map(([name, color]) => `\n  --lk-${name}: ${color};`)
    .join('');
}
