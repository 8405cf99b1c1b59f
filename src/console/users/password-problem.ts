import { errorText } from '../../ui/texts/error-texts.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import { fieldProblemOf, ruleText } from '../fields/field-texts.ts';

/** What is wrong with a chosen password, in words; empty when the refusal is about something else. */
export function passwordProblem(error: unknown): string {
  if (!error) return '';
  const { code, data } = refusalOf(error);
  if (code === 'PASSWORD_WEAK') return errorText(code, data).text;
  const problem = fieldProblemOf(error);
  return problem?.field === 'password' ? ruleText(problem.rule) : '';
}
