import type { Bytes } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { thumbprint } from '../../cose/key.ts';
import type { Crypto } from '../../crypto/crypto.ts';
import { publicKeyBytes } from '../../crypto/device-key.ts';
import { sha256 } from '../../crypto/hash.ts';
import { type ErrorCode, LatchkeyError } from '../../errors.ts';
import type { Refusal } from '../../format/refusal.ts';
import { type DeviceTime, readDeviceTime } from '../../license/time.ts';
import type { Profile } from '../../platform/profile.ts';
import type { Contents } from '../../store/contents.ts';
import type {
  CounterRecord,
  CountState,
  EndedRecord,
  LicenseRecord,
  RecoveryRecord,
  RequestRecord,
  SyncRecord,
  TrustRecord,
} from '../../store/records.ts';
import type { Held } from '../../verify/accept.ts';
import { type VerifiedLicense, verifyStoredLicense } from '../../verify/license.ts';
import { type VerifiedReceipt, verifyReceipt } from '../../verify/receipt.ts';
import { verifyRefusal } from '../../verify/refusal.ts';
import type { Trust } from '../../verify/trust.ts';

/** The device's key: the pair as it came back from the database, and what follows from it. */
export interface Identity {
  readonly keyPair: CryptoKeyPair;
  /** 65 bytes. */
  readonly publicKey: Bytes;
  /** 32 bytes. */
  readonly deviceId: Bytes;
}

/** A stored license whose file was verified in this session. */
export interface HeldLicense {
  readonly record: LicenseRecord;
  readonly verified: VerifiedLicense;
  readonly count: CountState;
}

/** An activation that was given up. */
export interface HeldEnded extends EndedRecord {
  /** The last license; null when it does not verify any more. */
  readonly lastLicense: VerifiedLicense | null;
  readonly verifiedReceipt: VerifiedReceipt | null;
}

/** All that the device holds, verified from its bytes. */
export interface DeviceState {
  readonly profile: Profile;
  readonly trust: Trust;
  /** What the trust was built from. */
  readonly trustRecord: TrustRecord;
  readonly identity: Identity | null;
  readonly deviceName: string;
  readonly highWaterMarkMs: number;
  readonly licenses: readonly HeldLicense[];
  /** Stored licenses that do not verify any more, and why. */
  readonly broken: readonly { readonly record: LicenseRecord; readonly code: ErrorCode }[];
  readonly requests: readonly RequestRecord[];
  readonly ended: readonly HeldEnded[];
  /** By request id. */
  readonly refusals: ReadonlyMap<string, Refusal>;
  readonly sync: SyncRecord;
  /** Whether a supervisor's PIN is set. */
  readonly hasPin: boolean;
  /** null before the first request. */
  readonly recovery: RecoveryRecord | null;
}

/** What the stored records are checked against. */
export interface Verifying {
  readonly profile: Profile;
  readonly trust: Trust;
  readonly trustRecord: TrustRecord;
  readonly crypto: Crypto;
  readonly product: string | null;
}

/**
 * Verifies what the database holds, from its bytes. A license that does not verify is told in `broken`, so that one
 * bad record does not take the others with it.
 */
export async function verifyContents(contents: Contents, verifying: Verifying): Promise<DeviceState> {
  const identity = await identityOf(contents.keyPair);
  // All begin before any is waited for, so that their signatures are verified as one list.
  const [licenses, ended, refusals] = await Promise.all([
    Promise.all(contents.licenses.map(record => verifyHeld(record, contents, identity, verifying))),
    Promise.all(contents.ended.map(record => verifyEnded(record, identity, verifying))),
    refusalsOf(contents, verifying),
  ]);
  return {
    profile: verifying.profile,
    trust: verifying.trust,
    trustRecord: verifying.trustRecord,
    identity,
    deviceName: contents.device?.name ?? '',
    highWaterMarkMs: contents.device?.highWaterMarkMs ?? 0,
    licenses: licenses.filter(isHeld),
    broken: licenses.filter(isBroken),
    requests: contents.requests,
    ended,
    refusals,
    sync: contents.device?.sync ?? {},
    hasPin: contents.device?.pin !== undefined,
    recovery: contents.device?.recovery ?? null,
  };
}

/** By what the device decides whether an answer is for it. */
export function heldFor(state: DeviceState, trust: Trust): Held {
  const files = [...state.requests, ...state.ended];
  return {
    trust,
    requestIds: files.map(({ requestId }) => requestId),
    fileDigests: files.flatMap(handedOut),
    licenses: state.licenses.map(({ verified }) => verified),
    ended: state.ended.map(({ id, requestId }) => ({ activationId: fromHex(id), requestId })),
  };
}

