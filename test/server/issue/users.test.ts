import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import { suite, test } from 'node:test';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import { createLicenseForUsers, editLicense } from '../../../src/issue/administer/licenses.ts';
import { assignUser, createUser } from '../../../src/issue/administer/users.ts';
import { TestDevice } from '../support/test-device.ts';
import { PRODUCT, terms, testPortal } from '../support/test-portal.ts';

test("node:crypto's Argon2id is that of the reference implementation's test", () => {
  const hash = argon2Sync('argon2id', {
    message: 'password',
    nonce: 'somesalt',
    memory: 65_536,
    passes: 2,
    parallelism: 1,
    tagLength: 32,
  });
  assert.equal(hash.toString('hex'), '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7');
});

suite('users', () => {
  test('a request that was refused by one license and granted by another is answered by that alone again', async t => {
    const portal = await testPortal(t);
    const { license: full } = await portal.issueForUsers(['anna', 'ben'], { maxActivations: 1 });
    const other = await TestDevice.create(portal);
    await other.load(
      (await portal.exchange(await other.request(undefined, { user: await portal.credentials('ben') })))
        .container,
    );
    const device = await TestDevice.create(portal);
    const request = await device.request(undefined, { user: await portal.credentials('anna') });
    assert.equal((await portal.exchange(request)).code, 'NO_SEATS_LEFT');
    const { license } = await portal.issueForUsers(['anna']);
    const granted = await portal.exchange(request);
    assert.equal(granted.code, null);
    const again = await portal.exchange(request);
    assert.deepEqual(again, { ...granted, isRepeated: true });
    const rows = await portal.database.db
      .selectFrom('exchange')
      .select('license_id')
      .where('device_id', '=', device.id)
      .execute();
    assert.deepEqual(
      rows.map(row => toHex(row.license_id)),
      [toHex(license.id)],
    );
    assert.notDeepEqual(license.id, full.id);
  });

  test('an unknown user and a wrong password get refusals that say the same', async t => {
    const portal = await testPortal(t);
    await portal.issueForUsers(['anna']);
    const device = await TestDevice.create(portal);
    const answers = [];
    for (const [name, password] of [
      ['nobody', 'right'],
      ['anna', 'wrong'],
    ] as const) {
      const file = await device.request(undefined, { user: await portal.credentials(name, password) });
      const { container } = await portal.exchange(file);
      const answer = await device.load(container);
      assert(answer.kind === 'refusal');
      const { requestId: _, ...claims } = answer.refusal.claims;
      answers.push(claims);
    }
    assert.deepEqual(answers[0], answers[1]);
    assert.equal(answers[0]?.code, 'CREDENTIALS_REFUSED');
  });

  test('what is kept of a password is sealed, for its user alone', async t => {
    const portal = await testPortal(t);
    const id = await portal.user('anna');
    const other = await portal.user('ben');
    const { key } = await portal.credentials('anna');
    const rows = await portal.database.db.selectFrom('license_user').selectAll().orderBy('name').execute();
    const [anna, ben] = rows;
    assert(anna && ben);
    assert.equal(toHex(anna.key_sealed).includes(toHex(key)), false);
    await portal.database.db
      .updateTable('license_user')
      .set({ key_sealed: anna.key_sealed })
      .where('id', '=', other)
      .execute();
    const device = await TestDevice.create(portal);
    const file = await device.request(undefined, { user: await portal.credentials('ben') });
    await assert.rejects(portal.exchange(file), code('SERVER_FAILED'));
    assert.deepEqual(anna.id, id);
  });

  test('a name is taken in whatever capitals and spaces', async t => {
    const portal = await testPortal(t);
    await portal.user('Anna Berg');
    const storedKey = fromHex('00'.repeat(32));
    await assert.rejects(
      portal.administer('owner@example', (records, context) =>
        createUser({ name: ' anna  BERG', storedKey }, records, context),
      ),
      code('ALREADY_EXISTS'),
    );
  });

  test('a license takes as many users as it allows, at issue and later, and its limit covers those it has', async t => {
    const portal = await testPortal(t);
    const users = [await portal.user('anna'), await portal.user('ben')];
    const issue = (maxUsers: number | null) =>
      portal.administer('owner@example', (records, context) =>
        createLicenseForUsers(
          { product: PRODUCT, type: 'perpetual', trial: false, terms: { ...terms, maxUsers }, users },
          records,
          context,
        ),
      );
    await assert.rejects(issue(1), refusedField('users', 'over-limit'));
    const license = await issue(2);
    const carl = await portal.user('carl');
    await assert.rejects(
      portal.administer('owner@example', (records, context) =>
        assignUser({ license, userId: carl }, records, context),
      ),
      refusedField('users', 'over-limit'),
    );
    await assert.rejects(
      portal.administer('owner@example', (records, context) =>
        editLicense(
          { licenseId: license.id, version: 1, terms: { ...terms, maxUsers: 1 } },
          records,
          context,
        ),
      ),
      refusedField('terms.maxUsers', 'too-small'),
    );
  });

  test('a license is for a key or for users, from its issue on', async t => {
    const portal = await testPortal(t);
    const { license } = await portal.issue();
    const userId = await portal.user('anna');
    await assert.rejects(
      portal.administer('owner@example', (records, context) =>
        assignUser({ license, userId }, records, context),
      ),
      refusedField('users', 'not-allowed'),
    );
    await assert.rejects(
      portal.issue({ devicesPerUser: 2 }),
      refusedField('terms.devicesPerUser', 'not-allowed'),
    );
    await assert.rejects(portal.issueForUsers([]), refusedField('users', 'required'));
  });
});

function code(expected: string): (error: unknown) => boolean {
  return error => error instanceof LatchkeyError && error.code === expected;
}

function refusedField(field: string, rule: string): (error: unknown) => boolean {
  return error => error instanceof LatchkeyError && error.data.field === field && error.data.rule === rule;
}
