import { msg } from '@lit/localize';
import type { ActivationState, DeviceState } from '../../api/devices.ts';
import type { Exchange } from '../../api/exchanges.ts';
import type { LicenseType, ResetPeriod } from '../../api/license-terms.ts';
import type { LicenseState } from '../../api/licenses.ts';
import type { FeatureType, ForkPolicy } from '../../api/products.ts';
import type { Tone } from '../../ui/layout/tone.ts';

/** A state in words and its tone. */
export interface StateText {
  text: string;
  tone: Tone;
}

/** How a license stands. */
export function licenseStateText(state: LicenseState): StateText {
  const texts: Record<LicenseState, StateText> = {
    active: { text: msg('Active'), tone: 'ok' },
    'not-started': { text: msg('Not started'), tone: 'accent' },
    grace: { text: msg('In grace'), tone: 'warn' },
    expired: { text: msg('Expired'), tone: 'bad' },
    disabled: { text: msg('Disabled'), tone: 'neutral' },
    deleted: { text: msg('Deleted'), tone: 'neutral' },
  };
  return texts[state];
}

/** What a license was issued as. */
export function licenseTypeText(type: LicenseType): string {
  const texts: Record<LicenseType, string> = {
    perpetual: msg('Perpetual'),
    'time-limited': msg('Time-limited'),
    subscription: msg('Subscription'),
    consumption: msg('Consumption'),
  };
  return texts[type];
}

/** How often a counter begins anew. */
export function resetPeriodText(period: ResetPeriod): string {
  const texts: Record<ResetPeriod, string> = {
    daily: msg('Every day'),
    weekly: msg('Every week'),
    monthly: msg('Every month'),
    annually: msg('Every year'),
  };
  return texts[period];
}

/** How an activation stands. */
export function activationStateText(state: ActivationState): StateText {
  const texts: Record<ActivationState, StateText> = {
    active: { text: msg('Active'), tone: 'ok' },
    deactivated: { text: msg('Deactivated'), tone: 'neutral' },
    released: { text: msg('Seat released'), tone: 'neutral' },
    replaced: { text: msg('Replaced'), tone: 'neutral' },
    refused: { text: msg('Refused so far'), tone: 'warn' },
  };
  return texts[state];
}

/** How a device stands. */
export function deviceStateText(state: DeviceState): StateText {
  const texts: Record<DeviceState, StateText> = {
    active: { text: msg('Active'), tone: 'ok' },
    'no-seat': { text: msg('No seat'), tone: 'neutral' },
    refused: { text: msg('Refused so far'), tone: 'warn' },
    blocked: { text: msg('Blocked'), tone: 'bad' },
    copied: { text: msg('Copy noticed'), tone: 'bad' },
  };
  return texts[state];
}

/** What a file was. */
export function exchangeKindText(kind: Exchange['kind']): string {
  const texts: Record<Exchange['kind'], string> = {
    'activation-request': msg('Activation request'),
    'usage-report': msg('Usage report'),
    deactivation: msg('Deactivation'),
    refresh: msg('Refresh file'),
  };
  return texts[kind];
}

/** What was decided about a file. */
export function decisionText(decision: Exchange['decision']): StateText {
  const texts: Record<Exchange['decision'], StateText> = {
    license: { text: msg('License'), tone: 'ok' },
    receipt: { text: msg('Receipt'), tone: 'ok' },
    refusal: { text: msg('Refused'), tone: 'bad' },
  };
  return texts[decision];
}

/** The type of a feature. */
export function featureTypeText(type: FeatureType): string {
  return type === 'activation' ? msg('On or off') : msg('Counted');
}

/** What is done about a second copy of a device. */
export function forkPolicyText(policy: ForkPolicy): string {
  const texts: Record<ForkPolicy, string> = {
    'refuse-copy': msg('Refuse the second copy, the first goes on'),
    'block-device': msg('Refuse it, and block the device until somebody has looked'),
    'note-only': msg('Serve both, and only note it'),
  };
  return texts[policy];
}
