import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatDate } from '../ui/texts/format-values.ts';
import { baseStyles } from '../ui/theme/base-styles.ts';
import { roundWords } from './round/round-words.ts';
import { standingOf, type Upload } from './round/upload.ts';
import { printedWords } from './round/upload-words.ts';

/** A round on paper: what was decided of each file, trouble first. */
@customElement('lk-round-print')
@localized()
export class LkRoundPrint extends LitElement {
  static override styles = [
    baseStyles,
    css`
      article {
        color: #000;
        background: #fff;
        font-size: 10pt;
      }
      h1 {
        font-size: 16pt;
      }
      table {
        inline-size: 100%;
        margin-block-start: 1em;
        border-collapse: collapse;
      }
      thead {
        display: table-header-group;
      }
      tr {
        break-inside: avoid;
      }
      th, td {
        padding: 0.3em 0.5em;
        border-block-end: 1px solid #999;
        text-align: start;
        vertical-align: top;
      }
      .box {
        font-size: 14pt;
      }
    `,
  ];

  @property({ attribute: false }) uploads: readonly Upload[] = [];

  /** Prints a round, and has nothing of it on the page but for that. */
  async print(uploads: readonly Upload[]): Promise<void> {
    this.uploads = uploads;
    await this.updateComplete;
    window.print();
    this.uploads = [];
  }

  override render() {
    if (this.uploads.length === 0) return nothing;
    const trouble = this.uploads.filter(upload => standingOf(upload) === 'trouble');
    const rest = this.uploads.filter(upload => standingOf(upload) !== 'trouble');
    return html`
      <article>
        <h1>${msg('My round')}</h1>
        <p>${formatDate(Date.now())} · ${roundWords(this.uploads)}</p>
        <table>
          <thead>
            <tr>
              <th scope="col">${msg('Device')}</th>
              <th scope="col">${msg('File')}</th>
              <th scope="col">${msg('Decision')}</th>
              <th scope="col">${msg('What to do')}</th>
              <th scope="col">${msg('Loaded')}</th>
            </tr>
          </thead>
          <tbody>${[...trouble, ...rest].map(upload => this.#row(upload))}</tbody>
        </table>
      </article>
    `;
  }

  #row(upload: Upload) {
    const { device, what, decision, next } = printedWords(upload);
    return html`
      <tr>
        <td>${device}</td>
        <td>${what}</td>
        <td>${decision}</td>
        <td>${next}</td>
        <td class="box" aria-hidden="true">☐</td>
      </tr>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-round-print': LkRoundPrint;
  }
}
