import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { IconName } from '../../ui/layout/icons.ts';
import { errorText } from '../../ui/texts/error-texts.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import type { LicenseManager } from '../license-manager.ts';
import type { SyncView } from '../views.ts';
import '../../ui/layout/lk-icon.ts';

/** One quiet line about syncing: when it last worked, that there is no network, or why it did not work. */
@customElement('lk-sync-status')
@localized()
export class LkSyncStatus extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: contents;
      }
      p {
        display: flex;
        gap: var(--lk-space-2);
        align-items: baseline;
      }
      lk-icon {
        flex: none;
        transform: translateY(0.15em);
      }
    `,
  ];

  readonly #license = new LicenseController(this);

  override render() {
    const { manager } = this.#license;
    const line = manager && lineOf(manager.sync, isWaiting(manager));
    if (!line) return nothing;
    return html`
      <p class="quiet-text" role="status"><lk-icon .name=${line.icon}></lk-icon><span>${line.text}</span></p>
    `;
  }
}

interface Line {
  readonly icon: IconName;
  readonly text: string;
}

/** Whether a file is here that sync takes to the portal. */
function isWaiting({ openRequests, deactivations }: LicenseManager): boolean {
  return (
    openRequests.some(({ refusal }) => refusal === null) ||
    deactivations.some(({ receipt }) => receipt === null)
  );
}

/** null: nothing has gone over the network, and nothing stands in its way or waits. */
function lineOf({ isOn, isOffline, answeredAtMs, problem }: SyncView, waits: boolean): Line | null {
  const last =
    answeredAtMs === null ? '' : msg(str`Last synced with the portal on ${formatDateTime(answeredAtMs)}.`);
  if (!isOn) return { icon: 'hard-drive-upload', text: join(msg('Sync is off. Files are carried.'), last) };
  if (isOffline) {
    return { icon: 'wifi-off', text: join(msg('Offline. Everything here works without a network.'), last) };
  }
  if (problem) return { icon: 'info', text: join(problemText(problem), last) };
  const soon = waits ? msg('Sync sends what waits by itself in a moment.') : '';
  return last || soon ? { icon: 'refresh-cw', text: join(soon, last) } : null;
}

function problemText({ code, data }: NonNullable<SyncView['problem']>): string {
  return join(msg('Not synced.'), errorText(code, data).text);
}

function join(...sentences: string[]): string {
  return sentences.filter(sentence => sentence !== '').join(' ');
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-sync-status': LkSyncStatus;
  }
}
