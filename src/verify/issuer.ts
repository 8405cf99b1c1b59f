import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { keyId } from '../cose/key.ts';
import { verifySign1 } from '../cose/sign1.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { LatchkeyError } from '../errors.ts';
import type { IssuerKey } from '../format/claims.ts';
import { KINDS, maxInflatedBytes } from '../format/kinds.ts';
import type { UnverifiedFile } from './signed-file.ts';
import type { Trust } from './trust.ts';

declare const verified: unique symbol;

/** Claims whose issuer signature was verified. Only this folder makes one. */
export interface Verified<Claims> {
  readonly [verified]: true;
  readonly claims: Claims;
  /** The whole file, to be stored. */
  readonly file: Bytes;
  readonly issuer: VerifiedIssuer;
}

/** Whose signature it is. */
export interface VerifiedIssuer {
  /** 32 bytes. */
  readonly key: Bytes;
  /** Present when the key was found compromised since; see `verifyStoredLicense`. */
  readonly compromised: Compromised | null;
}

/** Since when a key counts as compromised, and how long stored licenses live on. */
export interface Compromised {
  readonly sinceMs: number;
  readonly graceHours: number;
}

/** What a file is verified against. */
export interface Verifying {
  readonly trust: Trust;
  readonly crypto: Crypto;
}

/** What to verify and how to read it. */
export interface IssuerFileOptions<Claims extends IssuedClaims> extends Verifying {
  readonly decode: (claims: Bytes) => Claims;
  /** Take a file of a compromised key; the caller then heeds `issuer.compromised`. */
  readonly allowCompromised?: boolean;
}

interface IssuedClaims {
  readonly issuedAt: number;
  readonly product?: string | undefined;
}

/**
 * Verifies what an issuer signed: steps 5 to 8 of verifying. Does not check for which device it is.
 *
 * @throws {@link LatchkeyError} ISSUER_UNKNOWN, ISSUER_KEY_COMPROMISED, ISSUER_KEY_NOT_FOR_KIND - before the signature.
 * @throws {@link LatchkeyError} SIGNATURE_INVALID - before any payload byte is inflated.
 * @throws {@link LatchkeyError} INFLATED_…, DEFLATE_…, CBOR_…, CLAIM_…, CRITICAL_UNKNOWN - for the claims.
 * @throws {@link LatchkeyError} ISSUER_KEY_NOT_VALID_THEN, ISSUER_KEY_NOT_FOR_PRODUCT - for what the claims say.
 * @see FORMAT.md#verifying
 */
export async function verifyIssuerFile<Claims extends IssuedClaims>(
  unverified: UnverifiedFile,
  options: IssuerFileOptions<Claims>,
): Promise<Verified<Claims>> {
  const { trust } = options;
  // Steps 5 and 6: the key, its signature; then the claims.
  const { key, payload } = await verifyByIssuer(unverified, options);
  const claims = options.decode(payload);
  // Step 7: the key was valid when the file was issued. The device's clock has no say in this.
  checkValidThen(key, claims.issuedAt, trust.bundle.issuedAt);
  // Step 8: the key may sign for the product.
  checkProduct(key, claims.product);
  const issuer = { key: key.key, compromised: compromisedOf(key, trust) };
  // The only place that makes a Verified: the signature was checked above.
  return { claims, file: unverified.file, issuer } as Verified<Claims>;
}

/** Since when a key counts as compromised under this trust, or null. */
export function compromisedSince(key: Bytes, trust: Trust): Compromised | null {
  const listed = trust.bundle.issuerKeys.find(candidate => equalBytes(candidate.key, key));
  return listed === undefined ? null : compromisedOf(listed, trust);
}

/** A key id is no proof: two keys may share one, so each is tried, and the one that signed sets the bounds. */
async function verifyByIssuer<Claims extends IssuedClaims>(
  { kind, message }: UnverifiedFile,
  { trust, crypto, allowCompromised = false }: IssuerFileOptions<Claims>,
): Promise<{ key: IssuerKey; payload: Bytes }> {
  const { kid } = message;
  let refusal: unknown;
  for (const key of trust.bundle.issuerKeys) {
    if (kid === null || !equalBytes(kid, idOf(key))) continue;
    try {
      if (!allowCompromised) refuseCompromised(key);
      checkKind(key, KINDS[kind]);
      const options = { crypto, publicKey: key.key, maxInflatedBytes: maxInflatedBytes(kind) };
      return { key, payload: await verifySign1(message, { ...options, domainId: trust.domainId }) };
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal ?? new LatchkeyError('ISSUER_UNKNOWN', 'no issuer key of this id');
}

/** Ids of the keys of verified bundles: hashing a key for each file would take longer than reading the file. */
const ids = new WeakMap<IssuerKey, Bytes>();

function idOf(issuerKey: IssuerKey): Bytes {
  const known = ids.get(issuerKey);
  if (known !== undefined) return known;
  const id = keyId(issuerKey.key);
  ids.set(issuerKey, id);
  return id;
}

function refuseCompromised({ keyState }: IssuerKey): void {
  if (keyState !== 'compromised') return;
  throw new LatchkeyError('ISSUER_KEY_COMPROMISED', 'the issuer key is compromised');
}

function checkKind({ kinds }: IssuerKey, typ: number): void {
  if (kinds === undefined || kinds.includes(typ)) return;
  throw new LatchkeyError('ISSUER_KEY_NOT_FOR_KIND', `the issuer key may not sign kind ${typ}`);
}

/** A retired key without an end was good up to the bundle that retires it. Both bounds are included. */
function checkValidThen(key: IssuerKey, issuedAt: number, bundleIssuedAt: number): void {
  const { validFrom, validUntil = key.keyState === 'retired' ? bundleIssuedAt : undefined } = key;
  if (issuedAt >= validFrom && (validUntil === undefined || issuedAt <= validUntil)) return;
  const bounds = `${validFrom} to ${validUntil ?? 'no end'}`;
  throw new LatchkeyError('ISSUER_KEY_NOT_VALID_THEN', `issued at ${issuedAt}, key valid from ${bounds}`);
}

function checkProduct({ products }: IssuerKey, product: string | undefined): void {
  if (products === undefined || product === undefined || products.includes(product)) return;
  throw new LatchkeyError('ISSUER_KEY_NOT_FOR_PRODUCT', `the issuer key may not sign for ${product}`);
}

/** The end of a compromised key's validity, where it states one: a later bundle must not lengthen the grace. */
function compromisedOf(
  { keyState, validUntil, graceHours = 0 }: IssuerKey,
  trust: Trust,
): Compromised | null {
  if (keyState !== 'compromised') return null;
  const since = Math.min(validUntil ?? trust.bundle.issuedAt, trust.bundle.issuedAt);
  return { sinceMs: since * 1000, graceHours };
}
