import type { LitElement } from 'lit';
import { fieldProblemOf } from '../fields/field-texts.ts';
import './lk-feature-grants.ts';
import './lk-terms-form.ts';

/** Puts the focus of a page on the field of its terms that was refused; nothing when it is about something else. */
export async function focusTermsProblem(page: LitElement, error: unknown): Promise<void> {
  const problem = fieldProblemOf(error);
  if (!problem) return;
  await page.updateComplete;
  const terms = page.renderRoot.querySelector('lk-terms-form');
  const features = page.renderRoot.querySelector('lk-feature-grants');
  await Promise.all([terms?.updateComplete, features?.updateComplete]);
  if (!terms?.focusProblem(problem)) features?.focusProblem(problem);
}
