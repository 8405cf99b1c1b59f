import { msg, str } from '@lit/localize';
import type { LicenseType } from '../format/license.ts';
import type { Notice } from '../license/notices.ts';
import type { LicenseStatus, LicenseStatusState } from '../license/status.ts';
import { formatDate } from '../ui/texts/format-values.ts';
import type { StatedLicense } from './license-words.ts';
import { signalName } from './signal-texts.ts';

/** What the status card says already, with the next step, once it locks the license. */
const saidByStatus: Partial<Record<LicenseStatusState, Notice['kind']>> = {
  'clock-set-back': 'clock-set-back',
  'issuer-compromised': 'issuer-compromised',
  'report-overdue': 'report-due',
  'version-not-covered': 'maintenance-ended',
};

/** What is worth telling ahead of time, in one sentence; empty where the words of the license say it already. */
export function noticeText({ claims, status }: StatedLicense, notice: Notice): string {
  if (saidByStatus[status.state] === notice.kind) return '';
  switch (notice.kind) {
    case 'clock-set-back':
      return msg('The clock of this device looks wrong. Please set date and time.');
    case 'expires-soon':
      return endText(claims.licenseType, formatDate(notice.atMs));
    case 'in-grace':
      return '';
    case 'report-due':
      return msg(str`A usage report is due. Without one the license stops on ${formatDate(notice.atMs)}.`);
    case 'issuer-compromised':
      return msg(
        str`The vendor has replaced its keys. Load a new license before ${formatDate(notice.atMs)}.`,
      );
    case 'maintenance-ended':
      return msg(
        str`Updates ended on ${formatDate(notice.atMs)}: later versions of the app are not covered.`,
      );
    case 'signals-changed':
      return changedText(notice.changed.map(signalName).join(', '), status);
    case 'overage':
      return msg(str`${counterName(notice.counter)}: more is used than is included.`);
    case 'share-used-up':
      return msg(
        str`${counterName(notice.counter)}: the share of this device is used up. Report the use to get more.`,
      );
    case 'period-held':
      return msg(
        str`${counterName(notice.counter)}: without a new license file it does not begin anew. Make a usage report.`,
      );
    case 'used-up':
      return msg(
        str`${counterName(notice.counter)}: all is used up. Report the use, or ask the vendor for more.`,
      );
  }

  function counterName(counter: string): string {
    if (counter === '') return msg('License');
    return claims.features?.find(({ code }) => code === counter)?.name ?? counter;
  }
}

/** What is to be done in time before the end. */
function endText(type: LicenseType, day: string): string {
  if (type !== 'subscription')
    return msg(str`The license ends on ${day}. Ask the vendor for a refresh file in time.`);
  return msg(
    str`The subscription is paid until ${day}. Once it is renewed, load the refresh file, or make a report.`,
  );
}

/** Which signals changed; what to do about too many of them is the status card's to say. */
function changedText(names: string, { state }: LicenseStatus): string {
  const text = msg(str`This device has changed since it was licensed: ${names}.`);
  return state === 'device-changed' ? text : `${text} ${msg('Nothing to do.')}`;
}
