import type { Bytes } from '../../bytes/bytes.ts';
import { type Actor, audit } from '../audit.ts';
import type { IssueContext } from '../portal.ts';
import type { LicenseRecord } from '../records.ts';
import type { Records } from '../repository.ts';
import { checkUserLimits, fieldRefused } from './license-terms.ts';
import { insertLicense, type NewLicense, noKey } from './licenses.ts';
import { requireUndeleted } from './required.ts';

/** Most licenses under one key, that of the key included: they travel in one file. */
export const MAX_BUNDLED_LICENSES = 16;

/**
 * Issues a license of another product under the key of one that there is. It has terms, seats and an end of its own.
 *
 * @param bundledWith - Id of the license that has the key.
 * @throws {@link LatchkeyError} NOT_FOUND - for a license or product that there is not.
 * @throws {@link LatchkeyError} FIELD_REFUSED - as `createLicense`, for a license without a key of its own, a product
 * that is under the key already, and more licenses than travel together.
 */
export async function createBundledLicense(
  { bundledWith, ...license }: NewLicense & { readonly bundledWith: Bytes },
  records: Records,
  context: Actor & IssueContext,
): Promise<LicenseRecord> {
  checkUserLimits(license.terms, false);
  const first = await requireUndeleted(bundledWith, records);
  if (first.keyLookup === null) throw fieldRefused('bundledWith', 'not-allowed');
  const all = [first, ...(await records.findBundledLicenses(bundledWith))];
  if (all.some(({ product }) => product === license.product)) throw fieldRefused('product', 'repeated');
  if (all.length >= MAX_BUNDLED_LICENSES) throw fieldRefused('bundledWith', 'over-limit');
  const id = context.crypto.randomBytes(16);
  const made = await insertLicense({ ...license, ...noKey, id, bundledWith }, records, context);
  const { actor, nowS } = context;
  const { product } = license;
  await records.appendAudit(audit('license.bundle', { actor, nowS, licenseId: bundledWith, product }));
  return made;
}
