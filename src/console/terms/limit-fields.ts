import { msg } from '@lit/localize';
import { html } from 'lit';
import type { Limits, ResetPeriod } from '../../api/license-terms.ts';
import type { FieldProblem } from '../../api/problem.ts';
import { countField, limitField, selectField, tickField } from '../fields/fields.ts';
import { resetPeriodText } from '../layout/state-texts.ts';

/** The limits of one counter in a form. */
export interface LimitFields {
  /** Path of the limits in what is sent. */
  path: string;
  limits: Limits;
  problem: FieldProblem | null;
  /** Whether each field explains itself; once is enough on a page. */
  hasHints: boolean;
  onLimits: (changed: Partial<Limits>) => void;
}

/** Fields for what a counter may reach, and when it begins anew. */
export function limitFields({ path, limits, problem, hasHints, onLimits }: LimitFields) {
  const field = (name: keyof Limits, label: string, hint: string) => {
    return { name: `${path}.${name}`, label, problem, hint: hasHints ? hint : undefined };
  };
  return html`
    ${limitField({
      ...field('maximum', msg('Maximum'), msg('In all, over all devices.')),
      value: limits.maximum,
      start: 100,
      onValue: maximum => onLimits({ maximum }),
    })}
    ${countField({
      ...field('overageMaximum', msg('Overage'), msg('Allowed past the maximum; 0 is none.')),
      value: limits.overageMaximum,
      disabled: limits.maximum === null,
      onValue: overageMaximum => onLimits({ overageMaximum }),
    })}
    ${selectField({
      ...field(
        'resetPeriod',
        msg('Begins anew'),
        msg('The maximum is then for each day, week, month or year.'),
      ),
      value: limits.resetPeriod ?? '',
      options: [['', msg('Never')], ...periods.map(period => [period, resetPeriodText(period)] as const)],
      onValue: value => onLimits({ resetPeriod: periods.find(period => period === value) ?? null }),
    })}
    ${limitField({
      ...field(
        'share',
        msg('Share of each device'),
        msg(
          'Most that a device may have unused with it: several that are offline never pass the maximum together, once each has a license with a share.',
        ),
      ),
      value: limits.share,
      min: 1,
      start: 10,
      unlimited: msg('Each may use all that is left'),
      onValue: share => onLimits({ share }),
    })}
    ${tickField({
      ...field('mayBeNegative', msg('May be negative'), msg('More can be given back than was used.')),
      value: limits.mayBeNegative,
      onValue: mayBeNegative => onLimits({ mayBeNegative }),
    })}
  `;
}

const periods: readonly ResetPeriod[] = ['daily', 'weekly', 'monthly', 'annually'];
