import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { LicenseType } from '../../format/license.ts';
import type { Notice } from '../../license/notices.ts';
import type { LicenseStatus, LicenseStatusState } from '../../license/status.ts';
import type { Tone } from '../../ui/layout/tone.ts';
import { errorText } from '../../ui/texts/error-texts.ts';
import { formatDate } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import { signalName } from '../texts/signal-texts.ts';
import type { LicenseView } from '../views.ts';
import '../../ui/feedback/lk-notice.ts';

/** What is worth telling about the licenses ahead of time: an end that comes, a clock that is wrong, a changed device. */
@customElement('lk-license-notices')
@localized()
export class LkLicenseNotices extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: contents;
      }
    `,
  ];

  readonly #license = new LicenseController(this);

  override render() {
    const { manager } = this.#license;
    if (!manager) return nothing;
    return html`
      ${manager.profileProblem ? this.#problem(manager.profileProblem) : nothing}
      ${manager.broken.map(({ code }) => this.#problem(code))}
      ${manager.licenses.flatMap(license => license.status.notices.map(notice => this.#notice(license, notice)))}
    `;
  }

  #problem(code: string) {
    const { text, hint } = errorText(code);
    return html`<lk-notice tone="bad">${text} ${hint}</lk-notice>`;
  }

  #notice(license: LicenseView, notice: Notice) {
    const text = noticeText(license, notice);
    return text ? html`<lk-notice .tone=${toneOf(notice)}>${text}</lk-notice>` : nothing;
  }
}

function toneOf({ kind }: Notice): Tone {
  return kind === 'maintenance-ended' || kind === 'signals-changed' ? 'neutral' : 'warn';
}

/** What the status card says already, with the next step, once it locks the license. */
const saidByStatus: Partial<Record<LicenseStatusState, Notice['kind']>> = {
  'clock-set-back': 'clock-set-back',
  'issuer-compromised': 'issuer-compromised',
  'report-overdue': 'report-due',
  'version-not-covered': 'maintenance-ended',
};

/** One sentence; empty where the status card says it already. */
function noticeText({ claims, status }: LicenseView, notice: Notice): string {
  if (saidByStatus[status.state] === notice.kind) return '';
  switch (notice.kind) {
    case 'clock-set-back':
      return msg('The clock of this device looks wrong. Please set date and time.');
    case 'expires-soon':
      return endText(claims.licenseType, formatDate(notice.atMs));
    case 'in-grace':
      return '';
    case 'report-due':
      return msg(str`A usage report is due. Without one the license stops on ${formatDate(notice.atMs)}.`);
    case 'issuer-compromised':
      return msg(
        str`The vendor has replaced its keys. Load a new license before ${formatDate(notice.atMs)}.`,
      );
    case 'maintenance-ended':
      return msg(
        str`Updates ended on ${formatDate(notice.atMs)}: later versions of the app are not covered.`,
      );
    case 'signals-changed':
      return changedText(notice.changed.map(signalName).join(', '), status);
    case 'overage':
      return msg(str`${counterName(notice.counter)}: more is used than is included.`);
    case 'share-used-up':
      return msg(
        str`${counterName(notice.counter)}: the share of this device is used up. Report the use to get more.`,
      );
    case 'period-held':
      return msg(
        str`${counterName(notice.counter)}: without a new license file it does not begin anew. Make a usage report.`,
      );
    case 'used-up':
      return msg(
        str`${counterName(notice.counter)}: all is used up. Report the use, or ask the vendor for more.`,
      );
  }

  function counterName(counter: string): string {
    if (counter === '') return msg('License');
    return claims.features?.find(({ code }) => code === counter)?.name ?? counter;
  }
}

/** What is to be done in time before the end. */
function endText(type: LicenseType, day: string): string {
  if (type !== 'subscription')
    return msg(str`The license ends on ${day}. Ask the vendor for a refresh file in time.`);
  return msg(
    str`The subscription is paid until ${day}. Once it is renewed, load the refresh file, or make a report.`,
  );
}

/** Which signals changed; what to do about too many of them is the status card's to say. */
function changedText(names: string, { state }: LicenseStatus): string {
  const text = msg(str`This device has changed since it was licensed: ${names}.`);
  return state === 'device-changed' ? text : `${text} ${msg('Nothing to do.')}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-notices': LkLicenseNotices;
  }
}
