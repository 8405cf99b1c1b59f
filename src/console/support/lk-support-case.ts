import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SupportCase } from '../../api/support.ts';
import { REFRESH_FILE_NAME } from '../../format/file-name.ts';
import type { LkConfirm } from '../../ui/feedback/lk-confirm.ts';
import { saveFile } from '../../ui/files/save-file.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { deviceHeadStyles } from '../devices/device-head-styles.ts';
import { blockQuestion } from '../devices/device-questions.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { activationStateText } from '../layout/state-texts.ts';
import { refusalView } from '../layout/task-view.ts';
import { nameOf } from '../licenses/lk-license-table.ts';
import { checkRefresh } from '../refresh/checked-refresh.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import { adviceFor, type Help, happenedText, lastFile } from './advice.ts';
import '../../ui/feedback/lk-confirm.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-badge.ts';
import '../exchanges/lk-exchange-table.ts';
import './lk-seat-choice.ts';

/**
 * A device that somebody calls about: what happened last, what to say, and the buttons that help with that.
 *
 * @fires lk-license-changed - Something was done about it.
 */
@customElement('lk-support-case')
@localized()
export class LkSupportCase extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    deviceHeadStyles,
    css`
      h2 {
        font-size: var(--lk-text-xl);
      }
      .happened strong {
        display: block;
        font-size: var(--lk-text-l);
      }
      .say {
        display: grid;
        gap: var(--lk-space-1);
        padding: var(--lk-space-4);
        border-inline-start: 0.25rem solid var(--lk-warn);
        border-radius: var(--lk-radius-m);
        background: var(--lk-warn-soft);
      }
      .say.solved {
        border-color: var(--lk-ok);
        background: var(--lk-ok-soft);
      }
      .say p {
        font-size: var(--lk-text-l);
        font-weight: 600;
      }
      h3 {
        font-size: var(--lk-text-m);
      }
    `,
  ];

  @property({ attribute: false }) case: SupportCase | null = null;
  @state() private choosing: 'rebind' | 'release' | null = null;
  @state() private error: unknown = null;
  @state() private isBusy = false;

  readonly #console = new UseConsole(this);

  override render() {
    if (!this.case) return nothing;
    const advice = adviceFor(this.case);
    return html`
      <article class="panel" aria-labelledby="name">
        ${this.#head(this.case)} ${this.#happened(this.case)}
        <div class="say ${advice.isSolved ? 'solved' : ''}" role="status">
          <span class="quiet-text">${msg('Say')}</span>
          <p>${advice.say}</p>
        </div>
        ${advice.helps.length > 0 ? html`<div class="row">${advice.helps.map((help, index) => this.#button(help, index === 0))}</div>` : nothing}
        ${this.choosing && !advice.isSolved ? html`<lk-seat-choice .case=${this.case} .purpose=${this.choosing} @lk-license-changed=${this.#chosen}></lk-seat-choice>` : nothing}
        ${this.error ? refusalView(this.error) : nothing}
        <h3>${msg('Files out and in')}</h3>
        <lk-exchange-table .exchanges=${this.case.device.files} compact of-license label=${msg(str`Files of ${this.case.device.name || this.case.device.deviceNumber}, ${nameOf(this.case.license)}, ${this.case.license.productName}`)}></lk-exchange-table>
      </article>
      ${this.#questions()}
    `;
  }

  #head({ device, license }: SupportCase) {
    const { text, tone } = activationStateText(device.state);
    return html`
      <div class="head">
        <div class="title">
          <h2 id="name">${device.name || msg('Device without a name')}</h2>
          <span class="mono">${device.deviceNumber}</span> ·
          <a href=${addresses.license(license.id, 'devices')}>${nameOf(license)}, ${license.productName}</a>
        </div>
        <div class="badges">
          ${device.blocked ? html`<lk-badge tone="bad">${msg('Blocked')}</lk-badge>` : nothing}
          ${device.copiedAt !== null ? html`<lk-badge tone="bad">${msg('Copy noticed')}</lk-badge>` : nothing}
          <lk-badge .tone=${tone}>${text}</lk-badge>
        </div>
      </div>
    `;
  }

  #happened(each: SupportCase) {
    const file = lastFile(each);
    const given = each.seatRequest?.given;
    return html`
      <div class="happened">
        <span class="quiet-text">${file ? whenText(file.at, file.code !== null) : msg('Last file')}</span>
        <strong>${happenedText(each)}</strong>
        ${given ? html`<p>${msg(str`The seat of ${given.name || given.deviceNumber} waits for it.`)}</p>` : nothing}
      </div>
    `;
  }

  #button(help: Help, isFirst: boolean) {
    if (help === 'edit') {
      const address = addresses.license(this.case?.license.id ?? '');
      return html`<a class="button" href=${address}>${msg('Change the license')}</a>`;
    }
    return html`
      <button type="button" class=${isFirst ? 'primary' : ''} ?disabled=${this.isBusy} @click=${() => this.#help(help)}>
        ${help === 'refresh' ? html`<lk-icon name="download"></lk-icon>` : nothing}${helpText(help)}
      </button>
    `;
  }

  #questions() {
    return html`
      <lk-confirm class="enable" heading=${msg('Enable this license?')} confirm=${msg('Enable license')}>
        <p>${msg('Devices can be activated again. A device that already learned it was disabled works again with its next refresh file or report.')}</p>
      </lk-confirm>
      ${blockQuestion(true)}
      <lk-confirm class="withdraw" heading=${msg('Take the seat back?')} confirm=${msg('Take it back')}>
        <p>${msg('The device that has the seat keeps it. The file of this one is refused again.')}</p>
      </lk-confirm>
    `;
  }

  async #help(help: Exclude<Help, 'edit'>): Promise<void> {
    const { device, license } = this.case ?? {};
    if (!device || !license) return;
    if (help === 'rebind' || help === 'release') {
      this.choosing = help;
      return;
    }
    const { licenses, devices, support } = this.#console.api;
    if (help === 'refresh') await this.#act(() => this.#download(device.activationId ?? ''));
    if (help === 'enable' && (await this.#isSure('enable')))
      await this.#act(() => licenses.setEnabled(license.id, true), msg('The license is enabled.'));
    if (help === 'unblock' && (await this.#isSure('block')))
      await this.#act(
        () => devices.setBlocked(device.deviceId, false),
        msg('The device is not blocked any more.'),
      );
    if (help === 'withdraw' && (await this.#isSure('withdraw')))
      await this.#act(
        () => support.withdrawRebind(license.id, device.deviceId),
        msg('The seat stays where it is.'),
      );
  }

  async #isSure(question: string): Promise<boolean> {
    return (await this.renderRoot.querySelector<LkConfirm>(`lk-confirm.${question}`)?.ask()) ?? false;
  }

  async #download(activationId: string): Promise<void> {
    const file = await this.#console.api.devices.refreshFile(activationId);
    await checkRefresh(file, activationId, this.#console.answers);
    saveFile(REFRESH_FILE_NAME, file);
    this.#console.announce(msg(str`${REFRESH_FILE_NAME} is downloaded. Send it to the caller.`));
  }

  async #act(action: () => Promise<void>, done = ''): Promise<void> {
    this.isBusy = true;
    this.error = null;
    try {
      await action();
      if (done) this.#console.announce(done);
      this.dispatchEvent(new CustomEvent('lk-license-changed', { bubbles: true, composed: true }));
    } catch (error) {
      this.error = error;
    }
    this.isBusy = false;
  }

  /** The event goes on to the page, which reads the case anew. */
  #chosen(): void {
    this.choosing = null;
  }
}

function whenText(at: number, isRefused: boolean): string {
  const when = formatDateTime(at * 1000);
  return isRefused ? msg(str`Refused ${when}`) : when;
}

function helpText(help: Exclude<Help, 'edit'>): string {
  const texts: Record<typeof help, string> = {
    rebind: msg('Rebind…'),
    release: msg('Release a seat…'),
    withdraw: msg('Take the seat back…'),
    enable: msg('Enable…'),
    unblock: msg('Unblock…'),
    refresh: msg('Download license refresh file'),
  };
  return texts[help];
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-support-case': LkSupportCase;
  }
}
