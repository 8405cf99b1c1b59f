import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import type { Device } from '../../api/devices.ts';
import type { Totals } from '../../api/licenses.ts';
import type { ProductFeature } from '../../api/products.ts';
import { formatDateTime, formatNumber } from '../../ui/texts/format-values.ts';
import { counterName } from './usage.ts';

/** What is known of a device, as a list of facts. */
export function deviceFacts(device: Device, features: readonly ProductFeature[]) {
  const online = device.activationType === 'online';
  const isRefused = device.state === 'refused';
  return html`
    <dl class="facts">
      ${fact(msg('First seen'), formatDateTime(device.firstSeenAt * 1000))}
      ${fact(msg('Last seen'), formatDateTime(device.lastSeenAt * 1000))}
      ${device.user === null ? nothing : fact(msg('Activated by'), device.user)}
      ${isRefused ? nothing : fact(msg('Activation'), online ? msg('Online') : msg('Offline, by file'))}
      ${fact(msg('App version'), device.appVersion || msg('Not said'))}
      ${fact(msg('Platform'), device.platform || msg('Not said'))}
      ${isRefused ? nothing : fact(msg('Newest license'), msg(str`Revision ${device.revision}`))}
      ${device.totals.map(totals => fact(msg(str`Used: ${counterName(totals.counter, features)}`), amount(totals)))}
    </dl>
  `;
}

function fact(name: string, value: string) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function amount({ used, givenBack }: Totals): string {
  const net = formatNumber(used - givenBack);
  return givenBack === 0 ? net : msg(str`${net} (${formatNumber(givenBack)} given back)`);
}
