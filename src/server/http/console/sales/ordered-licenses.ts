import { issueProblem } from '../../../../api/license-terms.ts';
import { type Issued, type OrderedLicense, orderedLicenseSchema } from '../../../../api/orders.ts';
import { type FieldProblem, fieldRules, parseFields } from '../../../../api/problem.ts';
import { fromHex, toHex } from '../../../../bytes/hex.ts';
import type { LatchkeyError } from '../../../../errors.ts';
import { type Issued as IssuedInOrder, issueInOrders } from '../../../../issue/administer/orders.ts';
import { formatLicenseKey } from '../../../../license/license-key.ts';
import { type ConsolePortal, nowOf } from '../console-env.ts';
import { termsOf } from '../licenses/license-view.ts';

type Checked = { readonly license: OrderedLicense } | { readonly problem: FieldProblem };

/** Issues a group of licenses in their orders, or says what would come of it. */
export async function issueGroup(
  { licenses, isTrial }: { licenses: readonly unknown[]; isTrial: boolean },
  portal: ConsolePortal,
  actor: string,
): Promise<Issued[]> {
  const nowS = nowOf(portal);
  const checked = licenses.map(license => check(license, nowS));
  const sound = checked.flatMap(each => ('license' in each ? [each.license] : []));
  const asked = sound.map(({ terms, policyId, ...license }) => {
    return { ...license, policyId: policyId === null ? null : fromHex(policyId), terms: termsOf(terms) };
  });
  const issued = await portal.administer(actor, (records, administration) =>
    issueInOrders({ licenses: asked, isTrial }, records, administration),
  );
  const rest = issued.values();
  return checked.map(each => ('problem' in each ? refused(each.problem) : view(rest.next().value)));
}

function check(license: unknown, nowS: number): Checked {
  const parsed = parseFields(orderedLicenseSchema, license);
  if ('problem' in parsed) return parsed;
  const { type, terms } = parsed.fields;
  const problem = issueProblem(type, terms, nowS);
  return problem ? { problem } : { license: parsed.fields };
}

function view(issued: IssuedInOrder | undefined): Issued {
  if (issued === undefined) throw new TypeError('expected an outcome for each license');
  if (issued.outcome === 'good') return { outcome: 'good' };
  if (issued.outcome === 'refused') return refused(problemOf(issued.reason));
  const { outcome, license, key } = issued;
  return { outcome, id: toHex(license.id), key: key ? formatLicenseKey(key) : '' };
}

/** What is not there of a license is its product. */
function problemOf({ code, data }: LatchkeyError): FieldProblem {
  if (code === 'NOT_FOUND') return { field: 'product', rule: 'not-allowed' };
  const rule = fieldRules.find(each => each === data.rule) ?? 'not-allowed';
  return { field: String(data.field ?? ''), rule };
}

function refused(problem: FieldProblem): Issued {
  return { outcome: 'refused', ...problem };
}
