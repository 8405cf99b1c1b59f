import { localized } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Notice } from '../../license/notices.ts';
import type { Tone } from '../../ui/layout/tone.ts';
import { errorText } from '../../ui/texts/error-texts.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { noticeText } from '../../words/notice-words.ts';
import { LicenseController } from '../license-context.ts';
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

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-notices': LkLicenseNotices;
  }
}
