import * as v from 'valibot';
import { code, name, unixSeconds } from './fields.ts';

/** An activation feature is on or off; a consumption feature is counted. */
export const featureTypes = ['activation', 'consumption'] as const;

/** A feature that licenses of the product can grant. Its code and type never change. */
export const productFeatureSchema = v.strictObject({
  code,
  name: name(48),
  type: v.picklist(featureTypes),
});

/**
 * What is done about a copied profile of a device: the first chain stays and the other is refused; so too, and the
 * device is blocked until it is unblocked; or both are served.
 */
export const forkPolicies = ['refuse-copy', 'block-device', 'note-only'] as const;

const forkPolicy = v.picklist(forkPolicies);

const features = v.pipe(
  v.array(productFeatureSchema),
  v.maxLength(64, 'too-long'),
  v.check(list => new Set(list.map(feature => feature.code)).size === list.length, 'repeated'),
);

/** Body of POST `consolePaths.products`; ALREADY_EXISTS when the code is taken. */
export const createProductSchema = v.strictObject({
  code,
  name: name(64),
  features,
  forkPolicy: v.optional(forkPolicy, 'refuse-copy'),
});

/**
 * Body of PUT `consolePaths.product`. `version` is the one that was read: EDIT_CONFLICT when somebody changed the
 * product since. A feature that a license grants can be renamed but neither left out nor made another type. Without
 * forkPolicy that stays as it was.
 */
export const editProductSchema = v.strictObject({
  version: v.pipe(v.number(), v.integer('not-whole')),
  name: name(64),
  features,
  forkPolicy: v.optional(forkPolicy),
});

export const productSchema = v.object({
  code: v.string(),
  name: v.string(),
  features: v.array(productFeatureSchema),
  forkPolicy,
  version: v.number(),
  licenseCount: v.number(),
  createdAt: unixSeconds,
});

/** Answer of GET `consolePaths.products`. */
export const productListSchema = v.object({ items: v.array(productSchema) });

export type ForkPolicy = (typeof forkPolicies)[number];
export type FeatureType = (typeof featureTypes)[number];
export type ProductFeature = v.InferOutput<typeof productFeatureSchema>;
export type CreateProduct = v.InferInput<typeof createProductSchema>;
export type EditProduct = v.InferInput<typeof editProductSchema>;
export type Product = v.InferOutput<typeof productSchema>;
export type ProductList = v.InferOutput<typeof productListSchema>;
