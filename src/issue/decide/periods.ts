import type { Period } from '../../format/claims.ts';

/**
 * What the sums by period rose by: to add to those of the activation and of its license. What is stated lower than it
 * is known adds nothing, since periods of a report that comes late were counted already.
 *
 * @see FORMAT.md#periods
 */
export function periodRises(known: readonly Period[], stated: readonly Period[]): Period[] {
  const before = new Map(known.map(period => [keyOf(period), period]));
  return stated
    .map(period => {
      const { used = 0, givenBack = 0 } = before.get(keyOf(period)) ?? {};
      return {
        ...period,
        used: Math.max(0, period.used - used),
        givenBack: Math.max(0, period.givenBack - givenBack),
      };
    })
    .filter(({ used, givenBack }) => used > 0 || givenBack > 0);
}

function keyOf({ counter, index }: Period): string {
  return `${index} ${counter}`;
}
