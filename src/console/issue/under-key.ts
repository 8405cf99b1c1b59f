import { msg, str } from '@lit/localize';
import { html } from 'lit';
import type { License } from '../../api/licenses.ts';
import { addresses } from '../services/routes.ts';
import '../../ui/feedback/lk-notice.ts';
import '../layout/lk-empty.ts';

/** Says under whose key the new license will be. */
export function underKeyOf({ productName, key }: License) {
  return html`
    <lk-notice>
      ${msg(str`The license will be under the key of ${productName}, ${key}. It gets no key of its own, and has terms and seats of its own.`)}
    </lk-notice>
  `;
}

/** Says that no product is left for this key. */
export function allUnderKey({ id }: License) {
  return html`
    <lk-empty icon="package" heading=${msg('Every product is under this key already')}>
      ${msg('A key licenses each product once. To change one of them, open its license.')}
      <a slot="actions" class="button primary" href=${addresses.license(id)}>${msg('Open the license')}</a>
    </lk-empty>
  `;
}
