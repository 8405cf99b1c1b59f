import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Seat, SeatList, SupportCase } from '../../api/support.ts';
import type { LkConfirm } from '../../ui/feedback/lk-confirm.ts';
import { formatDateTime, formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView, taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import '../../ui/feedback/lk-confirm.ts';
import '../layout/lk-badge.ts';

/**
 * The seats of a license that are taken: one to release, or to give to a device that lost its own.
 *
 * @fires lk-license-changed - It was done.
 */
@customElement('lk-seat-choice')
@localized()
export class LkSeatChoice extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      section {
        display: grid;
        gap: var(--lk-space-3);
      }
      h3 {
        font-size: var(--lk-text-m);
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--lk-space-2) var(--lk-space-4);
        padding-block: var(--lk-space-3);
        border-block-start: var(--lk-line-width) solid var(--lk-line);
      }
      .seat {
        display: grid;
        flex: 1 1 14rem;
        min-inline-size: 0;
      }
      strong {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) case: SupportCase | null = null;
  @property() purpose: 'rebind' | 'release' = 'rebind';
  @state() private chosen: Seat | null = null;
  @state() private error: unknown = null;
  @state() private isBusy = false;

  readonly #console = new UseConsole(this);
  readonly #seats = new Task(this, {
    task: ([licenseId, deviceId]) => this.#console.api.support.seats(licenseId, deviceId),
    args: () => [this.case?.license.id ?? '', this.case?.device.deviceId ?? ''] as const,
  });

  override render() {
    const isRebind = this.purpose === 'rebind';
    return html`
      <section aria-labelledby="heading">
        <h3 id="heading" tabindex="-1">
          ${isRebind ? msg('Which device was this machine before?') : msg('Which seat is not used any more?')}
        </h3>
        ${isRebind ? html`<p class="quiet-text">${msg('How alike two machines are is their own word. Machines of one model look the same: ask for the name of the device, or when it was used last.')}</p>` : nothing}
        ${taskView(this.#seats, seats => this.#list(seats))}
        ${this.error ? refusalView(this.error) : nothing}
      </section>
      ${this.chosen ? this.#question(this.chosen) : nothing}
    `;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('#heading')?.focus();
  }

  #list({ items, total }: SeatList) {
    if (items.length === 0) return html`<p>${msg('No seat of this license is taken.')}</p>`;
    return html`
      <ul>${items.map(seat => this.#seat(seat))}</ul>
      ${total > items.length ? html`<p class="quiet-text">${msg(str`The first ${formatNumber(items.length)} of ${formatNumber(total)} seats.`)}</p>` : nothing}
    `;
  }

  #seat(seat: Seat) {
    const isRebind = this.purpose === 'rebind';
    const name = nameOf(seat);
    return html`
      <li>
        <div class="seat">
          <strong>${name}</strong>
          <span class="quiet-text"><span class="mono">${seat.deviceNumber}</span> · ${seat.platform || msg('platform not said')}</span>
          <span class="quiet-text">${msg(str`Last seen ${formatDateTime(seat.lastSeenAt * 1000)}`)}${seat.user === null ? nothing : html` · ${seat.user}`}</span>
          ${isRebind ? likenessText(seat) : nothing}
        </div>
        ${seat.blocked ? html`<lk-badge tone="bad">${msg('Blocked')}</lk-badge>` : nothing}
        <button
          type="button"
          ?disabled=${this.isBusy || (isRebind && seat.blocked)}
          @click=${() => this.#choose(seat)}
        >
          ${isRebind ? msg('It was this one…') : msg('Release…')}<span class="visually-hidden">${name}</span>
        </button>
      </li>
    `;
  }

  #question(seat: Seat) {
    const before = nameOf(seat);
    if (this.purpose === 'release') {
      return html`
        <lk-confirm heading=${msg(str`Release the seat of ${before}?`)} confirm=${msg('Release seat')} danger>
          <div class="stack">
            <p>${msg('The caller’s device can have it, and so can any other.')}</p>
            <p>${msg(str`If ${before} is offline it does not learn of it: it goes on with the license it has until that ends, or until it loads its next file.`)}</p>
          </div>
        </lk-confirm>
      `;
    }
    const after = this.case?.device.name || this.case?.device.deviceNumber || '';
    return html`
      <lk-confirm heading=${msg(str`Give the seat of ${before} to ${after}?`)} confirm=${msg('Rebind')} danger>
        <div class="stack">
          <p>${msg(str`${after} gets it when its file is uploaded again. No new seat, no transfer, and what was used stays counted.`)}</p>
          <p>${msg(str`Until then nothing changes. Then ${before} has no license any more: if it still exists and is offline, it goes on with the license it has until that ends, or until it loads its next file. What it reports late is counted.`)}</p>
        </div>
      </lk-confirm>
    `;
  }

  async #choose(seat: Seat): Promise<void> {
    this.chosen = seat;
    await this.updateComplete;
    const isConfirmed = await this.renderRoot.querySelector<LkConfirm>('lk-confirm')?.ask();
    if (isConfirmed) await this.#act(seat);
  }

  async #act({ activationId }: Seat): Promise<void> {
    const { devices, support } = this.#console.api;
    const { license, device } = this.case ?? {};
    if (!license || !device) return;
    this.isBusy = true;
    this.error = null;
    try {
      if (this.purpose === 'release') await devices.releaseSeat(activationId);
      else await support.rebind(license.id, device.deviceId, activationId);
      this.#console.announce(
        this.purpose === 'release' ? msg('The seat is free.') : msg('The seat waits for this device.'),
      );
      this.dispatchEvent(new CustomEvent('lk-license-changed', { bubbles: true, composed: true }));
    } catch (error) {
      this.error = error;
    }
    this.isBusy = false;
  }
}

function nameOf({ name, deviceNumber }: Seat): string {
  return name || deviceNumber;
}

function likenessText({ likeness }: Seat) {
  return likeness === null
    ? html`<span>${msg('Cannot be compared: it told too little of itself, or that was erased.')}</span>`
    : html`<span>${msg(str`${formatNumber(likeness)} % alike`)}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-seat-choice': LkSeatChoice;
  }
}
