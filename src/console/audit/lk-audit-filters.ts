import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type AuditQuery, auditQuerySchema } from '../../api/audit.ts';
import type { Product } from '../../api/products.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { readQuery } from '../lists/list-query.ts';
import { TypedSearch } from '../lists/typed-search.ts';
import { actionTexts } from './audit-texts.ts';

/**
 * Narrows the audit log.
 *
 * @fires lk-filter-audit - Something was chosen; detail: what changes of the query.
 */
@customElement('lk-audit-filters')
@localized()
export class LkAuditFilters extends LitElement {
  static override styles = [
    baseStyles,
    css`
      search {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(10.5rem, 100%), 1fr));
        gap: var(--lk-space-3);
      }
    `,
  ];

  @property({ attribute: false }) query: AuditQuery = readQuery(auditQuerySchema);
  @property({ attribute: false }) products: readonly Product[] = [];

  readonly #actor = new TypedSearch(this, actor => this.#change({ actor: actor || undefined }));
  readonly #device = new TypedSearch(this, device => this.#change({ device: device || undefined }));
  readonly #license = new TypedSearch(this, text => this.#licenseTyped(text));

  override render() {
    const { actor, device, license } = this.query;
    return html`
      <search>
        ${this.#text(msg('Who'), msg('E-mail address'), this.#actor, actor)}
        ${this.#select(msg('What'), 'action', msg('All actions'), Object.entries(actionTexts()))}
        <input type="date" aria-label=${msg('Day in UTC')} max="9999-12-31" .value=${this.query.day ?? ''} @change=${this.#dayChosen}>
        ${this.#text(msg('Device number'), msg('Device number'), this.#device, device)}
        ${this.#text(msg('Number of the license'), msg('Number of the license'), this.#license, license)}
        ${this.#select(
          msg('Product'),
          'product',
          msg('All products'),
          this.products.map(({ code, name }) => [code, name]),
        )}
      </search>
    `;
  }

  #text(label: string, placeholder: string, search: TypedSearch, value = '') {
    return html`
      <input
        type="search"
        aria-label=${label}
        placeholder=${placeholder}
        autocomplete="off"
        spellcheck="false"
        .value=${search.shown(value)}
        @input=${search.typed}
      >
    `;
  }

  #select(
    label: string,
    name: 'action' | 'product',
    all: string,
    options: readonly (readonly [string, string])[],
  ) {
    const chosen = this.query[name];
    return html`
      <select aria-label=${label} name=${name} @change=${({ target }: Event) => this.#chosen(name, target)}>
        <option value="" .selected=${!chosen}>${all}</option>
        ${options.map(([value, text]) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`)}
      </select>
    `;
  }

  #chosen(name: 'action' | 'product', target: EventTarget | null): void {
    if (target instanceof HTMLSelectElement) this.#change({ [name]: target.value || undefined });
  }

  #dayChosen({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.#change({ day: target.value || undefined });
  }

  /** Half a number finds nothing, and is not asked for. */
  #licenseTyped(text: string): void {
    const license = text.toLowerCase();
    if (/^([0-9a-f]{32})?$/.test(license)) this.#change({ license: license || undefined });
  }

  #change(detail: Partial<AuditQuery>): void {
    this.dispatchEvent(
      new CustomEvent<Partial<AuditQuery>>('lk-filter-audit', { detail, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-audit-filters': LkAuditFilters;
  }
  interface HTMLElementEventMap {
    'lk-filter-audit': CustomEvent<Partial<AuditQuery>>;
  }
}
