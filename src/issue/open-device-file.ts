import type { Bytes } from '../bytes/bytes.ts';
import { inflate } from '../bytes/inflate.ts';
import { messageDigest } from '../cose/digest.ts';
import { decodeEncrypt0, type Encrypt0, openEncrypt0 } from '../cose/encrypt0.ts';
import { decodeFile } from '../cose/file.ts';
import { thumbprint } from '../cose/key.ts';
import { ALG } from '../cose/labels.ts';
import { decodeSign1, type UnverifiedSign1, verifySign1 } from '../cose/sign1.ts';
import type { Crypto, Opener } from '../crypto/crypto.ts';
import { LatchkeyError } from '../errors.ts';
import { type ActivationRequest, decodeActivationRequest } from '../format/activation-request.ts';
import { type Deactivation, decodeDeactivation } from '../format/deactivation.ts';
import {
  type DeviceKind,
  isDeviceKind,
  kindOf,
  MAX_DEVICE_FILE_BYTES,
  maxInflatedBytes,
} from '../format/kinds.ts';
import { isRecoveryFile } from '../format/recovery-file.ts';
import { decodeUsageReport, type UsageReport } from '../format/usage-report.ts';

/** What opening takes. */
export interface OpenOptions {
  /** The sealing key of this id, retired ones as well, or null. */
  findOpener(kid: Bytes): Opener | null;
  readonly domainId: Bytes;
  readonly crypto: Crypto;
}

interface Opened<K extends DeviceKind, C> {
  readonly kind: K;
  /** Thumbprint of the key that signed it, 32 bytes. */
  readonly deviceId: Bytes;
  /** SHA-256 over protected header and payload of the signed message: the same however often it is sealed. */
  readonly digest: Bytes;
  readonly claims: C;
}

export type OpenedRequest = Opened<'activation-request', ActivationRequest>;
export type OpenedReport = Opened<'usage-report', UsageReport>;
export type OpenedDeactivation = Opened<'deactivation', Deactivation>;

/** What a device signed with the key that it states; whether that device may have anything is another question. */
export type DeviceFile = OpenedRequest | OpenedReport | OpenedDeactivation;

/**
 * Opens a sealed device file and verifies that the device key in its claims signed it.
 *
 * @param file - In its binary form, as `readCarrier` returns it.
 * @throws {@link LatchkeyError} FILE_TOO_LARGE - past 8 KiB sealed.
 * @throws {@link LatchkeyError} KIND_UNEXPECTED - a container, or a kind that no device makes; KIND_UNKNOWN.
 * @throws {@link LatchkeyError} SEAL_KEY_UNKNOWN, SEAL_BROKEN - sealed for someone else, or changed.
 * @throws {@link LatchkeyError} KIND_MISMATCH - another kind inside than outside.
 * @throws {@link LatchkeyError} ALGORITHM_UNKNOWN - signed with another algorithm than a device's.
 * @throws {@link LatchkeyError} SIGNATURE_INVALID - not signed by the key that it states.
 * @throws {@link LatchkeyError} CLAIM_…, INFLATED_…, DEFLATE_…, CBOR_…, COSE_MALFORMED, KEY_MALFORMED and others.
 * @see FORMAT.md#opening-a-device-file
 */
export async function openDeviceFile(file: Bytes, options: OpenOptions): Promise<DeviceFile> {
  // Steps 1 and 2: the length, then the form of the sealed message.
  const sealed = decodeSealed(file);
  // Step 3: the kind.
  const kind = requireDeviceKind(sealed.typ);
  // Steps 4 and 5: the sealing key; then the seal.
  const signed = decodeSign1(
    await openEncrypt0(sealed, { ...options, opener: requireOpener(sealed, options) }),
  );
  // Step 6: the signed message inside, of the same kind, signed as a device signs.
  if (signed.typ !== sealed.typ)
    throw new LatchkeyError('KIND_MISMATCH', 'sealed as another kind than signed');
  if (signed.alg !== ALG.esp256) throw new LatchkeyError('ALGORITHM_UNKNOWN', 'expected a device signature');
  // Step 7: the claims, with the key that step 8 takes.
  const opened = decodeClaims(kind, signed);
  // Step 8: the signature of the device.
  await verifySignature(signed, opened.claims.deviceKey, options);
  return opened;
}

function decodeSealed(file: Bytes): Encrypt0 {
  if (file.length > MAX_DEVICE_FILE_BYTES) {
    throw new LatchkeyError('FILE_TOO_LARGE', `expected at most ${MAX_DEVICE_FILE_BYTES} bytes`);
  }
  if (isRecoveryFile(file)) throw new LatchkeyError('KIND_UNEXPECTED', 'a recovery file goes to no portal');
  const { type, content } = decodeFile(file);
  if (type !== 'encrypt0') throw new LatchkeyError('KIND_UNEXPECTED', `expected a sealed file, got ${type}`);
  return decodeEncrypt0(content);
}

function requireDeviceKind(typ: number): DeviceKind {
  const kind = kindOf(typ);
  if (kind === null) throw new LatchkeyError('KIND_UNKNOWN', `kind ${typ}`);
  if (!isDeviceKind(kind))
    throw new LatchkeyError('KIND_UNEXPECTED', `expected a device file, got a ${kind}`);
  return kind;
}

function requireOpener({ kid }: Encrypt0, { findOpener }: OpenOptions): Opener {
  const opener = findOpener(kid);
  if (opener === null) throw new LatchkeyError('SEAL_KEY_UNKNOWN', 'sealed to a key that is not held here');
  return opener;
}

/** The key that verifies stands in the claims: so they are inflated, within bounds, before they are believed. */
function decodeClaims(kind: DeviceKind, signed: UnverifiedSign1): DeviceFile {
  const { payload, inflatedLength } = signed;
  const claims = inflatedLength === null ? payload : inflate(payload, inflatedLength, maxInflatedBytes(kind));
  const digest = messageDigest(signed);
  switch (kind) {
    case 'activation-request':
      return withDeviceId({ kind, digest, claims: decodeActivationRequest(claims) });
    case 'usage-report':
      return withDeviceId({ kind, digest, claims: decodeUsageReport(claims) });
    case 'deactivation':
      return withDeviceId({ kind, digest, claims: decodeDeactivation(claims) });
  }
}

function withDeviceId<T extends { claims: { deviceKey: Bytes } }>(opened: T): T & { deviceId: Bytes } {
  return { ...opened, deviceId: thumbprint(opened.claims.deviceKey) };
}

async function verifySignature(
  signed: UnverifiedSign1,
  publicKey: Bytes,
  options: OpenOptions,
): Promise<void> {
  const { domainId, crypto } = options;
  const { payload } = signed;
  // The signature is over the payload as transmitted, and that is inflated already.
  const transmitted = { ...signed, inflatedLength: null };
  await verifySign1(transmitted, { domainId, publicKey, crypto, maxInflatedBytes: payload.length });
}
