import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ExportLicenses } from '../../api/licenses.ts';
import type { LkConfirm } from '../../ui/feedback/lk-confirm.ts';
import { saveFile } from '../../ui/files/save-file.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { tickField } from '../fields/fields.ts';
import { formStyles } from '../fields/form-styles.ts';
import { refusalView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import '../../ui/feedback/lk-confirm.ts';
import '../../ui/feedback/lk-progress.ts';
import '../../ui/layout/lk-icon.ts';

/** Saves the licenses of a list as a CSV file, after a question that says what the file will hold. */
@customElement('lk-export')
@localized()
export class LkExport extends LitElement {
  static override styles = [baseStyles, formStyles];

  /** Which licenses, as the list has them. */
  @property({ attribute: false }) filter: ExportLicenses['filter'] = {};
  /** How many these are. */
  @property({ type: Number }) total = 0;
  /** Begins of the file's name. */
  @property() name = 'licenses';
  @state() private withKeys = false;
  @state() private isBusy = false;
  @state() private error: unknown = null;

  readonly #console = new UseConsole(this);

  override render() {
    return html`
      <button type="button" ?disabled=${this.isBusy || this.total === 0} @click=${this.#ask}>
        <lk-icon name="download"></lk-icon>${msg('Export…')}
      </button>
      ${this.isBusy ? html`<lk-progress label=${msg('Exporting')}></lk-progress>` : nothing}
      ${this.error ? refusalView(this.error) : nothing}
      <lk-confirm heading=${this.#heading} confirm=${msg('Save as CSV')} ?danger=${this.withKeys}>
        <div class="stack">
          <p>${msg('The file holds customers, holders, notes and terms. It opens in a spreadsheet and can be imported again.')}</p>
          ${tickField({
            name: 'withKeys',
            label: msg('With license keys'),
            hint: msg(
              'Whoever has a key can activate a device. The export is written down in the audit log.',
            ),
            value: this.withKeys,
            onValue: withKeys => {
              this.withKeys = withKeys;
            },
          })}
        </div>
      </lk-confirm>
    `;
  }

  get #heading(): string {
    const count = formatNumber(this.total);
    return this.total === 1 ? msg('Export one license?') : msg(str`Export ${count} licenses?`);
  }

  async #ask(): Promise<void> {
    this.withKeys = false;
    await this.updateComplete;
    if (!(await this.renderRoot.querySelector<LkConfirm>('lk-confirm')?.ask())) return;
    this.isBusy = true;
    this.error = null;
    try {
      const { filter, withKeys } = this;
      const name = `${this.name}${withKeys ? '-with-keys' : ''}.csv`;
      saveFile(name, await this.#console.api.licenses.export({ filter, withKeys }));
      this.#console.announce(msg('The file is saved.'));
    } catch (error) {
      this.error = error;
    }
    this.isBusy = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-export': LkExport;
  }
}
