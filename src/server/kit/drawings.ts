const ink = 'fill="none" stroke="#17324d" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"';

function drawing(shapes: string): string {
  return `<svg viewBox="0 0 160 90" aria-hidden="true"><g ${ink}>${shapes}</g></svg>`;
}

const screen = '<rect x="16" y="16" width="76" height="48" rx="4"/><path d="M44 76h20M54 64v12"/>';
const stick = (x: number, y: number) =>
  `<g transform="translate(${x} ${y})"><rect width="34" height="18" rx="3" fill="#fff"/>` +
  '<path d="M-11 3h11v12h-11z"/><path d="M-7 7v0M-7 11v0"/></g>';
const key = '<circle cx="42" cy="40" r="7"/><path d="M49 40h22v7M63 40v5"/>';
const amber = 'stroke="#b26a00"';

/** Pictures of the guide's four steps: start, ask, carry, load. */
export const drawings: readonly string[] = [
  drawing(`${screen}${stick(112, 46)}<path ${amber} d="M47 31l18 9-18 9z"/>`),
  drawing(`${screen}${key}${stick(116, 52)}<path ${amber} d="M98 30h18v14m-6-6l6 6 6-6"/>`),
  drawing(
    `${stick(22, 38)}<path ${amber} d="M64 47h26m-7-7l7 7-7 7"/><circle cx="122" cy="46" r="26"/>` +
      '<path d="M96 46h52M122 20c-16 16-16 36 0 52M122 20c16 16 16 36 0 52"/>',
  ),
  drawing(
    `${screen}${stick(116, 52)}<path ${amber} d="M122 44V30h-22m7-6l-7 6 7 6"/><path d="M40 41l10 10 19-21"/>`,
  ),
];
