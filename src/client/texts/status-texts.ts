import { msg, str } from '@lit/localize';
import { formatDateTime } from '../../ui/texts/format-values.ts';
import { licenseText, NO_WORDS, type StatusText } from '../../words/license-words.ts';
import type { LicenseView, RequestView } from '../views.ts';

/** Where a device stands, in words: its license, or how far it is on the way to one. */
export function statusText(license: LicenseView | null, requests: readonly RequestView[]): StatusText {
  if (license) return licenseText(license);
  const [request] = requests.filter(({ kind }) => kind === 'activation-request');
  return request ? waitingText(request) : unlicensedText();
}

function unlicensedText(): StatusText {
  return {
    heading: msg('Not licensed'),
    text: msg('This device has no license yet.'),
    hint: msg(
      'Enter it below: a license key, or your user name and password. You get a file to take to the portal.',
    ),
    tone: 'neutral',
    icon: 'lock',
  };
}

function waitingText({ savedAtMs, refusal }: RequestView): StatusText {
  if (refusal) {
    const heading = msg('The portal said no');
    return { heading, ...NO_WORDS, reason: refusal, tone: 'warn', icon: 'circle-alert' };
  }
  const text =
    savedAtMs === null
      ? msg('The request file is ready to be saved.')
      : msg(str`The request file was saved on ${formatDateTime(savedAtMs)}.`);
  return {
    heading: msg('Waiting for the portal'),
    text,
    hint: msg('Take the file to the portal and bring the answer back.'),
    tone: 'accent',
    icon: 'hourglass',
  };
}
