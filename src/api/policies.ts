import * as v from 'valibot';
import { name, unixSeconds } from './fields.ts';
import { licenseTypes, policyTermsSchema } from './license-terms.ts';

const terms = {
  /** No two policies of a product have the same. */
  name: name(64),
  type: v.picklist(licenseTypes),
  trial: v.boolean(),
  terms: policyTermsSchema,
};

/** Body of POST `consolePaths.policies`; ALREADY_EXISTS when the name is taken. The answer is 201 with the policy. */
export const createPolicySchema = v.strictObject(terms);

/** Body of PUT `consolePaths.policy`; EDIT_CONFLICT when somebody changed the policy since it was read. */
export const editPolicySchema = v.strictObject({
  version: v.pipe(v.number(), v.integer('not-whole')),
  ...terms,
});

export const policySchema = v.object({
  /** 32 hexadecimal digits. */
  id: v.string(),
  /** Code of its product; never changes. */
  product: v.string(),
  ...terms,
  version: v.number(),
  /** Licenses that were issued from it. */
  licenseCount: v.number(),
  createdAt: unixSeconds,
  updatedAt: unixSeconds,
});

/** Answer of GET `consolePaths.policies` and `consolePaths.allPolicies`, by product and name. */
export const policyListSchema = v.object({ items: v.array(policySchema) });

export type CreatePolicy = v.InferOutput<typeof createPolicySchema>;
export type EditPolicy = v.InferOutput<typeof editPolicySchema>;
export type Policy = v.InferOutput<typeof policySchema>;
export type PolicyList = v.InferOutput<typeof policyListSchema>;
