import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { License } from '../../api/licenses.ts';
import type { Profile } from '../../api/profile.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { taskView } from '../layout/task-view.ts';
import type { ConsoleApi } from '../services/api/console-api.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/feedback/lk-notice.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import '../lists/lk-pager.ts';
import './lk-handover-sheet.ts';

/** Sheets that are shown, and so printed, at once. */
const PAGE_SIZE = 50;

interface Sheets {
  licenses: readonly License[];
  /** By the code of the product. */
  profiles: ReadonlyMap<string, Profile>;
  page: number;
  /** Of all pages. */
  total: number;
}

/** Handover sheets to print or to save as a PDF: of one license, or of each license of an order. */
@customElement('lk-handover-page')
@localized()
export class LkHandoverPage extends LitElement {
  static override styles = [
    baseStyles,
    pageStyles,
    css`
      @media print {
        .page {
          display: block;
        }
        .screen {
          display: none;
        }
        lk-handover-sheet + lk-handover-sheet {
          break-before: page;
        }
      }
    `,
  ];

  /** What the sheets are of. */
  @property({ attribute: false }) of: 'license' | 'order' = 'license';
  /** 32 hexadecimal digits. */
  @property({ attribute: false }) subjectId = '';
  @property({ attribute: false }) params = new URLSearchParams();

  readonly #console = new UseConsole(this);
  readonly #sheets = new Task(this, {
    task: ([of, id, page]) => readSheets(this.#console.api, { of, id, page }),
    args: () => [this.of, this.subjectId, this.#page] as const,
  });

  override render() {
    const isOfOrder = this.of === 'order';
    return html`
      <div class="page">
        <lk-page-head
          class="screen"
          heading=${isOfOrder ? msg('Handover sheets') : msg('Handover sheet')}
          back=${isOfOrder ? addresses.order(this.subjectId) : addresses.license(this.subjectId)}
          back-label=${isOfOrder ? msg('Order') : msg('License')}
        >
          ${msg('To print, or to save as a PDF in the dialog of the browser.')}
          <button slot="actions" type="button" class="primary" ?disabled=${!this.#sheets.value} @click=${() => print()}>
            ${msg('Print')}
          </button>
        </lk-page-head>
        ${taskView(this.#sheets, sheets => this.#content(sheets))}
      </div>
    `;
  }

  get #page(): number {
    return Math.max(1, Number.parseInt(this.params.get('page') ?? '1', 10) || 1);
  }

  #content({ licenses, profiles, page, total }: Sheets) {
    if (licenses.length === 0) {
      return html`<lk-empty heading=${msg('No license here')}>${msg('There is nothing to hand over.')}</lk-empty>`;
    }
    return html`
      <div class="screen stack">
        <lk-notice tone="warn">${holdsText(licenses)}</lk-notice>
        ${
          total > PAGE_SIZE
            ? html`<lk-pager .page=${page} .pageSize=${PAGE_SIZE} .total=${total} @lk-page=${this.#turn}></lk-pager>`
            : nothing
        }
      </div>
      ${licenses.map(
        license => html`
          <lk-handover-sheet .license=${license} .profile=${profiles.get(license.product) ?? null}></lk-handover-sheet>
        `,
      )}
    `;
  }

  #turn({ detail }: CustomEvent<number>): void {
    this.#console.router.setQuery(new URLSearchParams({ page: String(detail) }));
  }
}

async function readSheets(
  api: ConsoleApi,
  { of, id, page }: { of: 'license' | 'order'; id: string; page: number },
): Promise<Sheets> {
  const { ids, total } = of === 'license' ? { ids: [id], total: 1 } : await listOf(api, id, page);
  const licenses = await Promise.all(ids.map(each => api.licenses.read(each)));
  const profiles = new Map<string, Profile>();
  for (const product of new Set(licenses.map(license => license.product))) {
    profiles.set(product, await api.products.profile(product));
  }
  return { licenses, profiles, page, total };
}

async function listOf(api: ConsoleApi, inOrder: string, page: number) {
  const query = { inOrder, sort: 'created', order: 'asc', page: String(page), pageSize: String(PAGE_SIZE) };
  const { items, total } = await api.licenses.list(new URLSearchParams(query));
  return { ids: items.map(({ id }) => id), total };
}

/** What is on the paper, before it is printed. */
function holdsText(licenses: readonly License[]): string {
  const keys = licenses.filter(({ users }) => users === null).length;
  const rest = msg('Nothing else that is secret stands there.');
  if (keys === 0) return msg('User names stand on the sheet, and no password.');
  if (keys === 1 && licenses.length === 1) {
    return `${msg('The license key stands on the sheet: whoever has it can activate machines.')} ${rest}`;
  }
  return `${msg(str`License keys stand on ${formatNumber(keys)} of these sheets: whoever has one can activate machines.`)} ${rest}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-handover-page': LkHandoverPage;
  }
}
