import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { auditListSchema } from '../../../src/api/audit.ts';
import { deviceListSchema } from '../../../src/api/devices.ts';
import { defaultTerms } from '../../../src/api/license-terms.ts';
import { licenseListSchema, licenseSchema } from '../../../src/api/licenses.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { userListSchema, userPasswordSchema, userSchema } from '../../../src/api/users.ts';
import { userCredentials } from '../../../src/license/user.ts';
import { nodeCrypto } from '../../../src/server/keys/node-crypto.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import { TestDevice } from '../support/test-device.ts';
import type { Answer, ConsoleClient, TestServer } from '../support/test-server.ts';

const cleanup = suiteCleanup();
let server: TestServer;
let client: ConsoleClient;
let fixture: ConsoleFixture;

before(async () => {
  fixture = await consoleFixture(cleanup);
  ({ server, client } = fixture);
});

/** Code and data of a refusal. */
function problemOf(answer: Answer) {
  const { code, data } = answer.json();
  return { code, data };
}

async function createUser(name: string, password: string | null = null) {
  const answer = await client.post(consolePaths.users, { name, password });
  assert.equal(answer.status, 201, answer.body.toString());
  return read(userPasswordSchema, answer);
}

/** What the portal answers to a new device of this user. */
async function activate(user: string, password: string) {
  const device = await TestDevice.create(server.portal);
  const { domainId } = server.portal.portal.issuer;
  const credentials = await userCredentials({ domainId, user, password }, nodeCrypto());
  const answer = await fixture.send(device, await device.request(undefined, { user: credentials }));
  return answer.kind === 'refusal' ? answer.refusal.claims.code : answer.kind;
}

