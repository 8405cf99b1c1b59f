import { msg, str } from '@lit/localize';
import type { Preview, Sight } from '../../api/preview.ts';
import { fromBase64url } from '../../bytes/base64url.ts';
import { decodeLicense, type License } from '../../format/license.ts';
import { type CounterStatus, counterStatus, LICENSE_COUNTER } from '../../license/consumption/remaining.ts';
import { matchFingerprint } from '../../license/node-lock.ts';
import {
  type FeatureStatus,
  featureStatus,
  type LicenseStatus,
  licenseStatus,
} from '../../license/status.ts';
import type { LicenseStatusInput } from '../../license/validity.ts';
import { amountText } from '../../ui/feedback/lk-bar.ts';
import { errorText } from '../../ui/texts/error-texts.ts';
import { formatDate, formatDateTime, formatNumber } from '../../ui/texts/format-values.ts';
import { counterDetails, featureEndText, featureStateText } from '../../words/feature-words.ts';
import { licenseText } from '../../words/license-words.ts';
import { noticeText } from '../../words/notice-words.ts';

/** What a device shows of one thing before an edit and after; empty: nothing. */
export interface SightRow {
  name: string;
  before: string;
  after: string;
}

/** What a device would show, in the order of its pages. By the rules and in the words of the device itself. */
export function sightRows({ before, after }: Preview): SightRow[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const names = [...now.keys(), ...[...old.keys()].filter(name => !now.has(name))];
  return names.map(name => ({ name, before: old.get(name) ?? '', after: now.get(name) ?? '' }));
}

/** A device on which nothing is wrong, at the moment at which the file is made. */
function inputOf({ license, totals, periods }: Sight): LicenseStatusInput {
  const claims = decodeLicense(fromBase64url(license));
  return {
    license: claims,
    deviceTimeMs: claims.issuedAt * 1000,
    clockSetBack: false,
    totals,
    periods,
    nodeLock: matchFingerprint(undefined, new Uint8Array()),
  };
}

function linesOf(sight: Sight): Map<string, string> {
  const input = inputOf(sight);
  const { license: claims, deviceTimeMs } = input;
  const status = licenseStatus(input);
  const own = counterStatus(claims, LICENSE_COUNTER, input, deviceTimeMs);
  return new Map([
    [msg('Status'), statusLine(claims, status)],
    ...endLines(claims, status),
    ...(claims.holder ? [[msg('Licensed to'), claims.holder] as const] : []),
    ...Object.entries(claims.customFields ?? {}),
    ...(own ? [[msg('Use of the license'), counterLine(own, claims.limits?.overageMaximum)] as const] : []),
    ...(claims.features ?? []).map(({ code, limits }) => featureLine(featureStatus(input, code), limits)),
  ]);
}

function statusLine(claims: License, status: LicenseStatus): string {
  const { heading, text, reason } = licenseText({ claims, status });
  const said = reason ? errorText(reason.code, reason.data).text : text;
  const notices = status.notices.map(notice => noticeText({ claims, status }, notice)).filter(Boolean);
  const trial = claims.trial ? [msg('Trial license.')] : [];
  return [`${heading}.`, said, ...trial, ...notices].join(' ');
}

/** What the device does on a day that is still to come. */
function endLines({ graceHours = 0, maintenanceUntil, startsAt }: License, status: LicenseStatus) {
  const { state, graceEndsAtMs } = status;
  const lines: [string, string][] = [];
  if (state === 'not-started' && startsAt !== undefined)
    lines.push([msg('Begins'), formatDateTime(startsAt * 1000)]);
  if (graceHours > 0 && graceEndsAtMs !== null && state === 'active')
    lines.push([msg('In grace'), msg(str`After the end, until ${formatDateTime(graceEndsAtMs)}`)]);
  if (maintenanceUntil !== undefined) {
    const day = formatDate(maintenanceUntil * 1000);
    lines.push([msg('Updates'), msg(str`Versions released until ${day}`)]);
  }
  return lines;
}

function featureLine(feature: FeatureStatus, limits: License['limits']): [name: string, text: string] {
  const { name, code, expiresAtMs, state, consumption } = feature;
  const counted = consumption ? [counterLine(consumption, limits?.overageMaximum)] : [];
  const end = expiresAtMs === null ? [] : [`${featureEndText(expiresAtMs, state)}.`];
  const isCounting = consumption !== null && feature.unlocked;
  const standing = isCounting ? [] : [`${featureStateText(feature)}.`];
  return [name ?? code, [...standing, ...end, ...counted].join(' ')];
}

function counterLine(status: CounterStatus, overage = 0): string {
  const amount = `${amountText(Math.max(0, status.total), status.maximum)}.`;
  const past =
    overage > 0 && status.maximum !== null ? [msg(str`${formatNumber(overage)} more are allowed.`)] : [];
  return [amount, ...past, ...counterDetails(status)].join(' ');
}
