import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type VerifyAudit, verifyAuditSchema } from '../../api/audit.ts';
import { parseFields } from '../../api/problem.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { textField } from '../fields/fields.ts';
import { formStyles } from '../fields/form-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/feedback/lk-progress.ts';
import '../layout/lk-copy.ts';

type State =
  | { is: 'idle' }
  | { is: 'running'; done: number; total: number }
  | { is: 'whole'; count: number }
  | { is: 'broken'; at: number }
  | { is: 'refused'; error: unknown };

/** The newest link of the audit log, to note down, and a button that has the whole log looked through. */
@customElement('lk-audit-verify')
@localized()
export class LkAuditVerify extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    formStyles,
    css`
      .link {
        overflow-wrap: anywhere;
      }
      form {
        gap: var(--lk-space-4);
      }
    `,
  ];

  /** `NUMBER:HASH`; null: nothing was written yet. */
  @property() newest: string | null = null;
  @state() private noted = '';
  @state() private state: State = { is: 'idle' };
  @state() private isWrong = false;

  readonly #console = new UseConsole(this);
  #isGone = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#isGone = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#isGone = true;
  }

  override render() {
    return html`
      <section class="panel" aria-labelledby="chain">
        <h2 id="chain">${msg('Is it as it was written?')}</h2>
        ${this.newest === null ? nothing : this.#link(this.newest)}
        <form @submit=${this.#submit}>
          ${textField({
            name: 'noted',
            label: msg('A link that you noted earlier'),
            hint: msg(
              'Optional. With it a log whose end was cut off, or that was written anew, is found too.',
            ),
            value: this.noted,
            mono: true,
            problem: this.isWrong ? { field: 'noted', rule: 'format' } : null,
            onValue: value => {
              this.noted = value;
            },
          })}
          <div class="row">
            <button type="submit" ?disabled=${this.state.is === 'running'}>${msg('Verify the whole log')}</button>
          </div>
        </form>
        <div role="status">${this.#found()}</div>
      </section>
    `;
  }

  #link(newest: string) {
    return html`
      <div class="row">
        <span class="quiet-text">${msg('Newest link, to note down somewhere else:')}</span>
        <span class="mono link">${newest}</span>
        <lk-copy .text=${newest} label=${msg('newest link')}></lk-copy>
      </div>
    `;
  }

  #found() {
    const { state } = this;
    switch (state.is) {
      case 'idle':
        return nothing;
      case 'running':
        return html`<lk-progress label=${msg('Verifying')} .value=${state.done} .total=${state.total}></lk-progress>`;
      case 'whole':
        return html`<lk-notice tone="ok">${msg(str`The log is as it was written: ${formatNumber(state.count)} entries.`)}</lk-notice>`;
      case 'broken':
        return html`<lk-notice tone="bad">${msg(str`The log is not as it was written, from entry ${state.at} on. Compare it with a backup.`)}</lk-notice>`;
      case 'refused':
        return refusalView(state.error);
    }
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.state.is === 'running') return;
    const checked = parseFields(verifyAuditSchema, { after: null, noted: this.noted.trim() || null });
    this.isWrong = 'problem' in checked;
    if ('problem' in checked) return;
    this.state = { is: 'running', done: 0, total: 1 };
    try {
      this.state = await this.#verify(checked.fields);
    } catch (error) {
      this.state = { is: 'refused', error };
    }
  }

  /** Part by part, so that it can be seen how far it is. */
  async #verify(body: VerifyAudit): Promise<State> {
    let { after } = body;
    while (!this.#isGone) {
      const found = await this.#console.api.audit.verify({ ...body, after });
      if ('brokenAt' in found) return { is: 'broken', at: found.brokenAt };
      if (found.isEnd) return { is: 'whole', count: found.sequence };
      this.state = { is: 'running', done: found.sequence, total: found.total };
      after = found.last;
    }
    return { is: 'idle' };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-audit-verify': LkAuditVerify;
  }
}