describe('users', () => {
  it('get a password that is told once, and activate what they are given', async () => {
    const { id, password } = await createUser('Anna Berg');
    assert.match(password ?? '', /^([0-9a-z]{5}-){3}[0-9a-z]{5}$/);
    const license = await fixture.issue({ maxActivations: null, devicesPerUser: 1 }, { users: [id] });
    assert.equal(license.key, '');
    assert.deepEqual(
      license.users?.map(user => user.name),
      ['Anna Berg'],
    );
    assert.equal(await activate('anna berg', password ?? ''), 'license');
    assert.equal(await activate('anna berg', password ?? ''), 'NO_SEATS_LEFT');
    assert.equal(await activate('anna berg', 'another password'), 'CREDENTIALS_REFUSED');

    const user = await client.get(consolePaths.user(id));
    assert.equal(user.body.includes(password ?? 'none'), false);
    const { licenses, devices } = read(userSchema, user);
    assert.deepEqual(
      licenses.map(each => [each.id, each.productName, each.state]),
      [[license.id, 'Plotter', 'active']],
    );
    assert.deepEqual(
      devices.map(each => each.licenseId),
      [license.id],
    );
    const listed = read(deviceListSchema, await client.get(consolePaths.licenseDevices(license.id)));
    // The device that was refused is listed as well, and holds nothing of hers.
    assert.deepEqual(
      listed.items.map(each => each.user),
      ['Anna Berg', null],
    );
    const found = read(licenseListSchema, await client.get(`${consolePaths.licenses}?q=anna`));
    assert.deepEqual(
      found.items.map(each => each.id),
      [license.id],
    );
  });

  it('get another password, which decides about new devices alone', async () => {
    const { id, password } = await createUser('Ben', 'the first password');
    assert.equal(password, null);
    const license = await fixture.issue({ maxActivations: null }, { users: [id] });
    assert.equal(await activate('Ben', 'the first password'), 'license');
    const reset = await client.post(consolePaths.resetPassword(id), { password: 'the second password' });
    assert.deepEqual(read(userPasswordSchema, reset), { id, name: 'Ben', password: null });
    assert.equal(await activate('Ben', 'the first password'), 'CREDENTIALS_REFUSED');
    assert.equal(await activate('Ben', 'the second password'), 'license');
    const { users } = read(licenseSchema, await client.get(consolePaths.license(license.id)));
    assert.deepEqual(
      users?.map(user => user.devices),
      [2],
    );
  });

  it('are given a license and lose it, and the record says who did it', async () => {
    const [first, second] = [
      await createUser('Carl', 'correct horse'),
      await createUser('Dora', 'battery staple'),
    ];
    const { id } = await fixture.issue({ maxUsers: 1 }, { users: [first.id] });
    const full = await client.post(consolePaths.assignUser(id, second.id));
    assert.deepEqual(problemOf(full), {
      code: 'FIELD_REFUSED',
      data: { field: 'users', rule: 'over-limit' },
    });
    const removed = await client.post(consolePaths.removeUser(id, first.id));
    assert.deepEqual(read(licenseSchema, removed).users, []);
    assert.equal(await activate('carl', 'correct horse'), 'USER_NOT_LICENSED');
    const assigned = await client.post(consolePaths.assignUser(id, second.id));
    assert.deepEqual(
      read(licenseSchema, assigned).users?.map(user => user.name),
      ['Dora'],
    );
    const { items } = read(auditListSchema, await client.get(consolePaths.licenseAudit(id)));
    assert.deepEqual(items.map(({ action, user }) => `${action} ${user}`).sort(), [
      'license.assign-user Carl',
      'license.assign-user Dora',
      'license.create null',
      'license.remove-user Carl',
    ]);
  });

  it('are listed page by page, by name or by what they have', async () => {
    const names = ['Zoe', 'yannick', 'Xaver', '100 % user_one'];
    for (const name of names) await createUser(name, 'a long password');
    const list = async (query: string) =>
      read(userListSchema, await client.get(`${consolePaths.users}?${query}`));
    const byName = await list('pageSize=200');
    const shown = byName.items.map(user => user.name);
    assert.deepEqual(
      shown,
      shown.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
    );
    assert.deepEqual(
      (await list('q=YANN')).items.map(user => user.name),
      ['yannick'],
    );
    assert.deepEqual(
      (await list(`q=${encodeURIComponent('%')}`)).items.map(user => user.name),
      ['100 % user_one'],
    );
    assert.deepEqual(
      (await list(`q=r_o`)).items.map(user => user.name),
      ['100 % user_one'],
    );
    const second = await list('pageSize=2&page=2');
    assert.equal(second.total, byName.total);
    assert.deepEqual(second.items, byName.items.slice(2, 4));
    for (const sort of ['licenses', 'devices', 'created'] as const) {
      assert.equal((await list(`sort=${sort}&order=desc`)).total, byName.total);
    }
  });

  it('are refused with a field or a reason', async () => {
    await createUser('Emil', 'a long password');
    const cases = [
      [
        { name: ' EMIL ', password: null },
        { code: 'ALREADY_EXISTS', data: { field: 'name' } },
      ],
      [
        { name: ' ', password: null },
        { code: 'FIELD_REFUSED', data: { field: 'name', rule: 'required' } },
      ],
      [
        { name: 'Fritz', password: 'short' },
        { code: 'PASSWORD_WEAK', data: { minLength: 12 } },
      ],
    ] as const;
    for (const [body, problem] of cases) {
      assert.deepEqual(problemOf(await client.post(consolePaths.users, body)), problem);
    }
    const nobody = consolePaths.user('0'.repeat(32));
    assert.equal(problemOf(await client.get(nobody)).code, 'NOT_FOUND');
  });
});

describe('a license', () => {
  const issue = (body: object) => {
    const terms = {
      ...defaultTerms(),
      ...('terms' in body && typeof body.terms === 'object' ? body.terms : {}),
    };
    return client.post(consolePaths.licenses, {
      product: 'plotter',
      type: 'perpetual',
      trial: false,
      ...body,
      terms,
    });
  };

  it('for users needs one, and one with a key has no limits of users', async () => {
    const data = (field: string, rule: string) => ({ code: 'FIELD_REFUSED', data: { field, rule } });
    assert.deepEqual(problemOf(await issue({ users: [] })), data('users', 'required'));
    assert.equal(problemOf(await issue({ users: ['0'.repeat(32)] })).code, 'NOT_FOUND');
    assert.deepEqual(problemOf(await issue({ users: ['anna'] })), data('users.0', 'format'));
    const limited = await issue({ terms: { maxUsers: 2 } });
    assert.deepEqual(problemOf(limited), data('terms.maxUsers', 'not-allowed'));
  });
});
