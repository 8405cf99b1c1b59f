import { contrastRatio, formatColor, mixColors, parseColor, type Rgb, readableColor } from './contrast.ts';
import type { Palette } from './palette.ts';

/** What a vendor's brand sets of the look. */
export interface Brand {
  /** The brand's color, `#rrggbb`; anything else leaves the default. */
  accent?: string | undefined;
}

/** The accent's colors, as `#rrggbb`. */
export interface AccentColors {
  /** Fill of a primary button; seen beside the surface (3 : 1). */
  accent: string;
  /** The fill under a pointer. */
  'accent-strong': string;
  /** Text on both fills (4.5 : 1). */
  'on-accent': string;
  /** Text and lines in the accent's hue, on every neutral background (4.5 : 1). */
  'accent-text': string;
  /** A tint for large areas; text and accent text are readable on it. */
  'accent-soft': string;
}

export const defaultBrandColor = '#2c5fd0';

const black: Rgb = { r: 0, g: 0, b: 0 };
const white: Rgb = { r: 255, g: 255, b: 255 };

/** The accent's colors for a brand color in a palette: contrast is computed, whatever the brand asks for. */
export function accentColors(brand: Brand, palette: Palette): AccentColors {
  const wanted = parseColor(brand.accent ?? '') ?? colorOf(defaultBrandColor);
  const surface = colorOf(palette.surface);
  const isDark = contrastRatio(surface, white) > contrastRatio(surface, black);
  const outward = isDark ? white : black;
  const backgrounds = [surface, colorOf(palette.page), colorOf(palette.sunken)];
  const accent = readableColor(wanted, backgrounds, 3, [outward]);
  const soft = mixColors(surface, wanted, isDark ? 0.16 : 0.08);
  const onAccent = contrastRatio(accent, white) >= 4.5 ? white : black;
  const away = onAccent === white ? black : white;
  return {
    accent: formatColor(accent),
    'accent-strong': formatColor(mixColors(accent, away, 0.14)),
    'on-accent': formatColor(onAccent),
    'accent-text': formatColor(readableColor(wanted, [...backgrounds, soft], 4.5, [outward])),
    'accent-soft': formatColor(soft),
  };
}

function colorOf(text: string): Rgb {
  const color = parseColor(text);
  if (!color) throw new TypeError(`expected #rrggbb, got ${text}`);
  return color;
}
