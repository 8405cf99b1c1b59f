import { html, type TemplateResult } from 'lit';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import '../../ui/feedback/lk-refusal.ts';

/** Why something did not work, in words. */
export function renderFailure(error: unknown): TemplateResult {
  const { code, data } = refusalOf(error);
  return html`<lk-refusal .code=${code} .data=${data}></lk-refusal>`;
}
