import { msg } from '@lit/localize';
import { type FieldProblem, type FieldRule, fieldRules } from '../../api/problem.ts';
import { LatchkeyError } from '../../errors.ts';

/** What to mend in a field. */
export function ruleText(rule: FieldRule): string {
  const texts: Record<FieldRule, string> = {
    required: msg('Fill this in.'),
    type: msg('Fill this in.'),
    unknown: msg('This does not belong here.'),
    format: msg('This is not written in the way that is needed.'),
    'too-short': msg('This is too short.'),
    'too-long': msg('This is too long.'),
    'too-small': msg('This number is too small.'),
    'too-large': msg('This number is too large.'),
    'not-whole': msg('Enter a whole number.'),
    'not-allowed': msg('This is not possible here.'),
    repeated: msg('This is there twice.'),
    'before-start': msg('The end has to be after the start.'),
    past: msg('This day is past: the license would have ended already.'),
    'too-many': msg('These are more than a license can have.'),
    'over-limit': msg('These are more than this license allows.'),
  };
  return texts[rule];
}

/** The field and the rule of a refusal; null when it is about something else. */
export function fieldProblemOf(error: unknown): FieldProblem | null {
  if (!(error instanceof LatchkeyError) || error.code !== 'FIELD_REFUSED') return null;
  const rule = fieldRules.find(each => each === error.data.rule) ?? 'not-allowed';
  return { field: String(error.data.field ?? ''), rule };
}

/** The refusal of a field that was seen before anything was sent. */
export function fieldRefused({ field, rule }: FieldProblem): LatchkeyError {
  return new LatchkeyError('FIELD_REFUSED', `${field}: ${rule}`, { data: { field, rule } });
}
