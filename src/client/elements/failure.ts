import { html, type TemplateResult } from 'lit';
import { type ErrorCode, type ErrorData, LatchkeyError } from '../../errors.ts';
import '../../ui/feedback/lk-refusal.ts';

/** Why something did not work, as code and data; what is no LatchkeyError is a fault of the app. */
export function failureOf(error: unknown): { code: ErrorCode; data: ErrorData } {
  if (error instanceof LatchkeyError) return { code: error.code, data: error.data };
  return { code: 'APP_FAILED', data: {} };
}

/** Why something did not work, in words. */
export function renderFailure(error: unknown): TemplateResult {
  const { code, data } = failureOf(error);
  return html`<lk-refusal .code=${code} .data=${data}></lk-refusal>`;
}
