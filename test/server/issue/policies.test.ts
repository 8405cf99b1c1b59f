import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { LatchkeyError } from '../../../src/errors.ts';
import { createLicense, editLicense } from '../../../src/issue/administer/licenses.ts';
import {
  createPolicy,
  deletePolicy,
  editPolicy,
  type NewPolicy,
  requirePolicy,
} from '../../../src/issue/administer/policies.ts';
import { createProduct, editProduct } from '../../../src/issue/administer/products.ts';
import { features, PRODUCT, type TestPortal, terms, testPortal } from '../support/test-portal.ts';

const actor = 'owner@example';

const limits = { maximum: 50, overageMaximum: 5 };

const yearly: NewPolicy = {
  name: 'Yearly',
  type: 'subscription',
  trial: false,
  terms: {
    ...terms,
    validityDays: 365,
    graceHours: 48,
    features: [{ code: 'pages', expiresAtS: null, limits }],
  },
};

const create = (portal: TestPortal, changes: Partial<NewPolicy> = {}, product = PRODUCT) =>
  portal.administer(actor, (records, context) =>
    createPolicy({ ...yearly, ...changes, product }, records, context),
  );

const edit = (portal: TestPortal, edited: Parameters<typeof editPolicy>[0]) =>
  portal.administer(actor, (records, context) => editPolicy(edited, records, context));

function refusesWith(code: string, data: object = {}) {
  return (error: unknown) => {
    assert(error instanceof LatchkeyError);
    assert.deepEqual([error.code, error.data], [code, data]);
    return true;
  };
}

/** What the audit log says of policies, the oldest first. */
async function audited({ database }: TestPortal): Promise<string[]> {
  const entries = database.db.selectFrom('audit').select(['action', 'product', 'changed']);
  const rows = await entries.orderBy('sequence').execute();
  const ofPolicies = rows.filter(({ action }) => action.startsWith('policy.'));
  return ofPolicies.map(
    ({ action, product, changed }) => `${action} ${product} ${JSON.parse(changed).join()}`,
  );
}

/** A portal where a license was issued from a policy. */
async function issuedFromPolicy(t: TestContext) {
  const portal = await testPortal(t);
  const policy = await create(portal);
  const { license } = await portal.administer(actor, (records, context) => {
    const fixed = { product: PRODUCT, type: policy.type, trial: policy.trial, policyId: policy.id };
    const own = { holder: 'Yard 4', customer: 'Shipyard', note: '', startsAtS: null, expiresAtS: null };
    return createLicense({ ...fixed, terms: { ...policy.terms, ...own } }, records, context);
  });
  return { portal, policy, license };
}

suite('createPolicy()', () => {
  test('keeps type, trial and whole terms, without what belongs to one customer', async t => {
    const portal = await testPortal(t);
    const { id } = await create(portal);
    const kept = await portal.administer(actor, records => requirePolicy(id, records));
    assert.deepEqual([kept.name, kept.type, kept.trial, kept.version], ['Yearly', 'subscription', false, 1]);
    assert.deepEqual(kept.terms, {
      validityDays: 365,
      graceHours: 48,
      maintenanceUntilS: null,
      reportWithin: null,
      maxActivations: 1,
      maxUsers: null,
      devicesPerUser: null,
      maxTransfers: null,
      maxRebinds: 0,
      rebindLikeness: 90,
      allowOffline: true,
      preventVm: false,
      maxOpenPeriods: null,
      utcOffset: 0,
      customFields: {},
      metadata: {},
      limits: null,
      features: [
        {
          code: 'pages',
          expiresAtS: null,
          limits: { ...limits, resetPeriod: null, mayBeNegative: false, share: null },
        },
      ],
    });
    assert.deepEqual(await audited(portal), [`policy.create ${PRODUCT} Yearly`]);
  });

  test('refuses a product that there is not, and a name twice in one product alone', async t => {
    const portal = await testPortal(t);
    await portal.administer(actor, (records, context) =>
      createProduct({ code: 'cutter', name: 'Cutter', features }, records, context),
    );
    await create(portal);
    await create(portal, {}, 'cutter');
    await assert.rejects(create(portal), refusesWith('ALREADY_EXISTS', { field: 'name' }));
    await assert.rejects(create(portal, {}, 'missing'), refusesWith('NOT_FOUND'));
  });

  test('names what goes with neither type nor product', async t => {
    const portal = await testPortal(t);
    const strange = [{ code: 'telepathy', expiresAtS: null, limits: null }];
    const cases: [Partial<NewPolicy>, string, string][] = [
      [{ terms: { ...terms, features: strange } }, 'terms.features.0.code', 'not-allowed'],
      [{ terms: { ...terms, limits } }, 'terms.limits', 'not-allowed'],
      [{ type: 'consumption', terms }, 'terms.limits', 'required'],
    ];
    for (const [changes, field, rule] of cases) {
      await assert.rejects(create(portal, changes), refusesWith('FIELD_REFUSED', { field, rule }));
    }
    assert.deepEqual(await audited(portal), []);
  });
});

