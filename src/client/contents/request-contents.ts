import { inflate } from '../../bytes/inflate.ts';
import { decodeSign1 } from '../../cose/sign1.ts';
import { LatchkeyError } from '../../errors.ts';
import { type ActivationRequest, decodeActivationRequest } from '../../format/activation-request.ts';
import { type Deactivation, decodeDeactivation } from '../../format/deactivation.ts';
import { type DeviceKind, kindOf, maxInflatedBytes } from '../../format/kinds.ts';
import { decodeUsageReport, type UsageReport } from '../../format/usage-report.ts';
import type { Session } from '../state/session.ts';

type DeviceClaims = ActivationRequest & UsageReport & Deactivation;

/** All that a file of this device may state, whatever its kind. */
export type RequestContents = {
  readonly [K in keyof DeviceClaims]?: NonNullable<DeviceClaims[K]> | undefined;
};

const decoders: Readonly<
  Record<DeviceKind, typeof decodeActivationRequest | typeof decodeUsageReport | typeof decodeDeactivation>
> = {
  'activation-request': decodeActivationRequest,
  'usage-report': decodeUsageReport,
  deactivation: decodeDeactivation,
};

/**
 * What a file that waits here tells the portal: every claim, read from the very bytes that are signed and sealed.
 *
 * @throws REQUEST_UNKNOWN - when nothing here has this id.
 */
export function contentsOf({ state }: Pick<Session, 'state'>, id: string): RequestContents {
  const kept = [...state.requests, ...state.ended].find(record => record.id === id);
  if (!kept) throw new LatchkeyError('REQUEST_UNKNOWN', 'no file of this id waits here');
  const { typ, payload, inflatedLength } = decodeSign1(kept.signed);
  const kind = deviceKindOf(typ);
  const claims = inflatedLength === null ? payload : inflate(payload, inflatedLength, maxInflatedBytes(kind));
  return decoders[kind](claims);
}

function deviceKindOf(typ: number): DeviceKind {
  const kind = kindOf(typ);
  if (kind === 'activation-request' || kind === 'usage-report' || kind === 'deactivation') return kind;
  throw new TypeError(`expected a device file, got ${kind}`);
}
