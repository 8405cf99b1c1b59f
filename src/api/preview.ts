import * as v from 'valibot';
import { id16 } from './fields.ts';
import { licenseTermsSchema } from './license-terms.ts';

/**
 * Body of POST `consolePaths.previewLicense`: terms over those of the license as it is now, whoever changed it, and the
 * activation whose device would see them. Saves nothing.
 */
export const previewSchema = v.strictObject({ terms: licenseTermsSchema, activationId: id16 });

const sums = { counter: v.string(), used: v.number(), givenBack: v.number() };

const sightSchema = v.object({
  /** The claims of the license file that would be made, base64url; not signed. */
  license: v.string(),
  /** What the device itself has counted, as the portal knows it. */
  totals: v.array(v.object(sums)),
  periods: v.array(v.object({ ...sums, index: v.number() })),
});

/** Its answer: what the device would load as the license is saved, and once the edit is. */
export const previewAnswerSchema = v.object({ before: sightSchema, after: sightSchema });

export type PreviewEdit = v.InferInput<typeof previewSchema>;
export type Sight = v.InferOutput<typeof sightSchema>;
export type Preview = v.InferOutput<typeof previewAnswerSchema>;
