import type { Bytes } from '../bytes/bytes.ts';
import { createSign1 } from '../cose/create-sign1.ts';
import { toFile } from '../cose/file.ts';
import type { Signer } from '../crypto/crypto.ts';
import { KINDS, type Kind } from '../format/kinds.ts';

/** Signs for one vendor. */
export interface Issuer {
  /** Thumbprint of the vendor's first root key, 32 bytes. */
  readonly domainId: Bytes;
  readonly signer: Signer;
  /** A faster `deflate` of the platform, if there is one. */
  readonly deflate?: (bytes: Bytes) => Bytes | null;
}

/** Signs claims and makes a file of them. Does not look at the claims. */
export async function issueFile(kind: Kind, claims: Bytes, issuer: Issuer): Promise<Bytes> {
  return toFile(await createSign1({ typ: KINDS[kind], claims, ...issuer }));
}
