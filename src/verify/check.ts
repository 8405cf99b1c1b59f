import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { isContainer, readCarrier } from '../bytes/carrier.ts';
import { decodeEncrypt0 } from '../cose/encrypt0.ts';
import { decodeFile } from '../cose/file.ts';
import { type ErrorCode, type ErrorData, LatchkeyError } from '../errors.ts';
import { decodeContainer } from '../format/container.ts';
import { type DeviceKind, isDeviceKind, kindOf } from '../format/kinds.ts';
import { decodeLicense, type License } from '../format/license.ts';
import { decodeReceipt, type Receipt } from '../format/receipt.ts';
import { isRecoveryFile } from '../format/recovery-file.ts';
import { decodeRefusal, type Refusal } from '../format/refusal.ts';
import { type Verified, type Verifying, verifyIssuerFile } from './issuer.ts';
import { readSignedFile, type SignedKind, type UnverifiedFile } from './signed-file.ts';
import { applyTrustFiles, type Trust } from './trust.ts';

/** The key that signed a file, as the vendor lists it now. */
export interface SigningKey {
  readonly standing: 'in-use' | 'retired' | 'compromised';
  /** Of a compromised key, since when; else null. */
  readonly compromisedSinceMs: number | null;
}

/** What somebody who is not its device can tell of a file. */
export type CheckedFile =
  | {
      readonly verdict: 'verified';
      readonly kind: 'license';
      readonly claims: License;
      readonly key: SigningKey;
    }
  | {
      readonly verdict: 'verified';
      readonly kind: 'receipt';
      readonly claims: Receipt;
      readonly key: SigningKey;
    }
  | {
      readonly verdict: 'verified';
      readonly kind: 'refusal';
      readonly claims: Refusal;
      readonly key: SigningKey;
    }
  /** Keys of the vendor, signed by its root. */
  | { readonly verdict: 'trust'; readonly kind: 'trust-bundle' | 'root-change' }
  /** Only the portal can read it. */
  | { readonly verdict: 'sealed'; readonly kind: DeviceKind }
  /** A secret of the people who look after a device. */
  | { readonly verdict: 'recovery'; readonly kind: null }
  | {
      readonly verdict: 'refused';
      /** null: it is not even known what it says that it is. */
      readonly kind: SignedKind | null;
      readonly code: ErrorCode;
      readonly data: ErrorData;
    };

/**
 * Checks what was handed over: one file, or each in a container, in any carrier. Keys of the vendor in it are applied first
 * and told only when nothing else is there. A file of a compromised key is verified like any other, and says so: whoever has
 * that key could have made it. Which device and request a file is for is nobody's question here.
 *
 * @throws {@link LatchkeyError} FILE_…, CARRIER_DAMAGED, CBOR_… - when no file can be made out.
 * @see FORMAT.md#verifying
 */
export async function checkFiles(input: Bytes, { trust, crypto }: Verifying): Promise<CheckedFile[]> {
  const carried = readCarrier(input);
  if (isRecoveryFile(carried)) return [{ verdict: 'recovery', kind: null }];
  const files = isContainer(carried) ? decodeContainer(carried) : [carried];
  const verifying = { trust: await newestTrust(files, { trust, crypto }), crypto };
  const all = await Promise.all(files.map(file => checkFile(file, verifying)));
  const said = all.filter(({ kind }) => kind !== 'trust-bundle' && kind !== 'root-change');
  return said.length > 0 ? said : all;
}

async function checkFile(file: Bytes, verifying: Verifying): Promise<CheckedFile> {
  let kind: SignedKind | null = null;
  try {
    const sealed = sealedKind(file);
    if (sealed) return { verdict: 'sealed', kind: sealed };
    const unverified = readSignedFile(file);
    kind = unverified.kind;
    return await checkSigned(unverified, verifying);
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    return { verdict: 'refused', kind, code: error.code, data: error.data };
  }
}

async function checkSigned(file: UnverifiedFile, verifying: Verifying): Promise<CheckedFile> {
  const { kind } = file;
  const { trust, crypto } = verifying;
  if (kind === 'trust-bundle' || kind === 'root-change') {
    await applyTrustFiles(trust, [file.file], crypto);
    return { verdict: 'trust', kind };
  }
  const options = { ...verifying, allowCompromised: true };
  if (kind === 'license') {
    const verified = await verifyIssuerFile(file, { ...options, decode: decodeLicense });
    return { verdict: 'verified', kind, claims: verified.claims, key: keyOf(verified, trust) };
  }
  if (kind === 'receipt') {
    const verified = await verifyIssuerFile(file, { ...options, decode: decodeReceipt });
    return { verdict: 'verified', kind, claims: verified.claims, key: keyOf(verified, trust) };
  }
  const verified = await verifyIssuerFile(file, { ...options, decode: decodeRefusal });
  return { verdict: 'verified', kind, claims: verified.claims, key: keyOf(verified, trust) };
}

function keyOf({ issuer }: Verified<unknown>, { bundle }: Trust): SigningKey {
  if (issuer.compromised) {
    return { standing: 'compromised', compromisedSinceMs: issuer.compromised.sinceMs };
  }
  const listed = bundle.issuerKeys.find(({ key }) => equalBytes(key, issuer.key));
  return { standing: listed?.keyState === 'retired' ? 'retired' : 'in-use', compromisedSinceMs: null };
}

function sealedKind(file: Bytes): DeviceKind | null {
  const { type, content } = decodeFile(file);
  if (type !== 'encrypt0') return null;
  const kind = kindOf(decodeEncrypt0(content).typ);
  if (kind !== null && isDeviceKind(kind)) return kind;
  throw new LatchkeyError('KIND_UNKNOWN', 'a sealed file of no kind that a device makes');
}

/** Keys that are newer than those of the page; those of another vendor change nothing. */
async function newestTrust(files: readonly Bytes[], { trust, crypto }: Verifying): Promise<Trust> {
  try {
    return await applyTrustFiles(trust, files.filter(isTrustFile), crypto);
  } catch (error) {
    if (error instanceof LatchkeyError) return trust;
    throw error;
  }
}

function isTrustFile(file: Bytes): boolean {
  try {
    const { kind } = readSignedFile(file);
    return kind === 'trust-bundle' || kind === 'root-change';
  } catch (error) {
    if (error instanceof LatchkeyError) return false;
    throw error;
  }
}
