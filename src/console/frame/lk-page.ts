import { localized, msg } from '@lit/localize';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles } from '../../ui/theme/base-styles.ts';
import type { Place } from '../services/router.ts';
import { addresses, type Route, routeOf } from '../services/routes.ts';
import '../audit/lk-audit-page.ts';
import '../csv/lk-import-page.ts';
import '../customers/lk-customer-page.ts';
import '../customers/lk-customers-page.ts';
import '../devices/lk-device-page.ts';
import '../devices/lk-devices-page.ts';
import '../exchanges/lk-exchanges-page.ts';
import '../handover/lk-handover-page.ts';
import '../issue/lk-issue-page.ts';
import '../layout/lk-empty.ts';
import '../layout/lk-page-head.ts';
import '../license/lk-license-page.ts';
import '../licenses/lk-licenses-page.ts';
import '../orders/lk-order-page.ts';
import '../orders/lk-orders-page.ts';
import '../overview/lk-overview-page.ts';
import '../policies/lk-policy-page.ts';
import '../products/lk-product-page.ts';
import '../products/lk-products-page.ts';
import '../refresh/lk-refresh-page.ts';
import '../support/lk-support-page.ts';
import '../users/lk-new-user-page.ts';
import '../users/lk-user-page.ts';
import '../users/lk-users-page.ts';

/** The page of a place. A page of another subject is a new element, so that nothing of the old one stays. */
@customElement('lk-page')
@localized()
export class LkPage extends LitElement {
  static override styles = [...baseStyles];

  @property({ attribute: false }) place: Place = { path: '/', query: new URLSearchParams() };

  override render() {
    const route = routeOf(this.place.path);
    return keyed(subjectOf(route), this.#page(route));
  }

  #page(route: Route) {
    const { query } = this.place;
    switch (route.page) {
      case 'overview':
        return html`<lk-overview-page></lk-overview-page>`;
      case 'support':
        return html`<lk-support-page .params=${query}></lk-support-page>`;
      case 'licenses':
        return html`<lk-licenses-page .params=${query}></lk-licenses-page>`;
      case 'issue':
        return html`<lk-issue-page
          product=${query.get('product') ?? ''}
          user=${query.get('user') ?? ''}
          bundled-with=${query.get('with') ?? ''}
          policy=${query.get('policy') ?? ''}
        ></lk-issue-page>`;
      case 'refresh-files':
        return html`<lk-refresh-page .params=${query}></lk-refresh-page>`;
      case 'users':
        return html`<lk-users-page .params=${query}></lk-users-page>`;
      case 'new-user':
        return html`<lk-new-user-page></lk-new-user-page>`;
      case 'user':
        return html`<lk-user-page .userId=${route.id}></lk-user-page>`;
      case 'import':
        return html`<lk-import-page></lk-import-page>`;
      case 'customers':
        return html`<lk-customers-page .params=${query}></lk-customers-page>`;
      case 'new-customer':
        return html`<lk-customer-page></lk-customer-page>`;
      case 'customer':
        return html`<lk-customer-page .customerId=${route.id} .params=${query}></lk-customer-page>`;
      case 'orders':
        return html`<lk-orders-page .params=${query}></lk-orders-page>`;
      case 'order':
        return html`<lk-order-page .orderId=${route.id} .params=${query}></lk-order-page>`;
      case 'devices':
        return html`<lk-devices-page .params=${query}></lk-devices-page>`;
      case 'device':
        return html`<lk-device-page .deviceId=${route.id}></lk-device-page>`;
      case 'audit':
        return html`<lk-audit-page .params=${query}></lk-audit-page>`;
      case 'exchanges':
        return html`<lk-exchanges-page .params=${query}></lk-exchanges-page>`;
      case 'handover':
        return html`<lk-handover-page .of=${route.of} .subjectId=${route.id} .params=${query}></lk-handover-page>`;
      case 'license':
        return html`<lk-license-page .licenseId=${route.id} .tab=${route.tab}></lk-license-page>`;
      case 'products':
        return html`<lk-products-page></lk-products-page>`;
      case 'new-product':
        return html`<lk-product-page></lk-product-page>`;
      case 'product':
        return html`<lk-product-page code=${route.code}></lk-product-page>`;
      case 'new-policy':
        return html`<lk-policy-page product=${route.code}></lk-policy-page>`;
      case 'policy':
        return html`<lk-policy-page .policyId=${route.id}></lk-policy-page>`;
      case 'unknown':
        return this.#unknown();
    }
  }

  #unknown() {
    return html`
      <div class="stack">
        <lk-page-head heading=${msg('This page is not there')}></lk-page-head>
        <lk-empty heading=${msg('Nothing at this address')}>
          ${msg('It may have been typed wrong, or be of another version of the console.')}
          <a slot="actions" class="button" href=${addresses.overview}>${msg('Go to the overview')}</a>
        </lk-empty>
      </div>
    `;
  }
}

function subjectOf(route: Route): string {
  if ('id' in route) return `${route.page} ${route.id}`;
  return 'code' in route ? `${route.page} ${route.code}` : route.page;
}

declare global {
  interface HTMLElementTagNameMap {
    'lk-page': LkPage;
  }
}
