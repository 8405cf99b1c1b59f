import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { dataFolder } from '../support/data-folder.ts';
import { run, scripts, serverProcess } from '../support/server-process.ts';
import { type DatabaseEnv, databaseEnv, execute } from '../support/test-database.ts';

const password = 'correct-horse-battery';

/** An address of this database with other credentials and, if given, another name. */
function addressWith(address: string, user: string, database = '$1'): string {
  return address.replace(/\/\/\w+@\/(\w+)/, `//${user}:${password}@/${database}`);
}

async function failedStart(t: TestContext, env: DatabaseEnv): Promise<string> {
  const started = serverProcess(t, { folder: dataFolder(t), env });
  assert.equal(await started.ended, 1);
  assert.doesNotMatch(started.log(), /\n\s+at /);
  return started.log();
}

async function databaseAddress(t: TestContext): Promise<string> {
  const { DATABASE_URL: address } = await databaseEnv(t, dataFolder(t));
  assert(address);
  return address;
}

suite('DATABASE_URL', () => {
  test('that does not do ends the start with a plain sentence, without its password', async t => {
    const address = await databaseAddress(t);
    const cases: [string, RegExp][] = [
      [`mysql://me:${password}@db/latchkey`, /DATABASE_URL: expected postgres:/],
      [`postgres://me:${password}@[db/latchkey`, /DATABASE_URL: expected postgres:/],
      [`postgres://me:${password}@127.0.0.1:1/latchkey`, /ECONNREFUSED/],
      [addressWith(address, 'nobody_of_that_name'), /role "nobody_of_that_name" does not exist/],
      [addressWith(address, 'latchkey', 'none'), /database "none" does not exist/],
    ];
    for (const [wrong, reason] of cases) {
      const log = await failedStart(t, { DATABASE_URL: wrong });
      assert.match(log, reason);
      assert.doesNotMatch(log, new RegExp(password));
    }
  });

  test('is not told to owner-reset either, when it does not do', async t => {
    const env = { DATABASE_URL: `postgres://me:${password}@127.0.0.1:1/latchkey` };
    const reset = run(t, scripts.latchkey, ['owner-reset'], env);
    assert.equal(await reset.ended, 1);
    assert.match(reset.log(), /^latchkey: /);
    assert.doesNotMatch(reset.log(), new RegExp(password));
  });

  test('may be of a role that has no right but to its own two schemas', async t => {
    const address = await databaseAddress(t);
    const database = /\/(\w+)\?/.exec(address)?.[1];
    const role = `least_${database}`;
    await execute(
      address,
      `create role ${role} login;
       revoke all on database ${database} from public; grant connect on database ${database} to ${role};
       create schema latchkey authorization ${role}; create schema latchkey_accounts authorization ${role};`,
    );
    const env = { DATABASE_URL: addressWith(address, role) };
    const started = serverProcess(t, { folder: dataFolder(t), env });
    await started.ready();
    assert.doesNotMatch(started.log(), new RegExp(password));
    started.child.kill('SIGTERM');
    assert.equal(await started.ended, 0);
  });

  test('of a role that may make no schema, where none is, says so', async t => {
    const address = await databaseAddress(t);
    const database = /\/(\w+)\?/.exec(address)?.[1];
    const role = `none_${database}`;
    await execute(address, `create role ${role} login`);
    const log = await failedStart(t, { DATABASE_URL: addressWith(address, role) });
    assert.match(log, /permission denied for database/);
  });
});