suite('editPolicy()', () => {
  test('changes the policy, and no license that was issued from it', async t => {
    const { portal, policy, license } = await issuedFromPolicy(t);
    const changed = { ...yearly, name: 'Yearly plus', terms: { ...yearly.terms, graceHours: 0 } };
    await edit(portal, { ...changed, policyId: policy.id, version: 1 });
    assert.deepEqual(await portal.license(license.id), license);
    assert.deepEqual((await audited(portal))[1], `policy.edit ${PRODUCT} Yearly plus,name,graceHours`);
  });

  test('refuses an edit of what somebody else has changed meanwhile, and the name of another', async t => {
    const portal = await testPortal(t);
    const { id: policyId } = await create(portal);
    const other = await create(portal, { name: 'Monthly' });
    await edit(portal, { ...yearly, policyId, version: 1 });
    const late = edit(portal, { ...yearly, policyId, version: 1 });
    await assert.rejects(late, refusesWith('EDIT_CONFLICT', { version: 2 }));
    const renamed = edit(portal, { ...yearly, policyId: other.id, version: 1 });
    await assert.rejects(renamed, refusesWith('ALREADY_EXISTS', { field: 'name' }));
    await assert.rejects(
      edit(portal, { ...yearly, policyId: new Uint8Array(16), version: 1 }),
      refusesWith('NOT_FOUND'),
    );
  });
});

test('a license remembers its policy when it is edited and when the policy is deleted', async t => {
  const { portal, policy, license } = await issuedFromPolicy(t);
  await portal.administer(actor, async (records, context) => {
    await editLicense({ licenseId: license.id, version: 1, terms }, records, context);
    await deletePolicy(policy.id, records, context);
  });
  assert.deepEqual((await portal.license(license.id)).policyId, policy.id);
  assert.deepEqual((await audited(portal))[1], `policy.delete ${PRODUCT} Yearly`);
  const again = portal.administer(actor, (records, context) => deletePolicy(policy.id, records, context));
  await assert.rejects(again, refusesWith('NOT_FOUND'));
});

test('a license is not issued from a policy of another product', async t => {
  const portal = await testPortal(t);
  await portal.administer(actor, (records, context) =>
    createProduct({ code: 'cutter', name: 'Cutter', features }, records, context),
  );
  const { id: policyId } = await create(portal, {}, 'cutter');
  const issued = portal.administer(actor, (records, context) =>
    createLicense({ product: PRODUCT, type: 'perpetual', trial: false, policyId, terms }, records, context),
  );
  await assert.rejects(issued, refusesWith('FIELD_REFUSED', { field: 'policyId', rule: 'not-allowed' }));
});

test('a product keeps the features that a policy grants', async t => {
  const portal = await testPortal(t);
  await create(portal);
  const without = features.filter(({ code }) => code !== 'pages');
  const edited = portal.administer(actor, (records, context) =>
    editProduct(
      { code: PRODUCT, version: 1, terms: { name: 'Plotter', features: without } },
      records,
      context,
    ),
  );
  await assert.rejects(edited, refusesWith('FIELD_REFUSED', { field: 'features', rule: 'required' }));
});
