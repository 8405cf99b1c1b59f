import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { LicenseController } from '../../client/license-context.ts';
import { toneIcons } from '../../ui/layout/tone.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { checkName, type FindingText, findingText } from './finding-texts.ts';
import {
  type Check,
  checkCamera,
  checkClock,
  checkDialogs,
  checkOffline,
  checkPersistence,
  checkRestart,
  checkSecure,
  checkStorage,
  checks,
  type Findings,
  tryCamera,
  tryDialog,
} from './probes.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/layout/lk-card.ts';
import '../../ui/layout/lk-icon.ts';

/** Whether this machine is fit for a license, before anybody goes on a trip for one. Each failure names its fix. */
@customElement('lk-machine-page')
@localized()
export class LkMachinePage extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--lk-space-5);
      }
      ul {
        display: grid;
        gap: var(--lk-space-4);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--lk-space-1) var(--lk-space-3);
      }
      li > * {
        grid-column: 2;
      }
      li > lk-icon {
        grid-column: 1;
        margin-block-start: 0.15em;
        color: var(--lk-text-quiet);
      }
      .ok > lk-icon {
        color: var(--lk-ok);
      }
      .warn > lk-icon {
        color: var(--lk-warn);
      }
      .bad > lk-icon {
        color: var(--lk-bad);
      }
      h2 {
        font-size: var(--lk-text-m);
      }
      button {
        justify-self: start;
      }
    `,
  ];

  @state() private findings: Partial<Findings> = {};
  @state() private markedAtMs: number | null = null;

  readonly #license = new LicenseController(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#checkAll();
  }

  /** The device may still be opening when the page is shown. */
  protected override willUpdate(): void {
    const { manager } = this.#license;
    if (manager && !this.findings.clock) this.#found({ clock: checkClock(manager.keysSignedAtMs) });
  }

  override render() {
    return html`
      <h1>${msg('Check this machine')}</h1>
      <p>${msg('Before you ask for a license: does this machine keep it, and can files come and go?')}</p>
      <div role="status">${this.#summary()}</div>
      <lk-card>
        <ul>${checks.map(check => this.#row(check))}</ul>
        <button slot="actions" type="button" @click=${this.#checkAll}>${msg('Check again')}</button>
      </lk-card>
    `;
  }

  #summary() {
    const found = checks.map(check => this.#textOf(check));
    if (found.some(text => text === null))
      return html`<lk-notice>${msg('Looking at this machine.')}</lk-notice>`;
    const count = (tone: string) => found.filter(text => text?.tone === tone).length;
    const [bad, warn] = [count('bad'), count('warn')];
    if (bad > 0)
      return html`<lk-notice tone="bad">${msg(str`To mend before you ask for a license: ${formatNumber(bad)}.`)}</lk-notice>`;
    if (warn > 0)
      return html`<lk-notice tone="warn">${msg(str`A license works here. To look at: ${formatNumber(warn)}.`)}</lk-notice>`;
    return html`<lk-notice tone="ok">${msg('This machine is ready.')}</lk-notice>`;
  }

  #row(check: Check) {
    const found = this.#textOf(check);
    return html`
      <li class=${found?.tone ?? ''}>
        <lk-icon .name=${found ? toneIcons[found.tone] : 'circle-dashed'}></lk-icon>
        <h2>${checkName(check)}</h2>
        <p>${found?.text ?? msg('Looking')}</p>
        ${found?.fix ? html`<p class="quiet-text">${found.fix}</p>` : nothing}
        ${found ? this.#trial(check) : nothing}
      </li>
    `;
  }

  /** What only a person may begin. */
  #trial(check: Check) {
    if (check === 'dialogs') {
      return html`<button type="button" @click=${async () => this.#found({ dialogs: await tryDialog() })}>
        ${msg('Try the file dialog')}
      </button>`;
    }
    if (check !== 'camera' || this.findings.camera === 'none') return nothing;
    return html`<button type="button" @click=${async () => this.#found({ camera: await tryCamera() })}>
      ${msg('Try the camera')}
    </button>`;
  }

  #textOf<C extends Check>(check: C): FindingText | null {
    const finding: Findings[C] | undefined = this.findings[check];
    if (finding === undefined) return null;
    return findingText(check, finding, { markedAtMs: this.markedAtMs, nowMs: Date.now() });
  }

  #found(findings: Partial<Findings>): void {
    this.findings = { ...this.findings, ...findings };
  }

  async #checkAll(): Promise<void> {
    this.findings = { secure: checkSecure(), dialogs: checkDialogs() };
    await Promise.all([
      checkStorage().then(mark => {
        this.markedAtMs = mark?.writtenAtMs ?? null;
        this.#found({ storage: mark ? 'ok' : 'lost', restart: checkRestart(mark) });
      }),
      checkPersistence().then(persistence => this.#found({ persistence })),
      checkOffline().then(offline => this.#found({ offline })),
      checkCamera().then(camera => this.#found({ camera })),
    ]);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-machine-page': LkMachinePage;
  }
}
