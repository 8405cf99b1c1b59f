import type { FieldProblem } from '../../api/problem.ts';

/** Puts the focus on the field that was refused; false when it is not there. */
export function focusProblem(root: ParentNode, problem: FieldProblem): boolean {
  const fields = [...root.querySelectorAll<HTMLElement>('input, select, textarea')];
  const field = fields.find(each => each.getAttribute('name') === problem.field);
  field?.focus();
  return field !== undefined;
}
