import * as v from 'valibot';

/**
 * The body of every answer of the API that is not a success, beside its HTTP status.
 * `data` depends on the code: FIELD_REFUSED has `field` (a path such as `terms.features.0.code`) and `rule`
 * ({@link FieldRule}), RATE_LIMITED has `retryAfterSeconds`, EDIT_CONFLICT has `version`, SERVER_FAILED has
 * `requestId`, under which the server's log tells more.
 */
export const problemSchema = v.object({
  code: v.string(),
  /** For developers, in English; people read the text that belongs to the code. */
  text: v.optional(v.string()),
  data: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))),
});

export type Problem = v.InferOutput<typeof problemSchema>;

/** What a field can do wrong; schemas give it as the message of their issues. */
export const fieldRules = [
  'required',
  'type',
  'unknown',
  'format',
  'too-short',
  'too-long',
  'too-small',
  'too-large',
  'not-whole',
  'not-allowed',
  'repeated',
  'before-start',
  'past',
  'too-many',
  'over-limit',
] as const;

export type FieldRule = (typeof fieldRules)[number];

export interface FieldProblem {
  /** Path of the field, its parts joined by dots; empty when it is the whole body. */
  field: string;
  rule: FieldRule;
}

/** Checks a value against a schema of this folder and says what is wrong with its first refused field. */
export function parseFields<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): { fields: v.InferOutput<Schema> } | { problem: FieldProblem } {
  const result = v.safeParse(schema, value);
  if (result.success) return { fields: result.output };
  const [issue] = result.issues;
  return { problem: { field: v.getDotPath(issue) ?? '', rule: ruleOf(issue) } };
}

function ruleOf(issue: v.BaseIssue<unknown>): FieldRule {
  const named = fieldRules.find(rule => rule === issue.message);
  if (named) return named;
  if (issue.received === 'undefined') return 'required';
  return issue.expected === 'never' ? 'unknown' : 'type';
}
