import type { ErrorCode } from '../../errors.ts';
import type { ActivationRequest } from '../../format/activation-request.ts';
import { type ActivationFacts, decideActivation, type Granted } from './activation.ts';
import type { Choice } from './choice.ts';
import type { Refused } from './decision.ts';

/** Reasons of a license that has come to its end: the others under the key go on without it. */
const over: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['LICENSE_DISABLED', 'LICENSE_EXPIRED']);

/**
 * Decides about all licenses under one key: they are granted together, without those that have come to their end.
 * Anything else that stands against one of them refuses the whole, so that nothing is half granted; that the device is a
 * copy comes first, since it is so for all of them.
 *
 * @param all - The facts of each license, that of the key first; at least one.
 * @returns What is decided of each; `refusal` is one of them when nothing is granted.
 * @see FORMAT.md#license-bundles
 */
export function decideLicenseBundle<F extends ActivationFacts>(
  all: readonly F[],
  request: ActivationRequest,
  nowS: number,
): { readonly choices: readonly Choice<F>[]; readonly refusal: Choice<F, Refused> | null } {
  const choices = all.map(facts => ({ facts, decision: decideActivation(facts, request, nowS) }));
  const refused = choices.filter(isRefused);
  const copied = refused.find(({ decision }) => decision.refused === 'DEVICE_COPIED');
  const against = copied ?? refused.find(({ decision }) => !over.has(decision.refused));
  const isNothingLeft = refused.length === choices.length;
  return { choices, refusal: against ?? (isNothingLeft ? (refused[0] ?? null) : null) };
}

/** Whether a license is not granted. */
export function isRefused<F extends ActivationFacts>(
  choice: Choice<F, Granted | Refused>,
): choice is Choice<F, Refused> {
  return 'refused' in choice.decision;
}