/** SHA-256 of a request as it is sealed now, and as it was before. */
export function handedOut({
  file,
  formerDigests = [],
}: Pick<RequestRecord, 'file' | 'formerDigests'>): Bytes[] {
  return [sha256(file), ...formerDigests];
}

/** Addresses of the portal, the best first: those that the root signed, else those that the origin names. */
export function portalsOf({ trust, profile }: DeviceState): readonly string[] {
  return trust.bundle.portals.length > 0 ? trust.bundle.portals : profile.portals;
}

/** The state once the counters of an activation are these. */
export function withCount(state: DeviceState, { id, state: count }: CounterRecord): DeviceState {
  const licenses = state.licenses.map(held => (held.record.activationId === id ? { ...held, count } : held));
  return { ...state, licenses };
}

/** What the rules go by now. */
export function deviceTimeOf(state: DeviceState, clockMs: number): DeviceTime {
  const issuedAtMs = state.licenses.map(({ verified }) => verified.claims.issuedAt * 1000);
  const newestIssuedAtMs = Math.max(0, state.trust.bundle.issuedAt * 1000, ...issuedAtMs);
  return readDeviceTime({ clockMs, highWaterMarkMs: state.highWaterMarkMs, newestIssuedAtMs });
}

/** The identity of a stored key pair; null while this device has made no request. */
export async function identityOf(keyPair: CryptoKeyPair | null): Promise<Identity | null> {
  if (!keyPair) return null;
  const publicKey = await publicKeyBytes(keyPair);
  return { keyPair, publicKey, deviceId: thumbprint(publicKey) };
}

type Broken = DeviceState['broken'][number];

async function verifyHeld(
  record: LicenseRecord,
  contents: Contents,
  identity: Identity | null,
  { trust, crypto, product }: Verifying,
): Promise<HeldLicense | Broken> {
  try {
    if (!identity)
      throw new LatchkeyError('DEVICE_KEY_NOT_STORED', 'a license is here, the device key is not');
    const { deviceId } = identity;
    const verified = await verifyStoredLicense(record.file, { trust, crypto, deviceId, product });
    const counter = contents.counters.find(({ id }) => id === record.activationId);
    if (!counter) throw new LatchkeyError('STORAGE_FAILED', 'the counters of the license are gone');
    assertSame(verified.claims.licenseId, record.id);
    assertSame(verified.claims.activationId, record.activationId);
    return { record, verified, count: counter.state };
  } catch (error) {
    if (error instanceof LatchkeyError) return { record, code: error.code };
    throw error;
  }
}

function assertSame(claimed: Bytes, id: string): void {
  if (toHex(claimed) !== id) throw new LatchkeyError('STORAGE_FAILED', 'a license lies under another id');
}

function isHeld(license: HeldLicense | Broken): license is HeldLicense {
  return 'verified' in license;
}

function isBroken(license: HeldLicense | Broken): license is Broken {
  return 'code' in license;
}

async function verifyEnded(
  record: EndedRecord,
  identity: Identity | null,
  { trust, crypto }: Verifying,
): Promise<HeldEnded> {
  if (!identity) return { ...record, lastLicense: null, verifiedReceipt: null };
  const verifying = { trust, crypto, deviceId: identity.deviceId, product: null };
  const { licenseFile, receipt } = record;
  const [lastLicense, verifiedReceipt] = await Promise.all([
    verifyStoredLicense(licenseFile, verifying).catch(ignoreRefused),
    receipt ? verifyReceipt(receipt, verifying).catch(ignoreRefused) : null,
  ]);
  return { ...record, lastLicense, verifiedReceipt };
}

async function refusalsOf(contents: Contents, { trust, crypto }: Verifying): Promise<Map<string, Refusal>> {
  const refusals = await Promise.all(
    contents.refusals.map(async ({ id, file }) => {
      const refusal = await verifyRefusal(file, { trust, crypto }).catch(ignoreRefused);
      return { id, refusal };
    }),
  );
  return new Map(refusals.flatMap(({ id, refusal }) => (refusal ? [[id, refusal.claims]] : [])));
}

/** What only explains is shown no more once its issuer's key is not believed. */
function ignoreRefused(error: unknown): null {
  if (error instanceof LatchkeyError) return null;
  throw error;
}
