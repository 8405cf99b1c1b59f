import type { LicenseTerms } from '../../../../src/api/license-terms.ts';
import type { License } from '../../../../src/api/licenses.ts';
import { previewSchema, type Sight } from '../../../../src/api/preview.ts';
import { parseFields } from '../../../../src/api/problem.ts';
import { toBase64url } from '../../../../src/bytes/base64url.ts';
import { encodeLicense } from '../../../../src/format/license.ts';
import { now, pressStudio } from '../samples.ts';

/** What the API answers to a preview: the claims of as many terms as the tests change. */
export function previewOf(
  { product, type, terms }: License,
  body: unknown,
): { status: number; body: unknown } {
  const checked = parseFields(previewSchema, body);
  if ('problem' in checked) return { status: 400, body: { code: 'FIELD_REFUSED', data: checked.problem } };
  const sightOf = (of: LicenseTerms): Sight => ({
    license: toBase64url(encodeLicense({ ...claimsOf(of), product, licenseType: type })),
    totals: [{ counter: 'plates', used: 510, givenBack: 0 }],
    periods: [],
  });
  return { status: 200, body: { before: sightOf(terms), after: sightOf(checked.fields.terms) } };
}

function claimsOf({ holder, expiresAt, graceHours, maintenanceUntil, features, fields }: LicenseTerms) {
  const onDevice = fields.filter(field => field.onDevice).map(({ name, value }) => [name, value]);
  return {
    deviceId: new Uint8Array(32),
    licenseId: new Uint8Array(16),
    activationId: new Uint8Array(16),
    issuedAt: now,
    revision: 1,
    holder: holder || undefined,
    expiresAt: expiresAt ?? undefined,
    graceHours: graceHours || undefined,
    maintenanceUntil: maintenanceUntil ?? undefined,
    customFields: onDevice.length > 0 ? Object.fromEntries(onDevice) : undefined,
    features: features.map(({ code, expiresAt: end, limits }) => ({
      code,
      name: pressStudio.features.find(feature => feature.code === code)?.name,
      expiresAt: end ?? undefined,
      limits: limits
        ? { maximum: limits.maximum ?? undefined, overageMaximum: limits.overageMaximum || undefined }
        : undefined,
    })),
  };
}
