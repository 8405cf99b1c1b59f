import { msg, str } from '@lit/localize';
import { html } from 'lit';
import type { LicenseTerms } from '../../api/license-terms.ts';
import type { FieldProblem } from '../../api/problem.ts';
import { limitField, selectField } from '../fields/fields.ts';

/** Whether any counter of a license begins anew. */
export function hasPeriods({ limits, features }: LicenseTerms): boolean {
  return [limits, ...features.map(feature => feature.limits)].some(each => each?.resetPeriod != null);
}

/** Fields for when periods begin, and how many of them may open without the vendor. */
export function periodFields(
  { utcOffset, maxOpenPeriods }: LicenseTerms,
  problem: FieldProblem | null,
  onTerms: (changed: Partial<LicenseTerms>) => void,
) {
  return html`
    <fieldset>
      <legend>${msg('Periods')}</legend>
      <div class="columns">
        ${selectField({
          name: 'terms.utcOffset',
          label: msg('Time zone'),
          hint: msg('Periods begin at its midnight, the same all year: summer time does not move them.'),
          problem,
          value: String(utcOffset),
          options: offsets.map(minutes => [String(minutes), offsetText(minutes)] as const),
          onValue: value => onTerms({ utcOffset: Number(value) }),
        })}
        ${limitField({
          name: 'terms.maxOpenPeriods',
          label: msg('Periods without a new license file'),
          hint: msg('So many begin on a device that is offline; then it has to report.'),
          problem,
          value: maxOpenPeriods,
          min: 1,
          start: 12,
          onValue: value => onTerms({ maxOpenPeriods: value }),
        })}
      </div>
    </fieldset>
  `;
}

/** A time zone as people write it: "UTC+05:30". */
export function offsetText(minutes: number): string {
  if (minutes === 0) return msg('UTC');
  const size = Math.abs(minutes);
  const two = (number: number) => String(number).padStart(2, '0');
  const clock = `${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return minutes < 0 ? msg(str`UTC−${clock}`) : msg(str`UTC+${clock}`);
}

/** In use somewhere: every whole hour, and those between. */
const between = [-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765];
const offsets = [...Array.from({ length: 27 }, (_, hour) => hour * 60 - 720), ...between].sort(
  (a, b) => a - b,
);
