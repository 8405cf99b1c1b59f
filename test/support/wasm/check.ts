/** Checks by their names, for whoever runs them: node:test in Node, mocha in browsers. */
export type Checks = Readonly<Record<string, () => void | Promise<void>>>;

type Comparable = bigint | number | boolean | readonly Comparable[];

/** @throws Error - for values that are not the same, one by one. */
export function same(actual: Comparable, expected: Comparable, what = ''): void {
  const [got, wanted] = [written(actual), written(expected)];
  if (got !== wanted) throw new Error(`${what} expected ${wanted}, got ${got}`);
}

/** @throws Error - when an action throws nothing, or something else. */
export function throwsA(kind: new (...args: never[]) => Error, action: () => unknown): void {
  try {
    action();
  } catch (error) {
    if (error instanceof kind) return;
    throw error;
  }
  throw new Error(`expected a ${kind.name}`);
}

function written(value: Comparable): string {
  return typeof value === 'object' ? `[${value.map(written).join(', ')}]` : `${value}`;
}
