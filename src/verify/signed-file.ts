import type { Bytes } from '../bytes/bytes.ts';
import { MAX_FILE_BYTES } from '../bytes/carrier.ts';
import { decodeEncrypt0 } from '../cose/encrypt0.ts';
import { decodeFile } from '../cose/file.ts';
import { ALG } from '../cose/labels.ts';
import { decodeSign1, type UnverifiedSign1 } from '../cose/sign1.ts';
import { LatchkeyError } from '../errors.ts';
import { type Kind, kindOf } from '../format/kinds.ts';

/** What an issuer or a root signs. */
export type SignedKind = 'license' | 'receipt' | 'refusal' | 'trust-bundle' | 'root-change';

/** A file that says of itself that an issuer or a root signed it. */
export interface UnverifiedFile {
  readonly kind: SignedKind;
  /** The whole file. */
  readonly file: Bytes;
  readonly message: UnverifiedSign1;
}

const signedKinds: readonly Kind[] = ['license', 'receipt', 'refusal', 'trust-bundle', 'root-change'];

/**
 * Reads a file for devices as far as that goes without a key: steps 1 to 4 of verifying. Believes nothing in it.
 *
 * @param file - A single binary file.
 * @throws {@link LatchkeyError} FILE_TOO_LARGE - past 64 KiB.
 * @throws {@link LatchkeyError} KIND_UNKNOWN - for a kind that version 1 does not know.
 * @throws {@link LatchkeyError} KIND_UNEXPECTED - for a device's own file, or a container in a container.
 * @throws {@link LatchkeyError} ALGORITHM_UNKNOWN - unless it is signed with Ed25519.
 * @throws {@link LatchkeyError} FILE_…, TRAILING_BYTES, CBOR_…, COSE_MALFORMED, UNPROTECTED_HEADER, CRITICAL_UNKNOWN
 * @see FORMAT.md#verifying
 */
export function readSignedFile(file: Bytes): UnverifiedFile {
  // Step 1: the length, before anything is decoded.
  if (file.length > MAX_FILE_BYTES) {
    const message = `expected at most ${MAX_FILE_BYTES} bytes, got ${file.length}`;
    throw new LatchkeyError('FILE_TOO_LARGE', message);
  }
  // Step 2: the prefix and the form of the message.
  const { type, content } = decodeFile(file);
  if (type === 'container') throw unexpected('container');
  if (type === 'encrypt0') throw unexpected(requireKind(decodeEncrypt0(content).typ));
  const message = decodeSign1(content);
  // Step 3: the kind.
  const kind = requireKind(message.typ);
  if (!isSignedKind(kind)) throw unexpected(kind);
  // Step 4: the algorithm.
  requireEd25519(message);
  return { kind, file, message };
}

/**
 * Refuses what a device signed where an issuer or root has to.
 *
 * @throws {@link LatchkeyError} ALGORITHM_UNKNOWN
 */
export function requireEd25519({ alg }: UnverifiedSign1): void {
  if (alg === ALG.ed25519) return;
  throw new LatchkeyError('ALGORITHM_UNKNOWN', `expected algorithm ${ALG.ed25519}, got ${alg}`);
}

/** KIND_UNEXPECTED, naming what came instead. */
export function unexpected(kind: Kind | 'container'): LatchkeyError {
  return new LatchkeyError('KIND_UNEXPECTED', `a ${kind} is not asked for here`, { data: { kind } });
}

function requireKind(typ: number): Kind {
  const kind = kindOf(typ);
  if (kind === null) throw new LatchkeyError('KIND_UNKNOWN', `no kind has the number ${typ}`);
  return kind;
}

function isSignedKind(kind: Kind): kind is SignedKind {
  return signedKinds.includes(kind);
}
