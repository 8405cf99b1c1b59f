import type { Bytes } from '../bytes/bytes.ts';
import { thumbprint } from '../cose/key.ts';
import { encodeActivationRequest } from '../format/activation-request.ts';
import type { Consumption, Head, Period, Replaces } from '../format/claims.ts';
import { fingerprintKey, keyLookup, keyProof, keySecret } from '../license/credentials.ts';
import type { LicenseKey } from '../license/license-key.ts';
import { fingerprint, type Signals } from '../license/node-lock.ts';
import { type UserCredentials, userProof } from '../license/user.ts';
import { periodClaims } from './activation-state.ts';
import {
  commonClaims,
  type DeviceDescription,
  type DeviceFileContext,
  descriptionClaims,
  type SignedDeviceFile,
  signDeviceFile,
} from './device-file.ts';

/** What a device asks to be licensed with. */
export interface ActivationRequestInput extends Omit<DeviceDescription, 'fingerprint'> {
  /** The product that this app is; left out where the portal is to tell by the license. */
  readonly product?: string | undefined;
  /** Left out where whoever carries the request names the license at the portal. */
  readonly licenseKey?: LicenseKey | undefined;
  /** Hashed one by one; the file holds no signal in the clear. */
  readonly signals?: Signals | undefined;
  /** Of the lost license of a recovery file, 32 bytes, in the place of that of key or user. */
  readonly fingerprintKey?: Bytes | undefined;
  /** For a license for a user, in the place of a license key. */
  readonly user?: UserCredentials | undefined;
  /** SHA-256 of the secret in the recovery file, 32 bytes. */
  readonly recoveryCommitment?: Bytes | undefined;
  /** The activation or device whose place this one takes: one that this device gave up, or another device's. */
  readonly replaces?: Replaces | undefined;
  /** The activation of this license that the device holds, 16 bytes, with its heads to state: as in a report. */
  readonly activationId?: Bytes | undefined;
  readonly heads?: readonly Head[] | undefined;
  /** What that activation has counted; without one, what the replaced activation had counted at its end. */
  readonly consumption?: Consumption | undefined;
  readonly periods?: readonly Period[] | undefined;
}

/** A signed activation request. */
export interface SignedActivationRequest extends SignedDeviceFile {
  /** The key under which the signals were hashed, 32 bytes: kept, to compare with the license later. */
  readonly fingerprintKey: Bytes;
}

/**
 * Makes an activation request. Needs no network and makes no key.
 *
 * @see FORMAT.md#activation-request
 */
export async function createActivationRequest(
  input: ActivationRequestInput,
  context: DeviceFileContext,
): Promise<SignedActivationRequest> {
  const { product, licenseKey, signals, user, recoveryCommitment, replaces } = input;
  const { activationId, heads, consumption } = input;
  const common = commonClaims(context);
  const { domainId } = context.trust;
  const secret = licenseKey === undefined ? null : keySecret(domainId, licenseKey);
  const saltKey = input.fingerprintKey ?? fingerprintKey(domainId, secret ?? user?.secret ?? null);
  const hashed = signals === undefined ? undefined : fingerprint(saltKey, signals);
  const claims = encodeActivationRequest({
    ...common,
    ...descriptionClaims({ ...input, fingerprint: hashed }),
    ...keyClaims(secret, context.publicKey, common.requestId),
    ...userClaims(user, context.publicKey, common.requestId),
    product,
    recoveryCommitment,
    replaces,
    consumption,
    ...periodClaims(input.periods),
    activationId,
    heads,
  });
  const file = { requestId: common.requestId, claims };
  return { ...(await signDeviceFile('activation-request', file, context)), fingerprintKey: saltKey };
}

function keyClaims(secret: Bytes | null, publicKey: Bytes, requestId: Bytes) {
  if (secret === null) return {};
  const keyProofBytes = keyProof(secret, thumbprint(publicKey), requestId);
  return { keyLookup: keyLookup(secret), keyProof: keyProofBytes };
}

function userClaims(user: UserCredentials | undefined, publicKey: Bytes, requestId: Bytes) {
  if (user === undefined) return {};
  return { userLookup: user.lookup, userProof: userProof(user.key, thumbprint(publicKey), requestId) };
}
