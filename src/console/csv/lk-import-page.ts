import { localized, msg, str } from '@lit/localize';
import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Issued, OrderedLicense } from '../../api/orders.ts';
import type { Policy } from '../../api/policies.ts';
import { LatchkeyError } from '../../errors.ts';
import type { FilesDetail } from '../../ui/files/lk-file-drop.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import type { RunEnd } from '../bulk/lk-issue-run.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView, taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { addresses } from '../services/routes.ts';
import { faultText } from './fault-text.ts';
import {
  type CheckedRows,
  checkRows,
  type ImportFile,
  orderOfFile,
  readImport,
  withAnswers,
} from './import-file.ts';
import '../../ui/feedback/lk-notice.ts';
import '../../ui/feedback/lk-progress.ts';
import '../../ui/feedback/lk-refusal.ts';
import '../../ui/files/lk-file-drop.ts';
import '../bulk/lk-issue-run.ts';
import '../layout/lk-page-head.ts';
import './lk-import-check.ts';
import './lk-import-help.ts';
import './lk-import-result.ts';

/** Where an import stands. */
type Step =
  | { at: 'choose'; fault?: unknown; text?: string }
  | { at: 'read'; done: number; total: number }
  | { at: 'ask' | 'checked' | 'import'; rows: CheckedRows; licenses: readonly OrderedLicense[] }
  | { at: 'ended'; rows: CheckedRows; outcomes: readonly Issued[]; licenses: readonly OrderedLicense[] };

const maxBytes = 16 * 1024 * 1024;

/** Imports licenses from a CSV file: looks at every row first, then issues those that are good. */
@customElement('lk-import-page')
@localized()
export class LkImportPage extends LitElement {
  static override styles = [baseStyles, pageStyles];

  @state() private step: Step = { at: 'choose' };

  #file: ImportFile | null = null;
  #name = '';
  #order = '';
  readonly #console = new UseConsole(this);
  readonly #products = new Task(this, { task: () => this.#console.api.products.list(), args: () => [] });

  override render() {
    return html`
      <div class="page">
        <lk-page-head heading=${msg('Import licenses')} back=${addresses.licenses} back-label=${msg('Licenses')}>
          ${msg('From a CSV file. Every row is looked at before anything is written.')}
        </lk-page-head>
        ${taskView(this.#products, ({ items }) => this.#content(items[0]?.code ?? ''))}
      </div>
    `;
  }

  #content(product: string) {
    const { step } = this;
    switch (step.at) {
      case 'choose':
        return this.#choose(step, product);
      case 'read':
        return this.#panel(
          html`<lk-progress label=${msg('Reading the rows')} .value=${step.done} .total=${step.total}></lk-progress>`,
        );
      case 'ask':
        return this.#panel(this.#run(step.licenses, true, msg('Asking the server about the rows')));
      case 'checked':
        return this.#checked(step.rows);
      case 'import':
        return this.#panel(this.#run(step.licenses, false, msg('Issuing licenses')));
      case 'ended':
        return html`<lk-import-result
          .rows=${step.rows}
          .licenses=${step.licenses}
          .outcomes=${step.outcomes}
          @lk-import=${() => this.#import(step.rows)}
          @lk-import-nothing=${this.#startOver}
        ></lk-import-result>`;
    }
  }

  #choose({ fault, text }: Extract<Step, { at: 'choose' }>, product: string) {
    return html`
      ${text ? html`<lk-notice tone="danger">${text}</lk-notice>` : nothing}
      ${fault ? refusalView(fault) : nothing}
      <lk-file-drop
        label=${msg('Drop a CSV file here')}
        hint=${msg('Up to 5,000 licenses with a key each.')}
        accept=".csv,.txt"
        max-bytes=${maxBytes}
        @lk-files=${({ detail }: CustomEvent<FilesDetail>) => void this.#take(detail)}
      ></lk-file-drop>
      <section class="panel"><lk-import-help product=${product}></lk-import-help></section>
    `;
  }

  #panel(content: unknown) {
    return html`<section class="panel"><h2>${this.#name}</h2>${content}</section>`;
  }

  #run(licenses: readonly OrderedLicense[], isTrial: boolean, label: string) {
    return html`<lk-issue-run
      label=${label}
      ?trial=${isTrial}
      .licenses=${licenses}
      @lk-run-ended=${({ detail }: CustomEvent<RunEnd>) => this.#ended(detail.outcomes)}
    ></lk-issue-run>`;
  }

  #checked(rows: CheckedRows) {
    return html`<lk-import-check
      name=${this.#name}
      order=${this.#order}
      .checked=${rows}
      @lk-import=${() => this.#import(rows)}
      @lk-import-nothing=${this.#startOver}
      @lk-import-order=${({ detail }: CustomEvent<string>) => {
        this.#order = detail || orderOfFile(this.#name);
        void this.#check();
      }}
    ></lk-import-check>`;
  }

  async #take({ files: [file] }: FilesDetail): Promise<void> {
    if (!file) return;
    if (file.bytes === null) {
      this.step = { at: 'choose', fault: new LatchkeyError(file.code, 'not read', { data: file.data }) };
      return;
    }
    const read = readImport(file.bytes);
    if ('fault' in read) {
      this.step = { at: 'choose', text: faultText(read.fault) };
      return;
    }
    this.#file = read.file;
    this.#name = file.name;
    this.#order = orderOfFile(file.name);
    await this.#check();
  }

  async #check(): Promise<void> {
    const file = this.#file;
    if (!file) return;
    const total = file.rows.length;
    this.step = { at: 'read', done: 0, total };
    try {
      const policies = await this.#policiesOf(file);
      const rows = await checkRows(file, { order: this.#order, policies }, done => {
        this.step = { at: 'read', done, total };
      });
      const licenses = rows.good.map(({ license }) => license);
      this.step = { at: licenses.length > 0 ? 'ask' : 'checked', rows, licenses };
    } catch (fault) {
      this.step = { at: 'choose', fault };
    }
  }

  /** Of the products whose policies the rows name. */
  async #policiesOf({ rows }: ImportFile): Promise<Policy[]> {
    const named = new Set(rows.flatMap(({ cells }) => (cells.policy ? [cells.product] : [])));
    const known = this.#products.value?.items.filter(({ code }) => named.has(code)) ?? [];
    const lists = await Promise.all(known.map(({ code }) => this.#console.api.policies.list(code)));
    return lists.flatMap(({ items }) => items);
  }

  #import(rows: CheckedRows): void {
    this.step = { at: 'import', rows, licenses: rows.good.map(({ license }) => license) };
  }

  /** A look that was stopped is worth nothing; an import that was stopped has done what it has done. */
  #ended(outcomes: readonly Issued[]): void {
    const { step } = this;
    if (step.at === 'ask') {
      const isWhole = outcomes.length === step.licenses.length;
      this.step = isWhole
        ? { ...step, at: 'checked', rows: withAnswers(step.rows, outcomes) }
        : { at: 'choose' };
    } else if (step.at === 'import') {
      this.step = { ...step, at: 'ended', outcomes };
      const count = formatNumber(outcomes.filter(({ outcome }) => outcome === 'issued').length);
      this.#console.announce(msg(str`${count} licenses are issued.`));
    }
  }

  #startOver(): void {
    this.#file = null;
    this.step = { at: 'choose' };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-import-page': LkImportPage;
  }
}
