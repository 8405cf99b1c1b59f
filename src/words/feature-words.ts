import { msg, str } from '@lit/localize';
import type { CounterStatus } from '../license/consumption/remaining.ts';
import type { FeatureStatus } from '../license/status.ts';
import { formatDate, formatDateTime, formatNumber } from '../ui/texts/format-values.ts';

/** Whether a feature may be used. */
export function featureStateText({ unlocked }: FeatureStatus): string {
  return unlocked ? msg('Included') : msg('Locked');
}

/** When a feature ends, or ended. */
export function featureEndText(expiresAtMs: number, state: FeatureStatus['state']): string {
  const date = formatDate(expiresAtMs);
  return state === 'expired' ? msg(str`Ended on ${date}`) : msg(str`Until ${date}`);
}

/** What a bar cannot show: the share of this device, and when it begins anew. */
export function counterDetails({ share, period, total }: CounterStatus): string[] {
  const left = share === null ? [] : [msg(str`${formatNumber(share)} left for this device.`)];
  const credit = total < 0 ? [msg(str`${formatNumber(-total)} more were given back than used.`)] : [];
  const endsAtMs = period?.endsAtMs ?? null;
  const next = endsAtMs === null ? [] : [msg(str`Begins anew on ${formatDateTime(endsAtMs)}.`)];
  return [...left, ...credit, ...next];
}
