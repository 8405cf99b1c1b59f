import { Hono } from 'hono';
import { defaultTerms, type PolicyTerms, policyProblem } from '../../../../api/license-terms.ts';
import { consolePaths } from '../../../../api/paths.ts';
import {
  createPolicySchema,
  editPolicySchema,
  type Policy,
  type PolicyList,
} from '../../../../api/policies.ts';
import type { Bytes } from '../../../../bytes/bytes.ts';
import { toHex } from '../../../../bytes/hex.ts';
import { createPolicy, deletePolicy, editPolicy, nobodys } from '../../../../issue/administer/policies.ts';
import { notFound } from '../../../../issue/administer/required.ts';
import { type ListedPolicy, listPolicies } from '../../../db/console/policy-queries.ts';
import { fieldRefused, readJson } from '../../request/body.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import { type ConsolePortal, idParam } from '../console-env.ts';
import { termsFields, termsOf } from '../licenses/license-view.ts';

/** List, create, edit and delete the policies of products. */
export function createPolicyRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.get(consolePaths.allPolicies, async context => {
    const items = (await listPolicies(portal.database.db)).map(toPolicy);
    return context.json({ items } satisfies PolicyList);
  });
  app.get(consolePaths.policies(':code'), async context => {
    const product = context.req.param('code') ?? '';
    const items = (await listPolicies(portal.database.db, { product })).map(toPolicy);
    return context.json({ items } satisfies PolicyList);
  });
  app.post(consolePaths.policies(':code'), async context => {
    const product = context.req.param('code') ?? '';
    const policy = checked(await readJson(context.req.raw, createPolicySchema));
    const { id } = await portal.administer(context.get('account').email, (records, administration) =>
      createPolicy({ ...policy, product }, records, administration),
    );
    return context.json(await viewPolicy(portal, id), 201);
  });
  app.get(consolePaths.policy(':id'), async context => {
    return context.json(await viewPolicy(portal, idParam(context.req.param('id'), 16)));
  });
  app.put(consolePaths.policy(':id'), async context => {
    const policyId = idParam(context.req.param('id'), 16);
    const policy = checked(await readJson(context.req.raw, editPolicySchema));
    await portal.administer(context.get('account').email, (records, administration) =>
      editPolicy({ ...policy, policyId }, records, administration),
    );
    return context.json(await viewPolicy(portal, policyId));
  });
  app.post(consolePaths.deletePolicy(':id'), async context => {
    const policyId = idParam(context.req.param('id'), 16);
    await portal.administer(context.get('account').email, (records, administration) =>
      deletePolicy(policyId, records, administration),
    );
    return context.body(null, 204);
  });
  return app;
}

/** The policy as the rules take it. @throws LatchkeyError FIELD_REFUSED - for terms that do not go with its type */
function checked<Fields extends { type: Policy['type']; terms: PolicyTerms }>({ terms, ...fields }: Fields) {
  const problem = policyProblem(fields.type, terms);
  if (problem) throw fieldRefused(problem);
  return { ...fields, terms: termsOf({ ...defaultTerms(), ...terms }) };
}

async function viewPolicy({ database }: ConsolePortal, id: Bytes): Promise<Policy> {
  const [policy] = await listPolicies(database.db, { id });
  if (policy === undefined) throw notFound('policy');
  return toPolicy(policy);
}

function toPolicy({ id, terms, createdAtS, updatedAtS, ...policy }: ListedPolicy): Policy {
  const { startsAt, expiresAt, customer, holder, note, ...common } = termsFields({ ...nobodys, ...terms });
  return { ...policy, id: toHex(id), terms: common, createdAt: createdAtS, updatedAt: updatedAtS };
}
