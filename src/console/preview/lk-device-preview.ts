import { localized, msg } from '@lit/localize';
import { Task } from '@lit/task';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Device } from '../../api/devices.ts';
import type { LicenseTerms } from '../../api/license-terms.ts';
import type { License } from '../../api/licenses.ts';
import { type Preview, previewSchema } from '../../api/preview.ts';
import { parseFields } from '../../api/problem.ts';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import { fieldProblemOf, fieldRefused } from '../fields/field-texts.ts';
import { selectField } from '../fields/fields.ts';
import { formStyles } from '../fields/form-styles.ts';
import { pageStyles } from '../layout/page-styles.ts';
import { refusalView, taskView } from '../layout/task-view.ts';
import { UseConsole } from '../services/console-context.ts';
import { sightRows } from './sight-rows.ts';
import './lk-preview-table.ts';

/** How long nothing is typed before the server is asked. */
const pauseMs = 300;

/** What a device of a license will show once the terms are saved and it has loaded its refresh file. */
@customElement('lk-device-preview')
@localized()
export class LkDevicePreview extends LitElement {
  static override styles = [
    baseStyles,
    formStyles,
    pageStyles,
    css`
      :host {
        container-type: inline-size;
      }
    `,
  ];

  @property({ attribute: false }) license: License | null = null;
  /** As they are typed. */
  @property({ attribute: false }) terms: LicenseTerms | null = null;
  /** The activation whose device is looked at; empty: the first one. */
  @state() private activationId = '';

  readonly #console = new UseConsole(this);
  readonly #devices = new Task(this, {
    task: async ([id]) => (id ? (await this.#console.api.licenses.devices(id)).items : []).filter(isActive),
    args: () => [this.license?.id] as const,
  });
  readonly #preview = new Task(this, {
    task: async ([license, terms, activationId], { signal }) => {
      if (!license || !terms || !activationId) return null;
      await new Promise(resolve => setTimeout(resolve, pauseMs));
      signal.throwIfAborted();
      return this.#ask(license, terms, activationId);
    },
    args: () => [this.license, this.terms, this.#chosen] as const,
  });

  override render() {
    return html`
      <section class="panel" aria-labelledby="heading">
        <h2 id="heading">${msg('What the device will see')}</h2>
        ${taskView(this.#devices, devices => this.#content(devices))}
      </section>
    `;
  }

  get #chosen(): string {
    return this.activationId || (this.#devices.value?.[0]?.activationId ?? '');
  }

  #content(devices: readonly Device[]) {
    if (devices.length === 0) {
      return html`<p>${msg('No device has this license. The first one starts with what is saved then.')}</p>`;
    }
    return html`
      <p class="quiet-text">
        ${msg('Nothing changes on a device until it loads a refresh file that was made after saving, or makes its next report.')}
      </p>
      ${devices.length > 1 ? this.#choice(devices) : ''}
      ${this.#preview.render({
        initial: () => this.#shown(),
        pending: () => this.#shown(),
        complete: () => this.#shown(),
        error: error => refused(error),
      })}
    `;
  }

  #choice(devices: readonly Device[]) {
    return selectField({
      name: 'device',
      label: msg('Device'),
      value: this.#chosen,
      options: devices.map(
        ({ activationId, name, deviceNumber }) =>
          [activationId ?? '', name ? `${name}, ${deviceNumber}` : deviceNumber] as const,
      ),
      onValue: id => {
        this.activationId = id;
      },
    });
  }

  /** While it is asked anew, what was said before stays. */
  #shown() {
    const preview = this.#preview.value;
    return preview ? html`<lk-preview-table .rows=${sightRows(preview)}></lk-preview-table>` : '';
  }

  #ask({ id }: License, terms: LicenseTerms, activationId: string): Promise<Preview> {
    const checked = parseFields(previewSchema, { terms, activationId });
    if ('problem' in checked) throw fieldRefused(checked.problem);
    return this.#console.api.licenses.preview(id, checked.fields);
  }
}

function isActive({ state }: Device): boolean {
  return state === 'active';
}

/** The form shows which field it is, once somebody saves. */
function refused(error: unknown) {
  if (!fieldProblemOf(error)) return refusalView(error);
  return html`<p>${msg('A field is not right yet, so nothing can be shown.')}</p>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-device-preview': LkDevicePreview;
  }
}
