import type { BundledLicense, License } from '../../../../api/licenses.ts';
import { equalBytes } from '../../../../bytes/bytes.ts';
import { toHex } from '../../../../bytes/hex.ts';
import { requireLicense } from '../../../../issue/administer/required.ts';
import type { LicenseRecord } from '../../../../issue/records.ts';
import type { Records } from '../../../../issue/repository.ts';
import { openLicenseKey } from '../../../../issue/secrets/license-secret.ts';
import { formatLicenseKey } from '../../../../license/license-key.ts';
import { standingOf } from '../../../db/console/license-queries.ts';
import { type ConsolePortal, nowOf } from '../console-env.ts';

/** The key that a license is under, and what else is under it. */
export async function viewLicenseBundle(
  license: LicenseRecord,
  portal: ConsolePortal,
  records: Records,
): Promise<Pick<License, 'key' | 'bundled'>> {
  const { bundledWith } = license;
  const first = bundledWith === null ? license : await requireLicense(bundledWith, records);
  const key = openLicenseKey(first, portal.portal);
  if (key === null) return { key: '', bundled: [] };
  const all = [first, ...(await records.findBundledLicenses(first.id))];
  const bundled: BundledLicense[] = [];
  for (const other of all.filter(({ id }) => !equalBytes(id, license.id))) {
    const { name = other.product } = (await records.findProduct(other.product)) ?? {};
    bundled.push({
      id: toHex(other.id),
      product: other.product,
      productName: name,
      state: standingOf(other, nowOf(portal)),
      hasKey: other.bundledWith === null,
    });
  }
  return { key: formatLicenseKey(key), bundled };
}
