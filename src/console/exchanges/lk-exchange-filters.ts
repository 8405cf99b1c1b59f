import { localized, msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  type ExchangeQuery,
  exchangeDecisions,
  exchangeKinds,
  exchangeQuerySchema,
} from '../../api/exchanges.ts';
import { DECISION_ERROR_CODES } from '../../errors.ts';
import { errorText } from '../../ui/texts/error-texts.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { decisionText, exchangeKindText } from '../layout/state-texts.ts';
import { readQuery } from '../lists/list-query.ts';
import { TypedSearch } from '../lists/typed-search.ts';

/**
 * Narrows a list of files.
 *
 * @fires lk-filter - Something was chosen; detail: what changes of the query.
 */
@customElement('lk-exchange-filters')
@localized()
export class LkExchangeFilters extends LitElement {
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

  @property({ attribute: false }) query: ExchangeQuery = readQuery(exchangeQuerySchema);

  readonly #search = new TypedSearch(this, device => this.#change({ device: device || undefined }));

  override render() {
    const { kind, decision, code, day, device } = this.query;
    return html`
      <search>
        <input
          type="search"
          aria-label=${msg('Device number')}
          placeholder=${msg('Device number, 12 digits')}
          autocomplete="off"
          spellcheck="false"
          .value=${this.#search.shown(device ?? '')}
          @input=${this.#search.typed}
        >
        ${this.#select(
          msg('Kind'),
          'kind',
          msg('All kinds'),
          exchangeKinds.map(each => [each, exchangeKindText(each)]),
          kind,
        )}
        ${this.#select(
          msg('Decision'),
          'decision',
          msg('All decisions'),
          exchangeDecisions.map(each => [each, decisionText(each).text]),
          decision,
        )}
        ${this.#select(
          msg('Reason of a refusal'),
          'code',
          msg('All reasons'),
          DECISION_ERROR_CODES.map(each => [each, errorText(each).text]),
          code,
        )}
        <input type="date" aria-label=${msg('Day in UTC')} max="9999-12-31" .value=${day ?? ''} @change=${this.#dayChosen}>
      </search>
    `;
  }

  #select(
    label: string,
    name: 'kind' | 'decision' | 'code',
    all: string,
    options: readonly (readonly [string, string])[],
    chosen: string | undefined,
  ) {
    return html`
      <select aria-label=${label} name=${name} @change=${({ target }: Event) => this.#chosen(name, target)}>
        <option value="" .selected=${!chosen}>${all}</option>
        ${options.map(([value, text]) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`)}
      </select>
    `;
  }

  #chosen(name: 'kind' | 'decision' | 'code', target: EventTarget | null): void {
    if (target instanceof HTMLSelectElement) this.#change({ [name]: target.value || undefined });
  }

  #dayChosen({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.#change({ day: target.value || undefined });
  }

  #change(detail: Partial<ExchangeQuery>): void {
    this.dispatchEvent(
      new CustomEvent<Partial<ExchangeQuery>>('lk-filter', { detail, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-exchange-filters': LkExchangeFilters;
  }
  interface HTMLElementEventMap {
    'lk-filter': CustomEvent<Partial<ExchangeQuery>>;
  }
}
