import { msg } from '@lit/localize';
import type { Task } from '@lit/task';
import { html } from 'lit';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import '../../ui/feedback/lk-progress.ts';
import '../../ui/feedback/lk-refusal.ts';

/**
 * Renders a task: what it waits for, why it was refused with a button to try again, or what it brought. While it
 * runs again, what it brought before stays.
 */
export function taskView<Value>(
  task: Task<readonly unknown[], Value>,
  complete: (value: Value) => unknown,
): unknown {
  const pending = () =>
    task.value === undefined
      ? html`<div class="waiting"><lk-progress label=${msg('Loading')}></lk-progress></div>`
      : complete(task.value);
  return task.render({
    initial: pending,
    pending,
    complete,
    error: error => refusalView(error, () => task.run()),
  });
}

/** Renders why something was refused, with a button to try again. */
export function refusalView(error: unknown, again?: () => unknown): unknown {
  const { code, data } = refusalOf(error);
  const retry = again
    ? html`<button slot="actions" type="button" @click=${() => void again()}>${msg('Try again')}</button>`
    : '';
  return html`<lk-refusal .code=${code} .data=${data}>${retry}</lk-refusal>`;
}
