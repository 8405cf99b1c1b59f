import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { defaultTerms, type PolicyTerms } from '../../../src/api/license-terms.ts';
import { licenseListSchema, licenseSchema } from '../../../src/api/licenses.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { type Policy, policyListSchema, policySchema } from '../../../src/api/policies.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import type { ConsoleClient } from '../support/test-server.ts';

const cleanup = suiteCleanup();
let fixture: ConsoleFixture;
let client: ConsoleClient;

before(async () => {
  fixture = await consoleFixture(cleanup);
  ({ client } = fixture);
});

const path = consolePaths.policies('plotter');

function policyTerms(changes: Partial<PolicyTerms> = {}): PolicyTerms {
  const { startsAt, expiresAt, customer, holder, note, ...common } = defaultTerms();
  return { ...common, ...changes };
}

async function create(name: string, changes: Partial<PolicyTerms> = {}): Promise<Policy> {
  const body = {
    name,
    type: 'subscription',
    trial: true,
    terms: policyTerms({ validityDays: 365, ...changes }),
  };
  const answer = await client.post(path, body);
  assert.equal(answer.status, 201, answer.body.toString());
  return read(policySchema, answer);
}

async function problemOf(body: object) {
  const { code, data } = (await client.post(path, body)).json();
  return { code, ...data };
}

describe('policies', () => {
  it('are created, listed by name, edited once for each version read, and deleted', async () => {
    const features = [{ code: 'export', expiresAt: null, limits: null }];
    const fields = [{ name: 'tier', value: 'gold', onDevice: true }];
    const yearly = await create('Yearly', { features, fields, graceHours: 24 });
    assert.deepEqual(yearly.terms, policyTerms({ validityDays: 365, features, fields, graceHours: 24 }));
    await create('Monthly', { validityDays: 31 });
    const names = async () => read(policyListSchema, await client.get(path)).items.map(({ name }) => name);
    assert.deepEqual(await names(), ['Monthly', 'Yearly']);

    const { id, version, type, trial, terms } = yearly;
    const edit = { version, name: 'Annual', type, trial, terms: { ...terms, graceHours: 0 } };
    const edited = read(policySchema, await client.put(consolePaths.policy(id), edit));
    assert.deepEqual([edited.name, edited.terms.graceHours, edited.version], ['Annual', 0, 2]);
    assert.deepEqual(read(policySchema, await client.get(consolePaths.policy(id))), edited);
    assert.equal((await client.put(consolePaths.policy(id), edit)).json().code, 'EDIT_CONFLICT');

    assert.equal((await client.post(consolePaths.deletePolicy(id))).status, 204);
    assert.equal((await client.get(consolePaths.policy(id))).status, 404);
    assert.deepEqual(await names(), ['Monthly']);
  });

  it('say which field is refused', async () => {
    const policy = { name: 'Refused', type: 'subscription', trial: false, terms: policyTerms() };
    const cases: [object, string, string][] = [
      [policy, 'terms.validityDays', 'required'],
      [{ ...policy, type: 'perpetual', name: ' ' }, 'name', 'required'],
      [
        { ...policy, type: 'perpetual', terms: policyTerms({ validityDays: 3 }) },
        'terms.validityDays',
        'not-allowed',
      ],
      [{ ...policy, terms: { ...policyTerms(), holder: 'Acme' } }, 'terms.holder', 'unknown'],
      [{ ...policy, terms: { ...policyTerms(), expiresAt: 2_000_000_000 } }, 'terms.expiresAt', 'unknown'],
    ];
    for (const [body, field, rule] of cases) {
      assert.deepEqual(await problemOf(body), { code: 'FIELD_REFUSED', field, rule });
    }
    await create('Taken');
    const taken = { ...policy, name: 'Taken', terms: policyTerms({ validityDays: 1 }) };
    assert.deepEqual(await problemOf(taken), { code: 'ALREADY_EXISTS', field: 'name' });
    const elsewhere = await client.post(consolePaths.policies('missing'), { ...taken, name: 'New' });
    assert.equal(elsewhere.status, 404);
  });

  it('are told of their licenses, which are found by them', async () => {
    const policy = await create('Found');
    const license = await fixture.issue({}, { policyId: policy.id });
    await fixture.issue();
    assert.deepEqual(license.policy, { id: policy.id, name: 'Found' });
    const list = await client.get(`${consolePaths.licenses}?policy=${policy.id}`);
    assert.deepEqual(
      read(licenseListSchema, list).items.map(({ id }) => id),
      [license.id],
    );
    const found = read(policySchema, await client.get(consolePaths.policy(policy.id)));
    assert.equal(found.licenseCount, 1);

    await client.post(consolePaths.deletePolicy(policy.id));
    const after = read(licenseSchema, await client.get(consolePaths.license(license.id)));
    assert.deepEqual(after, { ...license, policy: { id: policy.id, name: null } });
  });

  it('are not named by a license of another product, nor when there are none', async () => {
    const body = { product: 'plotter', type: 'perpetual', trial: false, terms: defaultTerms() };
    const answer = await client.post(consolePaths.licenses, { ...body, policyId: '00'.repeat(16) });
    assert.deepEqual(answer.json().data, { field: 'policyId', rule: 'not-allowed' });
  });
});
