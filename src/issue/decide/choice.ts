import { equalBytes } from '../../bytes/bytes.ts';
import type { ActivationRequest } from '../../format/activation-request.ts';
import { type ActivationFacts, decideActivation, type Granted } from './activation.ts';
import type { Refused } from './decision.ts';
import { wantsSeat } from './rebind.ts';

/** A decision with the facts of the license that it is about. */
export interface Choice<F extends ActivationFacts, D = Granted | Refused> {
  readonly facts: F;
  readonly decision: D;
}

/**
 * Chooses among the licenses of a user: the first that is granted, else the refusal of the first, or of one that is as
 * near and has no seat left, since that can be helped. The one whose
 * activation the request names, or a person gave it, comes first, then those that the device has, then the others as they come.
 *
 * @param all - The facts of each license, the oldest first; at least one.
 * @see FORMAT.md#choosing-a-license-of-a-user
 */
export function decideAmong<F extends ActivationFacts>(
  all: readonly F[],
  request: ActivationRequest,
  nowS: number,
): Choice<F> {
  const inOrder = [...all].sort((a, b) => distanceOf(a, request) - distanceOf(b, request));
  const choices = inOrder.map(facts => ({ facts, decision: decideActivation(facts, request, nowS) }));
  const [first] = choices;
  if (first === undefined) throw new RangeError('expected a license, or why there is none');
  const isAsNear = ({ facts }: Choice<F>) => distanceOf(facts, request) === distanceOf(first.facts, request);
  const granted = choices.find(({ decision }) => !('refused' in decision));
  return granted ?? choices.find(each => isAsNear(each) && wantsSeat(each.decision)) ?? first;
}

/** How far a license is from what the request is about: what it replaces, what it states, what the device has, the rest. */
function distanceOf({ held, named, approved }: ActivationFacts, { activationId }: ActivationRequest): number {
  if (named !== null || approved !== null) return 0;
  if (held === null) return 3;
  return activationId !== undefined && equalBytes(held.id, activationId) ? 1 : 2;
}
