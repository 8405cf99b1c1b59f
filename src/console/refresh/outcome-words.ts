import { msg } from '@lit/localize';
import type { LicenseState } from '../../format/license.ts';
import { errorText } from '../../ui/texts/error-texts.ts';
import type { RefreshOutcome, RefreshTarget } from './make-refresh-files.ts';

/** What is to be said of one device. */
export interface OutcomeWords {
  device: string;
  text: string;
}

/** What a person has to know of a refresh file: that there is none, or that it locks; null when all is well. */
export function outcomeWords(outcome: RefreshOutcome): OutcomeWords | null {
  const device = deviceWords(outcome.target);
  if ('code' in outcome) {
    const { text, hint } = errorText(outcome.code, {});
    return { device, text: `${msg('No file was saved.')} ${text} ${hint}` };
  }
  return outcome.licenseState === null ? null : { device, text: lockText(outcome.licenseState) };
}

/** A device by its name and number. */
export function deviceWords({ deviceName, deviceNumber }: RefreshTarget): string {
  return deviceName === '' ? deviceNumber : `${deviceName} (${deviceNumber})`;
}

function lockText(state: LicenseState): string {
  const ended = msg('Its seat has ended. Its file locks the license there.');
  const texts: Readonly<Record<LicenseState, string>> = {
    disabled: msg('The license is disabled. Its file locks the license there.'),
    blocked: msg('The device is blocked. Its file locks the license there.'),
    released: ended,
    replaced: ended,
    ended,
  };
  return texts[state];
}
