import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { LicenseTerms } from '../../api/license-terms.ts';
import type { FieldProblem } from '../../api/problem.ts';
import { countField, limitField } from '../fields/fields.ts';

/** How often a device that lost its storage gets its seat again without a person, and how alike it has to be. */
export function rebindFields(
  { maxRebinds, rebindLikeness }: LicenseTerms,
  problem: FieldProblem | null,
  onTerms: (changed: Partial<LicenseTerms>) => void,
) {
  return html`
    <div class="columns">
      ${limitField({
        name: 'terms.maxRebinds',
        label: msg('Rebinds without a person'),
        hint: msg(
          'How often, in all, a machine that lost its storage takes its seat again by itself when no seat is left; 0: a person decides. Machines of one model look alike, and the device that had the seat goes on until its next file.',
        ),
        problem,
        value: maxRebinds,
        start: 1,
        onValue: changed => onTerms({ maxRebinds: changed }),
      })}
      ${
        maxRebinds === 0
          ? nothing
          : countField({
              name: 'terms.rebindLikeness',
              label: msg('How alike, in percent'),
              hint: msg(
                'Of what both machines told of themselves, 60 to 100. A new screen or more memory leave 90, a new graphics card 70.',
              ),
              problem,
              value: rebindLikeness,
              onValue: changed => onTerms({ rebindLikeness: changed }),
            })
      }
    </div>
  `;
}
