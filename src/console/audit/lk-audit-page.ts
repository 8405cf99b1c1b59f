import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type AuditPage, type AuditQuery, auditQuerySchema } from '../../api/audit.ts';
import { consolePaths } from '../../api/paths.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { filterStyles } from '../lists/filter-styles.ts';
import { readQuery, writeQuery } from '../lists/list-query.ts';
import { stretchView } from '../lists/list-views.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/layout/lk-icon.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import './lk-audit-filters.ts';
import './lk-audit-table.ts';
import './lk-audit-verify.ts';

/** Who did what, newest first, and whether the log is as it was written. What is filtered stands in the address. */
@customElement('lk-audit-page')
@localized()
export class LkAuditPage extends LitElement {
  static override styles = [baseStyles, pageStyles, filterStyles];

  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();

  readonly #console = new UseConsole(this);
  readonly #products = new Task(this, { task: () => this.#console.api.products.list(), args: () => [] });
  readonly #entries = new Task(this, {
    task: ([params]) => this.#console.api.audit.list(new URLSearchParams(params)),
    args: () => [String(writeQuery(auditQuerySchema, this.#query))] as const,
  });

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Audit log')}>
          ${msg('What people and the portal did. Entries are added, never changed and never taken out.')}
          <a slot="actions" class="button" href=${consolePaths.exportAudit} download>
            <lk-icon name="download"></lk-icon>${msg('Export as JSON lines')}
          </a>
        </lk-page-head>
        <lk-audit-verify .newest=${this.#entries.value?.newest ?? null}></lk-audit-verify>
        <lk-audit-filters
          .query=${this.#query}
          .products=${this.#products.value?.items ?? []}
          @lk-filter-audit=${this.#filter}
        ></lk-audit-filters>
        ${taskView(this.#entries, page => this.#list(page))}
      </div>
    `;
  }

  get #query(): AuditQuery {
    return readQuery(auditQuerySchema, this.params);
  }

  #list({ items, next, lookedUntil }: AuditPage) {
    if (items.length === 0 && next === null) return this.#empty();
    return stretchView({
      table: items.length === 0 ? null : html`<lk-audit-table .entries=${items}></lk-audit-table>`,
      nothingFound: msg('No such entry among those that were looked at.'),
      lookedUntil,
      links: [
        ...(this.#query.before ? [this.#link(undefined, msg('Newest entries'))] : []),
        ...(next === null
          ? []
          : [
              this.#link(
                String(next),
                lookedUntil === null ? msg('Older entries') : msg('Look further back'),
              ),
            ]),
      ],
    });
  }

  #link(before: string | undefined, text: string) {
    const query = writeQuery(auditQuerySchema, { ...this.#query, before });
    return html`<a class="button" href="${addresses.audit}?${query}">${text}</a>`;
  }

  #empty() {
    return html`
      <lk-empty icon="search" heading=${msg('No such entry')}>
        ${msg('Nobody did this, or not then.')}
        <button slot="actions" type="button" @click=${() => this.#show(readQuery(auditQuerySchema))}>${msg('Show all entries')}</button>
      </lk-empty>
    `;
  }

  #filter({ detail }: CustomEvent<Partial<AuditQuery>>): void {
    this.#show({ ...this.#query, ...detail, before: undefined });
  }

  #show(query: AuditQuery): void {
    this.#console.router.setQuery(writeQuery(auditQuerySchema, query));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-audit-page': LkAuditPage;
  }
}
