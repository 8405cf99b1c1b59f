import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Support, SupportMatch } from '../../api/support.ts';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import { nameOf } from '../licenses/lk-license-table.ts';
import { TypedSearch } from '../lists/typed-search.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import { readCallerText } from './caller-text.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import './lk-support-case.ts';

/** While someone is calling: one box for the number that they read, and what there is to say and do. */
@customElement('lk-support-page')
@localized()
export class LkSupportPage extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      search {
        display: grid;
        gap: var(--lk-space-2);
      }
      label {
        font-weight: 600;
      }
      #caller {
        max-inline-size: 28rem;
        min-block-size: 3.5rem;
        font-size: 1.5rem;
        font-variant-numeric: tabular-nums;
        letter-spacing: 0.04em;
      }
      .hint {
        min-block-size: 1.5em;
      }
      .wrong {
        color: var(--lk-bad);
      }
      ul {
        display: grid;
        gap: var(--lk-space-4);
      }
      .matches {
        gap: 0;
      }
      .matches li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--lk-space-1) var(--lk-space-4);
        padding-block: var(--lk-space-3);
        border-block-end: var(--lk-line-width) solid var(--lk-line);
      }
      .matches a {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--lk-target);
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** The query of the page's address. */
  @property({ attribute: false }) params = new URLSearchParams();
  @state() private text = '';

  readonly #console = new UseConsole(this);
  readonly #support = new Task(this, {
    task: async ([q]) => (q === '' ? null : this.#console.api.support.find(q)),
    args: () => [this.#asked] as const,
  });
  readonly #search = new TypedSearch(this, text => {
    const read = readCallerText(text);
    const q = 'q' in read ? read.q : '';
    if (q !== this.#q) this.#console.router.setQuery(new URLSearchParams(q ? { q } : {}));
  });

  override connectedCallback(): void {
    super.connectedCallback();
    // The box takes the focus, not the heading: somebody is on the telephone.
    this.#console.router.wantsFocus = false;
    this.text = this.#q;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Support')}>${msg('While someone is calling: find their device, see why, and help at once.')}</lk-page-head>
        ${this.#box()}
        ${taskView(this.#support, found => (found === null ? nothing : this.#found(found)))}
      </div>
    `;
  }

  get #q(): string {
    return this.params.get('q') ?? '';
  }

  /** What is worth looking for. */
  get #asked(): string {
    const read = readCallerText(this.#q);
    return 'q' in read ? read.q : '';
  }

  #box() {
    const read = readCallerText(this.text);
    return html`
      <search>
        <label for="caller">${msg('Type the number the caller reads')}</label>
        <input
          id="caller"
          inputmode="numeric"
          autocomplete="off"
          spellcheck="false"
          enterkeyhint="search"
          placeholder="4829 1307 7502"
          aria-describedby="hint"
          aria-invalid=${read.kind === 'wrong'}
          .value=${this.text}
          @input=${this.#typed}
          @keydown=${this.#keyDown}
        >
        <p id="hint" class="hint quiet-text ${read.kind === 'wrong' ? 'wrong' : ''}" role="status">${hintFor(this.text)}</p>
      </search>
    `;
  }

  #found({ cases, matches, portals }: Support) {
    if (matches.length > 0) return this.#matches(matches);
    if (cases.length === 0) return this.#nothing(portals);
    return html`
      ${cases.length > 1 ? html`<p role="status">${msg(str`${cases.length} licenses or devices go by this number. Ask for the name.`)}</p>` : nothing}
      <ul @lk-license-changed=${() => void this.#support.run()}>
        ${repeat(
          cases,
          ({ device, license }) => `${device.deviceId} ${license.id}`,
          each => html`<li><lk-support-case .case=${each}></lk-support-case></li>`,
        )}
      </ul>
    `;
  }

  #matches(matches: readonly SupportMatch[]) {
    return html`
      <div class="panel">
        <h2>${msg('Which of these devices?')}</h2>
        <ul class="matches">
          ${matches.map(
            match => html`
              <li>
                <a href=${`${addresses.support}?q=${encodeURIComponent(match.deviceNumber)}`} @click=${() => this.#take(match)}>
                  ${match.name || msg('Device without a name')} · ${nameOf({ ...match, id: '' })}, ${match.productName}
                </a>
                <span class="quiet-text"><span class="mono">${match.deviceNumber}</span> · ${msg(str`Last seen ${formatDateTime(match.lastSeenAt * 1000)}`)}</span>
              </li>
            `,
          )}
        </ul>
      </div>
    `;
  }

  #nothing(portals: readonly string[]) {
    const [portal = ''] = portals;
    if (readCallerText(this.#asked).kind !== 'number') {
      return html`
        <lk-empty heading=${msg('No device of this name or key')}>
          ${msg('Nothing has arrived for it. Ask for the number at the foot of the device’s screen.')}
        </lk-empty>
      `;
    }
    return html`
      <lk-empty icon="monitor" heading=${msg('Nothing from this machine has arrived')}>
        ${msg('Has the stick been to')} <a href=${portal} target="_blank" rel="noopener">${portal.replace(/^https?:\/\//, '')}</a>?
        ${msg('If it has, the portal said then what was wrong: a file with a wrong key or password leaves nothing here.')}
      </lk-empty>
    `;
  }

  #take({ deviceNumber }: SupportMatch): void {
    this.text = deviceNumber;
  }

  readonly #typed = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) this.text = event.target.value;
    this.#search.typed(event);
  };

  #keyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.#search.now();
  }
}

function hintFor(text: string): string {
  const read = readCallerText(text);
  switch (read.kind) {
    case 'empty':
      return msg('It stands at the foot of the device’s screen. A license key or a name does too.');
    case 'begun':
      return msg(str`${read.digits} of 12 digits`);
    case 'wrong':
      return msg('This cannot be the number: ask for it once more.');
    default:
      return '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-support-page': LkSupportPage;
  }
}
