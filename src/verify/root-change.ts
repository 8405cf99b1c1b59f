import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { keyId } from '../cose/key.ts';
import { decodeSign1, type UnverifiedSign1, verifySign1 } from '../cose/sign1.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { LatchkeyError } from '../errors.ts';
import { maxInflatedBytes } from '../format/kinds.ts';
import { decodeRootChange, type RootChange } from '../format/root-change.ts';
import { requireEd25519, type UnverifiedFile } from './signed-file.ts';

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
 * Applies root changes in the order of their numbers, however they lie. One that was applied before is skipped.
 *
 * @throws {@link LatchkeyError} ROOT_CHANGE_GAP - when the change before one of them is not there.
 * @throws {@link LatchkeyError} ROOT_UNKNOWN - when one of them is not signed by the root that it follows.
 * @throws {@link LatchkeyError} SIGNATURE_INVALID, KIND_MISMATCH, COSE_MALFORMED, CLAIM_…, KEY_… - see `verifyRootChange`.
 * @see FORMAT.md#applying-a-root-change
 */
export async function applyRootChanges<S extends RootState>(
  state: S,
  files: readonly UnverifiedFile[],
  crypto: Crypto,
): Promise<S> {
  const claimed = files.map(file => ({ file, number: claimedNumber(file.message) }));
  // The numbers are not believed yet: they only say in which order to try, and what is too old to matter.
  const ahead = claimed
    .filter(({ number }) => number > state.rootVersion)
    .sort((left, right) => left.number - right.number);
  let current = state;
  for (const { file, number } of ahead) {
    if (number <= current.rootVersion) continue;
    if (number > current.rootVersion + 1) throw gap(current.rootVersion + 1, number);
    current = await applyRootChange(current, file, crypto);
  }
  return current;
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
  { domainId, root }: RootState,
  crypto: Crypto,
): Promise<RootChange> {
  const options = { domainId, crypto, maxInflatedBytes: maxInflatedBytes('root-change') };
  // Step 1: the old root is the current one.
  if (outer.kid === null || !equalBytes(outer.kid, keyId(root))) {
    throw new LatchkeyError('ROOT_UNKNOWN', 'not signed by the current root');
  }
  // Step 2: the old root's signature.
  const inner = decodeInner(outer, await verifySign1(outer, { ...options, publicKey: root }));
  // Step 3: the new root's signature, under the key that the old root vouched for in step 2.
  const change = decodeRootChange(inner.payload);
  if (inner.kid === null || !equalBytes(inner.kid, keyId(change.newRoot))) {
    throw new LatchkeyError('ROOT_UNKNOWN', 'the new root did not sign');
  }
  await verifySign1(inner, { ...options, publicKey: change.newRoot });
  return change;
}

/** The message by the new root: of the same kind, neither of the two compressed. */
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
