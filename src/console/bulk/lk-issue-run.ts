import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Issued, OrderedLicense } from '../../api/orders.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { refusalView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { IssueRun } from './issue-groups.ts';
import '../../ui/feedback/lk-progress.ts';

/** How a run ended. */
export interface RunEnd {
  /** Of the first licenses, in their order; of all of them unless it was stopped. */
  outcomes: readonly Issued[];
}

/**
 * Issues licenses group by group, from the moment it is shown: how far it has come, a button that stops it between two
 * groups, and after a failure one that goes on where it was.
 *
 * @fires lk-run-ended - All are issued, or it was stopped; detail: {@link RunEnd}.
 */
@customElement('lk-issue-run')
@localized()
export class LkIssueRun extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .run {
        display: grid;
        gap: var(--lk-space-4);
      }
    `,
  ];

  /** What is going on, in words. */
  @property() label = '';
  /** Nothing is issued; the answers say what would be. */
  @property({ type: Boolean }) trial = false;
  /** Of those to issue; others begin another run. */
  @property({ attribute: false }) licenses: readonly OrderedLicense[] = [];
  @state() private run: IssueRun | null = null;

  readonly #console = new UseConsole(this, () => !this.trial && this.run?.state === 'running');

  override render() {
    const { run } = this;
    if (!run) return nothing;
    const isFailed = run.state === 'failed';
    return html`
      <div class="run">
        <lk-progress label=${this.label} .value=${run.outcomes.length} .total=${run.licenses.length}></lk-progress>
        ${isFailed ? refusalView(run.error) : nothing}
        <div class="row">
          ${isFailed ? html`<button type="button" class="primary" @click=${() => void this.#go(run)}>${msg('Go on')}</button>` : nothing}
          <button type="button" @click=${() => this.#stop(run)}>${isFailed ? msg('Leave the rest') : msg('Stop')}</button>
        </div>
      </div>
    `;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('licenses')) return;
    this.run = new IssueRun({
      licenses: this.licenses,
      send: group => this.#console.api.orders.issue(group, this.trial),
      onChange: () => this.requestUpdate(),
    });
    void this.#go(this.run);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.run?.stop();
  }

  async #go(run: IssueRun): Promise<void> {
    await run.go();
    if (run.state !== 'failed') this.#end(run);
  }

  /** A run that failed has nothing under way that would end it. */
  #stop(run: IssueRun): void {
    if (run.state === 'failed') this.#end(run);
    else run.stop();
  }

  #end(run: IssueRun): void {
    if (run !== this.run || !this.isConnected) return;
    const detail = { outcomes: run.outcomes };
    this.dispatchEvent(new CustomEvent<RunEnd>('lk-run-ended', { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-issue-run': LkIssueRun;
  }
  interface HTMLElementEventMap {
    'lk-run-ended': CustomEvent<RunEnd>;
  }
}
