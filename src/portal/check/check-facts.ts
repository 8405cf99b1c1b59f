import { msg, str } from '@lit/localize';
import { toHex } from '../../bytes/hex.ts';
import type { Feature, Total } from '../../format/claims.ts';
import type { License, LicenseType } from '../../format/license.ts';
import type { Receipt } from '../../format/receipt.ts';
import type { Refusal } from '../../format/refusal.ts';
import { deviceNumber } from '../../license/device-number.ts';
import { errorText } from '../../ui/texts/error-texts.ts';
import { formatDate, formatDateTime, formatNumber } from '../../ui/texts/format-values.ts';
import type { CheckedFile } from '../../verify/check.ts';

const SECONDS_PER_HOUR = 3_600;

/** A line of what a file says: its name and its value. */
export type Fact = readonly [name: string, value: string];

/** What a file says, for people; nothing of what was not verified. */
export function checkFacts(file: CheckedFile): Fact[] {
  if (file.verdict !== 'verified') return [];
  if (file.kind === 'license') return licenseFacts(file.claims);
  return file.kind === 'receipt' ? receiptFacts(file.claims) : refusalFacts(file.claims);
}

function licenseFacts(claims: License): Fact[] {
  const {
    product,
    productName,
    deviceId,
    deviceName,
    holder,
    features = [],
    startsAt,
    maintenanceUntil,
  } = claims;
  const number = deviceNumber(deviceId);
  return [
    [msg('Product'), productName ? `${productName} (${product})` : product],
    [msg('Device'), deviceName ? `${deviceName}, ${number}` : number],
    ...optional(msg('Licensed to'), holder),
    [
      msg('Kind of license'),
      claims.trial ? `${typeName(claims.licenseType)}, ${msg('trial')}` : typeName(claims.licenseType),
    ],
    ...optional(msg('Begins'), startsAt && day(startsAt)),
    [msg('Good until'), endOf(claims)],
    ...optional(msg('Covers versions released until'), maintenanceUntil && day(maintenanceUntil)),
    ...optional(msg('Consumption'), claims.limits && ceiling(claims.limits.maximum)),
    ...(features.length > 0 ? ([[msg('Features'), features.map(featureText).join('; ')]] as const) : []),
    [msg('Revision'), String(claims.revision)],
    [msg('Issued'), moment(claims.issuedAt)],
    [msg('License number'), toHex(claims.licenseId)],
    [msg('Activation'), toHex(claims.activationId)],
  ];
}

function receiptFacts({
  deviceId,
  issuedAt,
  consumption,
  licenseId,
  activationId,
  requestId,
}: Receipt): Fact[] {
  const { totals, sequence } = consumption;
  return [
    [msg('Device'), deviceNumber(deviceId)],
    [msg('Confirmed by the portal'), moment(issuedAt)],
    [
      msg('Final consumption'),
      totals.length > 0 ? totals.map(totalText).join('; ') : msg('Nothing was counted'),
    ],
    [msg('Entries counted'), formatNumber(sequence)],
    [msg('License number'), toHex(licenseId)],
    [msg('Activation'), toHex(activationId)],
    [msg('Deactivation'), toHex(requestId)],
  ];
}

function refusalFacts({ code, data = {}, deviceId, issuedAt }: Refusal): Fact[] {
  return [
    [msg('Reason'), `${errorText(code, data).text} (${code})`],
    ...optional(msg('Device'), deviceId && deviceNumber(deviceId)),
    [msg('Refused'), moment(issuedAt)],
  ];
}

function optional(name: string, value: string | undefined | 0): Fact[] {
  return value ? [[name, value]] : [];
}

function endOf({ expiresAt, graceHours = 0 }: License): string {
  if (expiresAt === undefined) return msg('No end');
  const until = day(expiresAt);
  return graceHours > 0
    ? msg(str`${until}, then in grace until ${day(expiresAt + graceHours * SECONDS_PER_HOUR)}`)
    : until;
}

function featureText({ code, name = code, expiresAt, limits }: Feature): string {
  const until = expiresAt === undefined ? '' : ` ${msg(str`until ${day(expiresAt)}`)}`;
  const most = limits === undefined ? '' : `, ${ceiling(limits.maximum)}`;
  return `${name}${until}${most}`;
}

function ceiling(maximum: number | undefined): string {
  return maximum === undefined ? msg('without a maximum') : msg(str`at most ${formatNumber(maximum)}`);
}

function totalText({ counter, used, givenBack }: Total): string {
  const amount =
    givenBack > 0
      ? msg(str`${formatNumber(used)} used, ${formatNumber(givenBack)} given back`)
      : msg(str`${formatNumber(used)} used`);
  return counter === '' ? amount : `${counter}: ${amount}`;
}

function typeName(type: LicenseType): string {
  const names: Readonly<Record<LicenseType, () => string>> = {
    perpetual: () => msg('Perpetual'),
    'time-limited': () => msg('Time-limited'),
    subscription: () => msg('Subscription'),
    consumption: () => msg('By consumption'),
  };
  return names[type]();
}

function day(seconds: number): string {
  return formatDate(seconds * 1000);
}

function moment(seconds: number): string {
  return formatDateTime(seconds * 1000);
}
