/** Names of the neutral and state colors; the accent's come from the brand. */
export type PaletteName =
  | 'page'
  | 'surface'
  | 'sunken'
  | 'text'
  | 'text-quiet'
  | 'line'
  | 'line-strong'
  | 'ok'
  | 'ok-soft'
  | 'warn'
  | 'warn-soft'
  | 'bad'
  | 'bad-soft'
  | 'on-bad';

/** A color for each name, as `#rrggbb`. */
export type Palette = Readonly<Record<PaletteName, string>>;

export const lightPalette: Palette = {
  page: '#f3f5f8',
  surface: '#ffffff',
  sunken: '#eceff4',
  text: '#161a21',
  'text-quiet': '#525b69',
  line: '#dbe0e8',
  'line-strong': '#7d8796',
  ok: '#156b3c',
  'ok-soft': '#e3f4ea',
  warn: '#7d4a00',
  'warn-soft': '#fdf0d9',
  bad: '#ad2119',
  'bad-soft': '#fceae8',
  'on-bad': '#ffffff',
};

export const darkPalette: Palette = {
  page: '#0e1115',
  surface: '#171b21',
  sunken: '#1f242c',
  text: '#e9ecf1',
  'text-quiet': '#a6b0be',
  line: '#2d343e',
  'line-strong': '#737e8e',
  ok: '#74d199',
  'ok-soft': '#142b1e',
  warn: '#f2bf66',
  'warn-soft': '#302411',
  bad: '#ff9a91',
  'bad-soft': '#381b19',
  'on-bad': '#2a0806',
};
