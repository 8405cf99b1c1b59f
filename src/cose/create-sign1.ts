import { type Bytes, concatBytes } from '../bytes/bytes.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { deflate } from '../bytes/deflate.ts';
import type { Signer } from '../crypto/crypto.ts';
import { encodeHeader, type Header } from './header.ts';
import { SIGN1_TAG } from './labels.ts';
import { signatureInput } from './sign1.ts';

/**
 * Signs claims as a COSE_Sign1 (RFC 9052, section 4.2). Does not look at the claims.
 *
 * @param options - `typ`: number of the kind; `claims`: CBOR; `domainId`: 32 bytes; `compress`: deflate the claims
 *   where this makes the message shorter, true unless said otherwise; `deflate`: another compressor of the same
 *   format, where the platform has a faster one.
 * @returns The message, beginning with d2; not yet a file, see `toFile`.
 * @see FORMAT.md#signed-messages
 */
export async function createSign1(options: {
  typ: number;
  claims: Bytes;
  domainId: Bytes;
  signer: Signer;
  compress?: boolean;
  deflate?: (bytes: Bytes) => Bytes | null;
}): Promise<Bytes> {
  const { typ, claims, domainId, signer, compress = true } = options;
  const deflateClaims = options.deflate ?? deflate;
  const base = { alg: signer.alg, kid: signer.kid, typ };
  const { protectedBytes, payload } = shorter(
    plainParts(base, claims),
    compress ? deflatedParts(base, claims, deflateClaims) : null,
  );
  const signature = await signer.sign(signatureInput(protectedBytes, payload, domainId));
  const array = encodeCbor([protectedBytes, new Map(), payload, signature]);
  return concatBytes(Uint8Array.of(SIGN1_TAG), array);
}

interface SignedParts {
  protectedBytes: Bytes;
  payload: Bytes;
}

function plainParts(header: Omit<Header, 'inflatedLength'>, claims: Bytes): SignedParts {
  return { protectedBytes: encodeHeader({ ...header, inflatedLength: null }), payload: claims };
}

function deflatedParts(
  header: Omit<Header, 'inflatedLength'>,
  claims: Bytes,
  deflateClaims: typeof deflate,
): SignedParts | null {
  const payload = deflateClaims(claims);
  return payload && { protectedBytes: encodeHeader({ ...header, inflatedLength: claims.length }), payload };
}

/** The inflated length takes room in the header, so fewer bytes of payload may still be a longer message. */
function shorter(plain: SignedParts, deflated: SignedParts | null): SignedParts {
  if (!deflated) return plain;
  const length = ({ protectedBytes, payload }: SignedParts) => protectedBytes.length + payload.length;
  return length(deflated) < length(plain) ? deflated : plain;
}
