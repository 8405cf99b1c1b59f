import type { Bytes } from '../bytes/bytes.ts';
import { createEncrypt0 } from '../cose/encrypt0.ts';
import { toFile } from '../cose/file.ts';
import { keyId } from '../cose/key.ts';
import { decodeSign1 } from '../cose/sign1.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { LatchkeyError } from '../errors.ts';
import type { Trust } from '../verify/trust.ts';

/** A key that device files are sealed to. */
export interface SealingTarget {
  /** 8 bytes. */
  readonly kid: Bytes;
  /** 65 bytes. */
  readonly publicKey: Bytes;
}

/**
 * The portal's sealing key that is in use: the first of the trust bundle that is neither retired nor compromised.
 *
 * @throws {@link LatchkeyError} SEAL_KEY_UNKNOWN - when the bundle lists none.
 */
export function sealingTarget(trust: Trust): SealingTarget {
  const current = trust.bundle.sealingKeys.find(({ keyState }) => keyState === undefined);
  if (current === undefined) throw new LatchkeyError('SEAL_KEY_UNKNOWN', 'no sealing key in use');
  return { kid: keyId(current.key), publicKey: current.key };
}

/**
 * Seals a signed device file to the portal. To seal to a newer key, or because a file is to be saved again, call it
 * again: the portal knows the file by its digest.
 *
 * @param signed - `signed` of a `SignedDeviceFile`.
 * @returns The whole file, at most 8 KiB.
 * @throws {@link LatchkeyError} SEAL_KEY_UNKNOWN - when the trust bundle lists no sealing key that is in use.
 * @see FORMAT.md#sealed-messages
 */
export async function sealDeviceFile(signed: Bytes, trust: Trust, crypto: Crypto): Promise<Bytes> {
  const { typ } = decodeSign1(signed);
  const target = sealingTarget(trust);
  return toFile(await createEncrypt0({ typ, ...target, message: signed, domainId: trust.domainId, crypto }));
}
