import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  type DueList,
  type DueQuery,
  type DueStanding,
  dueQuerySchema,
  dueStandings,
} from '../../api/refresh.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { readQuery, writeQuery } from '../lists/list-query.ts';
import { TypedSearch } from '../lists/typed-search.ts';
import { UseConsole } from '../services/console-context.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import '../lists/lk-pager.ts';
import './lk-due-table.ts';
import './lk-refresh-save.ts';

/** Refresh files that are due: what has changed, and which devices are not known to have it. */
@customElement('lk-refresh-page')
@localized()
export class LkRefreshPage extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      .filters {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--lk-space-3);
      }
      .list {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--lk-space-3);
      }
      @container (max-width: 34rem) {
        .filters {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();
  @state() private chosen: ReadonlySet<string> = new Set();

  readonly #console = new UseConsole(this);
  readonly #due = new Task(this, {
    task: ([params]) => this.#console.api.refresh.due(new URLSearchParams(params)),
    args: () => [String(writeQuery(dueQuerySchema, this.#query))] as const,
    onComplete: () => {
      this.chosen = new Set();
    },
  });
  readonly #search = new TypedSearch(this, q => this.#show({ ...this.#query, q, page: 1 }));

  override render() {
    const chosen = this.#due.value?.items.filter(({ activationId }) => this.chosen.has(activationId)) ?? [];
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Refresh files')}>
          ${msg('Devices whose license has changed since the file that they are known to have.')}
        </lk-page-head>
        <search class="filters">${this.#searchField()} ${this.#standings()}</search>
        <section class="panel" aria-label=${msg('Save files')}>
          <lk-refresh-save .targets=${chosen} @lk-refresh-made=${() => void this.#due.run()}></lk-refresh-save>
        </section>
        ${taskView(this.#due, list => this.#list(list))}
      </div>
    `;
  }

  get #query(): DueQuery {
    return readQuery(dueQuerySchema, this.params);
  }

  #searchField() {
    return html`
      <input
        type="search"
        name="q"
        aria-label=${msg('Search devices')}
        placeholder=${msg('Customer, holder, name or number of a device')}
        autocomplete="off"
        spellcheck="false"
        .value=${this.#search.shown(this.#query.q)}
        @input=${this.#search.typed}
      >
    `;
  }

  #standings() {
    const { standing } = this.#query;
    const counts = this.#due.value?.counts;
    return html`
      <select name="standing" aria-label=${msg('Show')} @change=${this.#chooseStanding}>
        ${dueStandings.map(
          each => html`
            <option value=${each} .selected=${each === standing}>${standingText(each, counts?.[each])}</option>
          `,
        )}
      </select>
    `;
  }

  #list({ items, total, page, pageSize, counts }: DueList) {
    if (items.length === 0) return this.#empty(counts);
    return html`
      <div class="list" @lk-page=${this.#page} @lk-choose=${this.#choose}>
        <lk-due-table .devices=${items} .chosen=${this.chosen}></lk-due-table>
        <lk-pager .page=${page} .pageSize=${pageSize} .total=${total}></lk-pager>
      </div>
    `;
  }

  #empty({ made }: DueList['counts']) {
    if (this.#query.q !== '') {
      return html`<lk-empty icon="search" heading=${msg('Nothing found')}>${msg('Try fewer words.')}</lk-empty>`;
    }
    if (this.#query.standing === 'made') {
      return html`
        <lk-empty icon="refresh-cw" heading=${msg('Nothing is on its way')}>
          ${msg('A file that was made stands here until its device names it in a report.')}
        </lk-empty>
      `;
    }
    return html`
      <lk-empty icon="check" heading=${msg('No file is due')}>
        ${made > 0 ? msg('All that has changed is in a file. Some devices have not named theirs yet.') : msg('No license has changed since the file that its devices have.')}
      </lk-empty>
    `;
  }

  #show(query: DueQuery): void {
    const params = writeQuery(dueQuerySchema, query);
    this.#console.router.setQuery(params);
  }

  #chooseStanding({ target }: Event): void {
    const standing = dueStandings.find(each => target instanceof HTMLSelectElement && each === target.value);
    if (standing) this.#show({ ...this.#query, standing, page: 1 });
  }

  #choose({ detail }: CustomEvent<ReadonlySet<string>>): void {
    this.chosen = detail;
  }

  #page({ detail }: CustomEvent<number>): void {
    this.#show({ ...this.#query, page: detail });
  }
}

function standingText(standing: DueStanding, count: number | undefined): string {
  const amount = count === undefined ? '' : ` (${formatNumber(count)})`;
  if (standing === 'made') return msg(str`File made, not named by its device yet${amount}`);
  return msg(str`No file made yet${amount}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-refresh-page': LkRefreshPage;
  }
}
