import { type Bytes, utf8 } from '../bytes/bytes.ts';
import { createSign1 } from '../cose/create-sign1.ts';
import { messageDigest } from '../cose/digest.ts';
import { decodeSign1 } from '../cose/sign1.ts';
import type { Crypto, Signer } from '../crypto/crypto.ts';
import { type DeviceKind, KINDS } from '../format/kinds.ts';
import type { Trust } from '../verify/trust.ts';

/** What every file of a device states, and what signs it. */
export interface DeviceFileContext {
  readonly trust: Trust;
  /** Signs with the device key. */
  readonly signer: Signer;
  /** The device's public key, 65 bytes. */
  readonly publicKey: Bytes;
  /** For the request id. */
  readonly crypto: Pick<Crypto, 'randomBytes'>;
  /** The device's clock, milliseconds since the Unix epoch; no portal refuses for it. */
  readonly clockMs: number;
  readonly highWaterMarkMs: number;
  /** Number of this file among all that the device key signed; each number is used once. */
  readonly deviceSequence: number;
}

/** What a device tells about itself; all of it is self-declared. */
export interface DeviceDescription {
  /** Cut to 32 bytes. */
  readonly deviceName?: string | undefined;
  /** Cut to 24 bytes. */
  readonly appVersion?: string | undefined;
  /** Cut to 24 bytes. */
  readonly platform?: string | undefined;
  /** Of `fingerprint`. */
  readonly fingerprint?: Bytes | undefined;
  /** true when the file travels over a network. */
  readonly online?: boolean | undefined;
  readonly virtualMachine?: boolean | undefined;
}

/** A signed device file, to be kept: it can be sealed again, and an answer names its id or digest. */
export interface SignedDeviceFile {
  /** 16 bytes. */
  readonly requestId: Bytes;
  /** The COSE_Sign1, beginning with d2: not yet a file, see `sealDeviceFile`. */
  readonly signed: Bytes;
  /** 32 bytes; the same however often it is sealed. */
  readonly digest: Bytes;
}

const requestIdLength = 16;
const maxNameBytes = 32;
const maxVersionBytes = 24;

/** The claims that all kinds of device file share. */
export function commonClaims(context: DeviceFileContext) {
  const { trust, publicKey, clockMs, highWaterMarkMs, deviceSequence, crypto } = context;
  return {
    requestId: crypto.randomBytes(requestIdLength),
    issuedAt: Math.max(0, Math.floor(clockMs / 1000)),
    deviceSequence,
    highWaterMark: Math.max(0, Math.floor(highWaterMarkMs / 1000)),
    bundleVersion: trust.bundle.bundleVersion,
    rootVersion: trust.rootVersion,
    deviceKey: publicKey,
  };
}

/** The description as claims: names cut to what a file may hold, what is empty or false left out. */
export function descriptionClaims(description: DeviceDescription) {
  const { deviceName, appVersion, platform, fingerprint, online, virtualMachine } = description;
  return {
    deviceName: cutText(deviceName, maxNameBytes),
    appVersion: cutText(appVersion, maxVersionBytes),
    platform: cutText(platform, maxVersionBytes),
    fingerprint,
    online: online === true ? true : undefined,
    virtualMachine: virtualMachine === true ? true : undefined,
  };
}

/** Signs the encoded claims with the device key. */
export async function signDeviceFile(
  kind: DeviceKind,
  { requestId, claims }: { requestId: Bytes; claims: Bytes },
  { trust, signer }: DeviceFileContext,
): Promise<SignedDeviceFile> {
  const signed = await createSign1({ typ: KINDS[kind], claims, domainId: trust.domainId, signer });
  return { requestId, signed, digest: messageDigest(decodeSign1(signed)) };
}

/** Text without control characters, of at most so many bytes, never cut within a character. */
function cutText(text: string | undefined, maxBytes: number): string | undefined {
  const characters = [...(text ?? '').replace(/\p{Cc}/gu, ' ').trim()];
  while (utf8(characters.join('')).length > maxBytes) characters.pop();
  return characters.length === 0 ? undefined : characters.join('').trimEnd();
}
