import type { Bytes } from '../../bytes/bytes.ts';

/** Keeps secrets that the database holds from whoever reads the database alone. */
export interface SecretBox {
  /** @param context - Whose secret it is: `open` takes it under no other. */
  seal(secret: Bytes, context: Bytes): Bytes;
  /** @throws {@link LatchkeyError} SERVER_FAILED - sealed under another master key or context, or changed. */
  open(sealed: Bytes, context: Bytes): Bytes;
}
