import { localized, msg, str } from '@lit/localize';
import { Task, TaskStatus } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { LicenseController } from '../license-context.ts';
import { productText } from '../texts/product-text.ts';
import type { LicenseView } from '../views.ts';
import { renderFailure } from './failure.ts';
import '../../ui/layout/lk-card.ts';
import '../../ui/layout/lk-icon.ts';

/** Makes usage reports, which also ask for the newest license. Nothing without a license. */
@customElement('lk-usage')
@localized()
export class LkUsage extends LitElement {
  static override styles = [...baseStyles];

  readonly #license = new LicenseController(this);
  readonly #reporting = new Task(this, {
    autoRun: false,
    task: async ([licenseId]: readonly [string]) => {
      await this.#license.manager?.report(licenseId);
    },
  });

  override render() {
    const licenses = this.#license.manager?.licenses ?? [];
    if (licenses.length === 0) return nothing;
    const unreported = licenses.reduce((sum, license) => sum + license.unreported, 0);
    return html`
      <lk-card heading=${msg('Report and refresh')}>
        <p>
          ${unreportedText(unreported)}
          ${msg('A report also asks for the newest license: take it to the portal and load the answer.')}
        </p>
        ${this.#reporting.render({ error: renderFailure, complete: () => nothing })}
        ${licenses.map(license =>
          this.#button(license, licenses.length > 1 ? reportOf(license) : msg('Make a usage report')),
        )}
      </lk-card>
    `;
  }

  #button({ id }: LicenseView, text: string) {
    const isBusy = this.#reporting.status === TaskStatus.PENDING;
    return html`
      <button slot="actions" type="button" ?disabled=${isBusy} @click=${() => this.#reporting.run([id])}>
        <lk-icon name="refresh-cw"></lk-icon>${text}
      </button>
    `;
  }
}

function reportOf(license: LicenseView): string {
  return msg(str`Make a usage report of ${productText(license)}`);
}

function unreportedText(count: number): string {
  if (count === 0) return msg('The portal knows all that was used here.');
  if (count === 1) return msg('One entry of use is not confirmed by the portal yet.');
  return msg(str`${formatNumber(count)} entries of use are not confirmed by the portal yet.`);
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-usage': LkUsage;
  }
}
