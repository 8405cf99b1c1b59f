import { consolePaths } from '../../../../src/api/paths.ts';
import { createPolicySchema, editPolicySchema, type Policy } from '../../../../src/api/policies.ts';
import { parseFields } from '../../../../src/api/problem.ts';
import { commonTerms } from '../../../../src/console/terms/terms-model.ts';
import type { ReceivedCall } from '../fake-server.ts';
import { idOf, now, pressStudio, sampleLicense } from '../samples.ts';

type Answer = { status: number; body?: unknown };

/** A subscription of a year, with a feature. */
export const yearly: Policy = {
  id: idOf(800),
  product: pressStudio.code,
  name: 'Yearly',
  type: 'subscription',
  trial: true,
  terms: {
    ...commonTerms(sampleLicense(1).terms),
    validityDays: 365,
    graceHours: 48,
    features: [{ code: 'color', expiresAt: null, limits: null }],
  },
  version: 1,
  licenseCount: 3,
  createdAt: now,
  updatedAt: now,
};

/** What the API answers about policies; null: it is about something else. */
export function answerPolicies(policies: Policy[], { method, path, body }: ReceivedCall): Answer | null {
  if (path === consolePaths.allPolicies) return { status: 200, body: { items: policies } };
  const [, product] = /\/products\/([\w-]+)\/policies$/.exec(path) ?? [];
  if (product !== undefined) {
    if (method === 'POST') return create(policies, product, body);
    return { status: 200, body: { items: policies.filter(policy => policy.product === product) } };
  }
  const index = policies.findIndex(({ id }) => path.startsWith(consolePaths.policy(id)));
  const policy = policies[index];
  if (!policy) return null;
  if (path === consolePaths.deletePolicy(policy.id)) {
    policies.splice(index, 1);
    return { status: 204 };
  }
  return method === 'PUT' ? edit(policy, body) : { status: 200, body: policy };
}

function create(policies: Policy[], product: string, body: unknown): Answer {
  const checked = parseFields(createPolicySchema, body);
  if ('problem' in checked) return { status: 400, body: { code: 'FIELD_REFUSED', data: checked.problem } };
  if (policies.some(({ name }) => name === checked.fields.name)) {
    return { status: 409, body: { code: 'ALREADY_EXISTS', data: { field: 'name' } } };
  }
  const policy = { ...yearly, ...checked.fields, id: idOf(800 + policies.length), product, licenseCount: 0 };
  policies.push(policy);
  return { status: 201, body: policy };
}

function edit(policy: Policy, body: unknown): Answer {
  const checked = parseFields(editPolicySchema, body);
  if ('problem' in checked) return { status: 400, body: { code: 'FIELD_REFUSED', data: checked.problem } };
  const { version } = policy;
  if (checked.fields.version !== version)
    return { status: 409, body: { code: 'EDIT_CONFLICT', data: { version } } };
  Object.assign(policy, checked.fields, { version: version + 1 });
  return { status: 200, body: policy };
}
