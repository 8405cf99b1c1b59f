import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import type { ContentsRow } from '../contents/contents-words.ts';
import { LicenseController } from '../license-context.ts';
import { renderFailure } from './failure.ts';

/** Lists in plain words what a file that waits here tells the portal, once somebody asks. */
@customElement('lk-request-contents')
@localized()
export class LkRequestContents extends LitElement {
  static override styles = [
    baseStyles,
    css`
      summary {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--lk-target);
        color: var(--lk-accent-text);
        font-weight: 600;
        cursor: pointer;
      }
      .contents {
        display: grid;
        gap: var(--lk-space-3);
        font-size: var(--lk-text-s);
      }
      dl {
        display: grid;
        gap: var(--lk-space-2) var(--lk-space-4);
      }
      @media (min-width: 40rem) {
        dl > div {
          display: grid;
          grid-template-columns: minmax(10rem, 1fr) 2fr;
          gap: var(--lk-space-4);
        }
      }
      dt {
        color: var(--lk-text-quiet);
      }
      dd {
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** Id of the request or ended activation. */
  @property({ attribute: false }) fileId = '';

  readonly #license = new LicenseController(this);
  readonly #reading = new Task(this, {
    autoRun: false,
    task: async ([id]: readonly [string]): Promise<ContentsRow[]> => {
      const contents = await this.#license.manager?.contents(id);
      const { contentsRows } = await import('../contents/contents-words.ts');
      return contents ? contentsRows(contents) : [];
    },
  });

  override render() {
    return html`
      <details @toggle=${this.#toggled}>
        <summary>${msg('What leaves this machine')}</summary>
        ${this.#reading.render({ error: renderFailure, complete: rows => this.#rows(rows) })}
      </details>
    `;
  }

  #rows(rows: readonly ContentsRow[]) {
    if (rows.length === 0) return nothing;
    return html`
      <div class="contents">
        <dl>${rows.map(({ what, value }) => html`<div><dt>${what}</dt><dd class="number">${value}</dd></div>`)}</dl>
        <p>${msg('Nothing else is in the file, and only the vendor’s portal can read it: it is sealed.')}</p>
      </div>
    `;
  }

  #toggled({ target }: Event): void {
    if (target instanceof HTMLDetailsElement && target.open) void this.#reading.run([this.fileId]);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-request-contents': LkRequestContents;
  }
}
