/** A color in sRGB, each part 0 to 255. */
export interface Rgb {
  r: number;
  g: number;
  b: number;
}

const hexColor = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

/** Reads `#rrggbb`; null when the text is something else. */
export function parseColor(text: string): Rgb | null {
  const match = hexColor.exec(text.trim());
  if (!match) return null;
  const [r = 0, g = 0, b = 0] = match.slice(1).map(part => Number.parseInt(part, 16));
  return { r, g, b };
}

/** Writes a color as `#rrggbb`. */
export function formatColor({ r, g, b }: Rgb): string {
  return `#${[r, g, b].map(part => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** Mixes two colors; share 0 gives the first, 1 the second. */
export function mixColors(first: Rgb, second: Rgb, share: number): Rgb {
  const mix = (from: number, to: number) => Math.round(from + (to - from) * share);
  return { r: mix(first.r, second.r), g: mix(first.g, second.g), b: mix(first.b, second.b) };
}

/** Contrast ratio of two colors, 1 to 21. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrastRatio(first: Rgb, second: Rgb): number {
  const [darker, lighter] = [luminance(first), luminance(second)].sort((x, y) => x - y);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

const steps = 50;

/**
 * The color nearest to the wanted one that is readable on every given background: mixed towards the first of
 * `anchors` that gets there (usually black and white), in steps of 2 %.
 */
export function readableColor(wanted: Rgb, backgrounds: Rgb[], ratio: number, anchors: Rgb[]): Rgb {
  for (let step = 0; step <= steps; step += 1) {
    for (const anchor of anchors) {
      const color = mixColors(wanted, anchor, step / steps);
      if (backgrounds.every(background => contrastRatio(color, background) >= ratio)) return color;
    }
  }
  return anchors[0] ?? wanted;
}

function luminance({ r, g, b }: Rgb): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
