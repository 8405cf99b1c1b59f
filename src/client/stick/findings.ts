import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { errorText } from '../../ui/texts/error-texts.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { renderFailure } from '../elements/failure.ts';
import { loadText } from '../texts/load-texts.ts';
import type { Findings, Taken } from './device-stick.ts';
import type { Stray } from './search.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/feedback/lk-refusal.ts';

/** More than so many foreign files are counted, not named. */
const MAX_NAMED = 20;

/** What was saved, and where it goes. */
export function savedText(count: number, portal: string): string {
  const host = portal.replace(/^https?:\/\//, '');
  const where = host ? msg(str`Take it to ${host}; no account needed.`) : msg('Take it to the portal.');
  if (count === 0) return msg('Nothing waits for an answer on this device.');
  if (count === 1) return `${msg('The file is on the stick.')} ${where}`;
  return `${msg(str`${formatNumber(count)} files are on the stick.`)} ${where}`;
}

/** What was found on the stick, in words; null: it has no folder of this vendor. */
export function renderFindings(findings: Findings | null): TemplateResult {
  if (!findings) {
    return html`<lk-notice tone="warn">${msg('There is nothing for this app in this folder. Save to the stick first, or choose the folder that the portal wrote to.')}</lk-notice>`;
  }
  const { taken, strays, trouble } = findings;
  return html`
    ${taken.map(renderTaken)}
    ${taken.length === 0 && !trouble ? html`<lk-notice>${nothingText(findings)}</lk-notice>` : nothing}
    ${trouble ? renderFailure(trouble) : nothing}
    ${strays.length > 0 ? renderStrays(strays) : nothing}
  `;
}

function renderTaken(taken: Taken): TemplateResult {
  if ('error' in taken) return renderFailure(taken.error);
  const { result } = taken;
  if (result.kind !== 'refused') return html`<lk-notice tone="ok">${loadText(result)}</lk-notice>`;
  const { code, data } = result.refusal;
  return html`<lk-refusal .code=${code} .data=${data} tone="warn"></lk-refusal>`;
}

function nothingText({ known, others }: Findings): string {
  const here = known > 0 ? msg('What is on the stick for this device was loaded before.') : nothingHere();
  if (others === 0) return here;
  return `${here} ${msg(str`Files for other devices: ${formatNumber(others)}.`)}`;
}

function nothingHere(): string {
  return msg('There is no answer for this device on the stick yet.');
}

function renderStrays(strays: readonly Stray[]): TemplateResult {
  return html`
    <details>
      <summary>${msg(str`Files that were left alone: ${formatNumber(strays.length)}`)}</summary>
      <ul>
        ${strays.slice(0, MAX_NAMED).map(({ name, code, data }) => html`<li><small><bdi>${name}</bdi>: ${errorText(code, data).text}</small></li>`)}
      </ul>
    </details>
  `;
}
