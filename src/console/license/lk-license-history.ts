import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AuditEntry } from '../../api/audit.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tableStyles } from '../../ui/theme/table-styles.ts';
import { actionText, changedText } from '../audit/audit-texts.ts';
import { taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import '../exchanges/lk-exchange-table.ts';

/** Files of a license, and what people and the portal did to it and its devices, newest first. */
@customElement('lk-license-history')
@localized()
export class LkLicenseHistory extends LitElement {
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      .history {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--lk-space-6);
      }
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--lk-space-3);
      }
      h2 {
        font-size: var(--lk-text-l);
      }
      th, td {
        padding-block: var(--lk-space-2);
        font-size: var(--lk-text-s);
      }
      th {
        font-size: var(--lk-text-xs);
      }
      small {
        font-size: var(--lk-text-xs);
      }
      .about {
        display: block;
      }
      .what {
        overflow-wrap: anywhere;
      }
      .when {
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) licenseId = '';

  readonly #console = new UseConsole(this);
  readonly #exchanges = new Task(this, {
    task: ([id]) => this.#console.api.licenses.exchanges(id),
    args: () => [this.licenseId] as const,
  });
  readonly #audit = new Task(this, {
    task: ([id]) => this.#console.api.licenses.audit(id),
    args: () => [this.licenseId] as const,
  });

  override render() {
    return html`
      <div class="history">
        <section>
          <h2>${msg('Files')}</h2>
          ${taskView(
            this.#exchanges,
            ({ items }) => html`<lk-exchange-table of-license .exchanges=${items}></lk-exchange-table>`,
          )}
        </section>
        <section>
          <h2>${msg('Changes')}</h2>
          ${taskView(this.#audit, ({ items }) => this.#changes(items))}
        </section>
      </div>
    `;
  }

  #changes(entries: readonly AuditEntry[]) {
    if (entries.length === 0)
      return html`<p class="quiet-text">${msg('Nobody has changed anything yet.')}</p>`;
    return html`
      <div class="table-frame" tabindex="0" role="region" aria-label=${msg('Changes')}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="wide">${msg('When')}</th>
              <th scope="col">${msg('What')}</th>
              <th scope="col" class="wide">${msg('Who')}</th>
            </tr>
          </thead>
          <tbody>${entries.map(change)}</tbody>
        </table>
      </div>
    `;
  }
}

function change({ at, actor, action, user, changed, deviceNumber }: AuditEntry) {
  const when = formatDateTime(at * 1000);
  const who = actor === 'system' ? msg('The portal') : actor;
  return html`
    <tr>
      <td class="wide when">${when}</td>
      <td class="what">
        ${actionText(action)}
        <small class="about">${[user ?? deviceNumber, changedText(changed)].filter(Boolean).join(': ')}</small>
        <small class="folded">${when}</small>
        <small class="folded">${who}</small>
      </td>
      <td class="wide">${who}</td>
    </tr>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-license-history': LkLicenseHistory;
  }
}
