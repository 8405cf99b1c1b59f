import { msg, str } from '@lit/localize';
import type { ErrorData } from '../errors.ts';
import type { License, LicenseType } from '../format/license.ts';
import type { LicenseStatus } from '../license/status.ts';
import type { IconName } from '../ui/layout/icons.ts';
import type { Tone } from '../ui/layout/tone.ts';
import { formatDate, formatDateTime } from '../ui/texts/format-values.ts';

/** A license and what the rules say of it. */
export interface StatedLicense {
  readonly claims: License;
  readonly status: LicenseStatus;
}

/** A sentence, and the next step; empty when there is none. */
export interface Words {
  readonly text: string;
  readonly hint: string;
}

/** What the status card says. */
export interface StatusText extends Words {
  readonly heading: string;
  readonly tone: Tone;
  readonly icon: IconName;
  /** The code whose text and hint stand in for the words. */
  readonly reason?: Reason;
}

export interface Reason {
  readonly code: string;
  readonly data: ErrorData;
}

/** Where a code speaks instead. */
export const NO_WORDS: Words = { text: '', hint: '' };

/** How a license stands on its device, in words. */
export function licenseText({ claims, status }: StatedLicense): StatusText {
  if (status.state === 'active') {
    const { expiresAtMs } = status;
    const text =
      expiresAtMs === null ? msg('The license has no end.') : untilText(claims.licenseType, expiresAtMs);
    return { heading: msg('Licensed'), text, hint: '', tone: 'ok', icon: 'circle-check' };
  }
  if (status.state === 'grace') return graceText(status);
  return { heading: msg('Needs attention'), ...attentionText(status), tone: 'bad', icon: 'circle-alert' };
}

function untilText(type: LicenseType, expiresAtMs: number): string {
  const day = formatDate(expiresAtMs);
  if (type === 'subscription') return msg(str`The subscription is paid until ${day}.`);
  return msg(str`The license is good until ${day}.`);
}

function graceText({ expiresAtMs, graceEndsAtMs }: LicenseStatus): StatusText {
  const ended = formatDate(expiresAtMs ?? 0);
  const stops = formatDateTime(graceEndsAtMs ?? 0);
  return {
    heading: msg('In grace'),
    text: msg(str`The license ended on ${ended}. Everything stops on ${stops}.`),
    hint: msg('Ask the vendor for a refresh file and load it before then.'),
    tone: 'warn',
    icon: 'clock',
  };
}

function attentionText({ state, reason }: LicenseStatus): Words & { reason?: Reason } {
  if (state === 'not-started') {
    return {
      text: msg('The license has not begun yet.'),
      hint: msg('It begins by itself on the day that the vendor set.'),
    };
  }
  if (state === 'report-overdue') {
    return {
      text: msg('The license asks for usage reports, and the last one is too long ago.'),
      hint: msg('Make a usage report, take it to the portal and load the answer.'),
    };
  }
  return { ...NO_WORDS, reason: { code: reason ?? 'LICENSE_LOCKED', data: {} } };
}
