import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { keyId } from '../cose/key.ts';
import { decodeSign1, type UnverifiedSign1, verifySign1 } from '../cose/sign1.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { LatchkeyError } from '../errors.ts';
import { maxInflatedBytes } from '../format/kinds.ts';
import { decodeRootChange, type RootChange } from '../format/root-change.ts';
import { requireEd25519, type UnverifiedFile } from './signed-file.ts';

/** Number of a vendor's first root. */
export const FIRST_ROOT_VERSION = 1;

/** The root that a device believes, and how it came to it. */
export interface RootState {
  /** Thumbprint of the vendor's first root, 32 bytes: permanent. */
  readonly domainId: Bytes;
  /** The current root key, 32 bytes. */
  readonly root: Bytes;
  readonly rootVersion: number;
  /** The roots before it since the pinned one, oldest first. */
  readonly formerRoots: readonly Bytes[];
  /** The root changes that led from the pinned root to this one. */
  readonly rootChangeFiles: readonly Bytes[];
}

/**
 * Applies root changes in the order of their numbers, however they lie. One that was applied before is skipped, and
 * so is one from before the pinned root.
 *
 * @throws {@link LatchkeyError} ROOT_CHANGE_GAP - when the change before one of them is not there.
 * @throws {@link LatchkeyError} ROOT_UNKNOWN - when one of them is not signed by the root that it follows.
 * @throws {@link LatchkeyError} SIGNATURE_INVALID, KIND_MISMATCH, COSE_MALFORMED, CLAIM_…, KEY_…
 * @see FORMAT.md#verifying-a-root-change
 */
export async function applyRootChanges<S extends RootState>(
  state: S,
  files: readonly UnverifiedFile[],
  crypto: Crypto,
): Promise<S> {
  // The numbers are not believed yet: they only say in which order to try.
  const ordered = files
    .map(file => ({ file, number: claimedNumber(file.message) }))
    .sort((left, right) => left.number - right.number);
  let current = state;
  for (const { file, number } of ordered) {
    if (!isFollowing(file.message.kid, number, current)) continue;
    current = await applyRootChange(current, file, crypto);
  }
  return current;
}

/** Step 2: whether the change follows the current root; false for one to skip, an error for a stranger. */
function isFollowing(kid: Bytes | null, number: number, state: RootState): boolean {
  if (hasKeyId(state.root, kid)) return true;
  if (state.formerRoots.some(root => hasKeyId(root, kid))) return false;
  if (number > state.rootVersion + 1) throw gap(state.rootVersion + 1, number);
  const pinnedVersion = state.rootVersion - state.formerRoots.length;
  if (number > FIRST_ROOT_VERSION && number <= pinnedVersion) return false;
  throw new LatchkeyError('ROOT_UNKNOWN', 'not signed by a root of this chain');
}

/** Whether a key has this id. The id finds a key; only a signature proves one. */
export function hasKeyId(key: Bytes, kid: Bytes | null): boolean {
  return kid !== null && equalBytes(kid, keyId(key));
}

async function applyRootChange<S extends RootState>(
  state: S,
  { file, message }: UnverifiedFile,
  crypto: Crypto,
): Promise<S> {
  const { newRoot, rootVersion } = await verifyRootChange(message, state, crypto);
  return {
    ...state,
    root: newRoot,
    rootVersion,
    formerRoots: [...state.formerRoots, state.root],
    rootChangeFiles: [...state.rootChangeFiles, file],
  };
}

/** Verifies that the old root signed what the new root signed about itself. */
async function verifyRootChange(
  outer: UnverifiedSign1,
  { domainId, root, rootVersion }: RootState,
  crypto: Crypto,
): Promise<RootChange> {
  const options = { domainId, crypto, maxInflatedBytes: maxInflatedBytes('root-change') };
  // Step 3: the old root's signature.
  const inner = decodeInner(outer, await verifySign1(outer, { ...options, publicKey: root }));
  // Step 4: the new root, which the old one vouched for in step 3.
  const change = decodeRootChange(inner.payload);
  if (!hasKeyId(change.newRoot, inner.kid)) {
    throw new LatchkeyError('ROOT_UNKNOWN', 'the new root did not sign');
  }
  // Step 5: the new root's signature.
  await verifySign1(inner, { ...options, publicKey: change.newRoot });
  // Step 6: the number.
  if (change.rootVersion !== rootVersion + 1) throw gap(rootVersion + 1, change.rootVersion);
  return change;
}

/** Step 1: the message by the new root, of the same kind, neither of the two compressed. */
function decodeInner(outer: UnverifiedSign1, payload: Bytes): UnverifiedSign1 {
  const inner = decodeSign1(payload);
  if (inner.typ !== outer.typ) {
    throw new LatchkeyError('KIND_MISMATCH', `outside ${outer.typ}, inside ${inner.typ}`);
  }
  requireEd25519(inner);
  if (outer.inflatedLength !== null || inner.inflatedLength !== null) {
    throw new LatchkeyError('COSE_MALFORMED', 'a root change is never compressed');
  }
  return inner;
}

/** The number that a root change claims; nothing is verified yet. */
function claimedNumber(outer: UnverifiedSign1): number {
  return decodeRootChange(decodeInner(outer, outer.payload).payload).rootVersion;
}

function gap(expected: number, got: number): LatchkeyError {
  const data = { expected, got };
  return new LatchkeyError('ROOT_CHANGE_GAP', `expected root change ${expected}, got ${got}`, { data });
}
