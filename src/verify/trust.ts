import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { keyId, thumbprint } from '../cose/key.ts';
import { verifySign1 } from '../cose/sign1.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { checkEd25519PublicKey } from '../crypto/public-key.ts';
import { LatchkeyError } from '../errors.ts';
import { maxInflatedBytes } from '../format/kinds.ts';
import { decodeTrustBundle, type TrustBundle } from '../format/trust-bundle.ts';
import { applyRootChanges, type RootState } from './root-change.ts';
import { readSignedFile, type UnverifiedFile, unexpected } from './signed-file.ts';

/** Number of a vendor's first root. */
export const FIRST_ROOT_VERSION = 1;

/** Whom a device believes: the root, and the keys and addresses that the root vouches for. */
export interface Trust extends RootState {
  /** Verified. */
  readonly bundle: TrustBundle;
  /** The file that holds it, to be stored: trust is built anew from its bytes at each start. */
  readonly bundleFile: Bytes;
}

/** The root that is pinned at the first start. It comes from the app's own origin, never from a carried file. */
export interface RootPin {
  /** 32 bytes. */
  readonly domainId: Bytes;
  /** 32 bytes. */
  readonly root: Bytes;
  readonly rootVersion: number;
}

type TrustFile = Pick<Trust, 'bundle' | 'bundleFile'>;

/**
 * Builds trust from a pinned root and the trust files that came with it, or that were stored.
 *
 * @param files - Root changes and at least one trust bundle: whole binary files, in any order.
 * @throws {@link LatchkeyError} ROOT_UNKNOWN - when the first root is not the one that the domain id names, or no
 *   bundle is signed by a root of this chain.
 * @throws {@link LatchkeyError} KEY_SMALL_ORDER, KEY_NOT_CANONICAL, KEY_MALFORMED - for the pinned root.
 * @throws {@link LatchkeyError} as {@link applyTrustFiles} does.
 * @see FORMAT.md#trust
 */
export async function createTrust(pin: RootPin, files: readonly Bytes[], crypto: Crypto): Promise<Trust> {
  checkPin(pin);
  const { domainId, root, rootVersion } = pin;
  const start: RootState = { domainId, root, rootVersion, formerRoots: [], rootChangeFiles: [] };
  const { changes, bundles } = readTrustFiles(files);
  const state = await applyRootChanges(start, changes, crypto);
  // The newest root's bundle counts; one of a root before it serves where a change came without a new bundle.
  for (const signer of [state.root, ...[...state.formerRoots].reverse()]) {
    const newest = await newestBundle(bundles, { signer, state, crypto });
    if (newest !== null) return { ...state, ...newest };
  }
  throw new LatchkeyError('ROOT_UNKNOWN', 'no trust bundle of this root');
}

/**
 * Applies root changes and trust bundles that came with an answer. Files older than what is held are skipped: an old
 * stick is not an error.
 *
 * @param files - Whole binary files, in any order.
 * @returns The trust to store, together with what the answer changes; the same object when nothing was newer.
 * @throws {@link LatchkeyError} ROOT_UNKNOWN - for a file of a root that this device never believed.
 * @throws {@link LatchkeyError} ROOT_CHANGE_GAP - when a root change before one of the files is missing.
 * @throws {@link LatchkeyError} KIND_UNEXPECTED - for a file of another kind.
 * @throws {@link LatchkeyError} SIGNATURE_INVALID, KIND_MISMATCH, COSE_MALFORMED, CLAIM_…, KEY_…, INFLATED_…, DEFLATE_…
 * @see FORMAT.md#trust
 */
export async function applyTrustFiles(trust: Trust, files: readonly Bytes[], crypto: Crypto): Promise<Trust> {
  const { changes, bundles } = readTrustFiles(files);
  const state = await applyRootChanges(trust, changes, crypto);
  // Step 1: a root of this chain. A bundle of a former one is skipped: who stole that root must not come back.
  for (const { message } of bundles) requireKnownRoot(message.kid, state);
  const newest = await newestBundle(bundles, { signer: state.root, state, crypto });
  // Step 4: a newer version, or the first bundle of a new root.
  if (newest === null || (isOfRoot(trust, state.root) && !isNewer(newest, trust))) return state;
  return { ...state, ...newest };
}

/** Who stole a former root could have set any version with it, so that one is no floor for the current root. */
function isOfRoot({ bundleFile }: TrustFile, root: Bytes): boolean {
  const { kid } = readSignedFile(bundleFile).message;
  return kid !== null && equalBytes(kid, keyId(root));
}

function isNewer({ bundle }: TrustFile, than: TrustFile): boolean {
  return bundle.bundleVersion > than.bundle.bundleVersion;
}

function checkPin({ domainId, root, rootVersion }: RootPin): void {
  checkEd25519PublicKey(root);
  if (rootVersion > FIRST_ROOT_VERSION || equalBytes(thumbprint(root), domainId)) return;
  throw new LatchkeyError('ROOT_UNKNOWN', 'the first root is not the one that the domain id names');
}

function readTrustFiles(files: readonly Bytes[]) {
  const read = files.map(readSignedFile);
  const stranger = read.find(({ kind }) => kind !== 'root-change' && kind !== 'trust-bundle');
  if (stranger !== undefined) throw unexpected(stranger.kind);
  return {
    changes: read.filter(({ kind }) => kind === 'root-change'),
    bundles: read.filter(({ kind }) => kind === 'trust-bundle'),
  };
}

function requireKnownRoot(kid: Bytes | null, { root, formerRoots }: RootState): void {
  const isKnown = [root, ...formerRoots].some(key => kid !== null && equalBytes(kid, keyId(key)));
  if (!isKnown) throw new LatchkeyError('ROOT_UNKNOWN', 'a trust bundle of another root');
}

/** The bundle of the highest version that this root signed; null when it signed none of them. */
async function newestBundle(
  bundles: readonly UnverifiedFile[],
  { signer, state, crypto }: { signer: Bytes; state: RootState; crypto: Crypto },
): Promise<TrustFile | null> {
  const options = {
    domainId: state.domainId,
    publicKey: signer,
    crypto,
    maxInflatedBytes: maxInflatedBytes('trust-bundle'),
  };
  let newest: TrustFile | null = null;
  for (const { file, message } of bundles) {
    if (message.kid === null || !equalBytes(message.kid, keyId(signer))) continue;
    // Steps 2 and 3: the signature, then the claims with the keys in them.
    const bundle = decodeTrustBundle(await verifySign1(message, options));
    const read = { bundle, bundleFile: file };
    if (newest === null || isNewer(read, newest)) newest = read;
  }
  return newest;
}
