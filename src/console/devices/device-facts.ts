import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import type { Device } from '../../api/devices.ts';
import type { Totals } from '../../api/licenses.ts';
import type { ProductFeature } from '../../api/products.ts';
import { formatDateTime, formatNumber } from '../../ui/texts/format-values.ts';
import { counterName } from '../license/usage.ts';

/** What is known of a device, as a list of facts, or of its seat alone. */
export function deviceFacts(device: Device, features: readonly ProductFeature[], of: 'device' | 'seat') {
  const online = device.activationType === 'online';
  const isRefused = device.state === 'refused';
  return html`
    <dl class="facts">
      ${of === 'device' ? seenFacts(device) : nothing}
      ${device.user === null ? nothing : fact(msg('Activated by'), device.user)}
      ${isRefused ? nothing : fact(msg('Activation'), online ? msg('Online') : msg('Offline, by file'))}
      ${of === 'device' ? saidFacts(device) : nothing}
      ${isRefused ? nothing : fact(msg('Newest license'), msg(str`Revision ${device.revision}`))}
      ${device.totals.map(totals => fact(msg(str`Used: ${counterName(totals.counter, features)}`), amount(totals)))}
    </dl>
  `;
}

/** When a device sent its files. */
export function seenFacts({ firstSeenAt, lastSeenAt }: Pick<Device, 'firstSeenAt' | 'lastSeenAt'>) {
  return [
    fact(msg('First seen'), formatDateTime(firstSeenAt * 1000)),
    fact(msg('Last seen'), formatDateTime(lastSeenAt * 1000)),
  ];
}

/** What a device says of itself. */
export function saidFacts({ appVersion, platform }: Pick<Device, 'appVersion' | 'platform'>) {
  return [
    fact(msg('App version'), appVersion || msg('Not said')),
    fact(msg('Platform'), platform || msg('Not said')),
  ];
}

/** One fact of a list. */
export function fact(name: string, value: string) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function amount({ used, givenBack }: Totals): string {
  const net = formatNumber(used - givenBack);
  return givenBack === 0 ? net : msg(str`${net} (${formatNumber(givenBack)} given back)`);
}
