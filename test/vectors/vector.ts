import type { Bytes } from '../../src/bytes/bytes.ts';
import type { FileErrorCode } from '../../src/errors.ts';

/** What a reader makes of a file: `skipped` is for trust files that are older than what it has. */
export type Expectation = 'success' | 'skipped' | FileErrorCode;

/** One file and what a reader has to make of it. */
export interface Vector {
  readonly name: string;
  readonly file: Bytes;
  readonly expect: Expectation;
  /** Claims of the file, inflated, of the kind that names the rule of the grammar. */
  readonly claims?: { readonly kind: string; readonly cbor: Bytes };
}

/** What the reader knows. */
export interface Context {
  /** What a device has. Absent in vectors for the portal. */
  readonly device?: {
    readonly root: Bytes;
    readonly rootVersion: number;
    readonly trustFiles: readonly Bytes[];
    readonly deviceId: Bytes;
    /** null: any of the vendor's. */
    readonly product: string | null;
    readonly requestIds: readonly Bytes[];
    readonly fileDigests: readonly Bytes[];
    readonly licenses: readonly Bytes[];
    readonly ended: readonly { readonly activationId: Bytes; readonly requestId: Bytes }[];
  };
  /** Names of the sealing keys that a portal holds. Absent in vectors for a device. */
  readonly sealingKeys?: readonly string[];
}

/** The vectors of one JSON file. */
export interface VectorSet {
  readonly title: string;
  readonly reader: 'device' | 'portal';
  readonly context: Context;
  readonly tests: readonly Vector[];
}
