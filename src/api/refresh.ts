import * as v from 'valibot';
import { id16 } from './fields.ts';
import type { FieldRule } from './problem.ts';

const rule = (name: FieldRule) => name;

/** Most refresh files that one call makes. */
export const MAX_REFRESH_GROUP = 50;

/** Body of POST `consolePaths.refreshFiles`: for which activations. */
export const makeRefreshFilesSchema = v.strictObject({
  activationIds: v.pipe(
    v.array(id16),
    v.minLength(1, rule('required')),
    v.maxLength(MAX_REFRESH_GROUP, rule('too-many')),
    v.check(ids => new Set(ids).size === ids.length, rule('repeated')),
  ),
});

/** A refresh file, or why there is none. */
export const madeRefreshSchema = v.union([
  v.object({
    activationId: v.string(),
    /** The container that a device loads, in base64url. */
    file: v.string(),
  }),
  v.object({ activationId: v.string(), code: v.string() }),
]);

/** Answer of POST `consolePaths.refreshFiles`: one for each that was asked for, in their order. */
export const madeRefreshListSchema = v.object({ items: v.array(madeRefreshSchema) });

export type MakeRefreshFiles = v.InferOutput<typeof makeRefreshFilesSchema>;
export type MadeRefreshList = v.InferOutput<typeof madeRefreshListSchema>;
