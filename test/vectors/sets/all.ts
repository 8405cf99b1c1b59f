import type { VectorSet } from '../vector.ts';
import { containerSet, receiptSet, refusalSet } from './answers.ts';
import { carrierSet } from './carriers.ts';
import { activationRequestSet, deactivationSet, usageReportSet } from './device-files.ts';
import { encodingSet } from './encoding.ts';
import { licenseSet } from './license.ts';
import { licenseBundleSet } from './license-bundle.ts';
import { rootChangeSet, trustBundleSet } from './trust.ts';

/** Every set of vectors, by the name of its file. */
export const vectorSets: Readonly<Record<string, VectorSet>> = {
  'activation-request': activationRequestSet,
  'usage-report': usageReportSet,
  deactivation: deactivationSet,
  license: licenseSet,
  receipt: receiptSet,
  refusal: refusalSet,
  'trust-bundle': trustBundleSet,
  'root-change': rootChangeSet,
  container: containerSet,
  'license-bundle': licenseBundleSet,
  carriers: carrierSet,
  encoding: encodingSet,
};
