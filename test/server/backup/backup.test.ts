import assert from 'node:assert/strict';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { authPaths } from '../../../src/api/paths.ts';
import { createLicense } from '../../../src/issue/administer/licenses.ts';
import { createProduct } from '../../../src/issue/administer/products.ts';
import { environmentOf } from '../../../src/server/backup/postgres-programs.ts';
import { dataFolder } from '../support/data-folder.ts';
import { run, scripts } from '../support/server-process.ts';
import { databaseEnv, isOnPostgres } from '../support/test-database.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { features, PRODUCT, START_MS, terms } from '../support/test-portal.ts';
import {
  consoleClient,
  ownPassword,
  signedInOwner,
  type TestServer,
  testServer,
} from '../support/test-server.ts';

const nowMs = () => START_MS;

/** A server with a license for many devices. */
async function vendor(t: TestContext) {
  const server = await testServer(t, { empty: true, nowMs });
  const { key, license } = await server.portal.administer('owner@example', async (records, context) => {
    await createProduct({ code: PRODUCT, name: 'Plotter', features }, records, context);
    const limits = { maximum: 10_000, overageMaximum: 0 };
    const type = 'consumption' as const;
    const sold = { product: PRODUCT, type, trial: false, policyId: null };
    return createLicense({ ...sold, terms: { ...terms, limits, maxActivations: null } }, records, context);
  });
  return { server, key, licenseId: license.id };
}

async function latchkey(t: TestContext, args: readonly string[], folder: string): Promise<string> {
  const env = await databaseEnv(t, folder);
  const { ended, log, output } = run(t, scripts.latchkey, [...args, '--data', folder], env);
  return (await ended) === 0 ? output() : log();
}

/** A backup of a server that goes on. */
async function backupOf(t: TestContext, { folder }: TestServer): Promise<string> {
  const backup = join(dataFolder(t), 'backup');
  assert.match(await latchkey(t, ['backup', backup], folder), /keep that apart/);
  return backup;
}

/** The key and the backup on an empty machine. */
async function restored(t: TestContext, { folder }: TestServer, backup: string): Promise<TestServer> {
  const empty = dataFolder(t);
  copyFileSync(join(folder, 'master.key'), join(empty, 'master.key'));
  assert.match(await latchkey(t, ['restore', backup], empty), /^restored as of /);
  return testServer(t, { empty: true, nowMs, dataFolder: empty });
}

suite('a backup', () => {
  test('restores on an empty machine, and the devices served since go on', async t => {
    const { server, key, licenseId } = await vendor(t);
    await signedInOwner(server);
    const [before, since] = [await TestDevice.create(server.portal), await TestDevice.create(server.portal)];
    await trip(server.portal, before, await before.request(key));
    const backup = await backupOf(t, server);
    await trip(server.portal, since, await since.request(key));
    for (const device of [before, since]) {
      device.consume(3);
      await trip(server.portal, device, await device.report());
    }
    await server.stop();

    const { portal, ...again } = await restored(t, server, backup);
    for (const device of [before, since]) {
      device.consume(1);
      assert.equal(await trip(portal, device, await device.report()), null);
    }
    const { meter, seatsTaken } = await portal.administer('owner@example', async records => {
      const found = await records.findLicense(licenseId);
      assert(found);
      return found;
    });
    assert.deepEqual([meter.used, seatsTaken], [8, 2]);
    const client = consoleClient({ ...again });
    const signIn = { email: server.owner?.email, password: ownPassword };
    assert.equal((await client.post(authPaths.signIn, signIn)).status, 204);
  });

  test('is of one moment, while devices are served', async t => {
    const { server, key } = await vendor(t);
    const { portal } = server;
    let isDone = false;
    const serve = async () => {
      let served = 0;
      for (; !isDone || served < 20; served += 1) {
        const device = await TestDevice.create(portal);
        assert.equal(await trip(portal, device, await device.request(key)), null);
      }
      return served;
    };
    const [backup, ...counts] = await Promise.all([
      backupOf(t, server).finally(() => {
        isDone = true;
      }),
      serve(),
      serve(),
    ]);
    assert(counts.every(count => count >= 20));
    const { database } = (await restored(t, server, backup)).portal;
    const count = (table: 'activation' | 'device' | 'exchange') =>
      database.db
        .selectFrom(table)
        .select(eb => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
    const [activations, devices, exchanges] = [
      await count('activation'),
      await count('device'),
      await count('exchange'),
    ];
    const { seats_taken: seats } = await database.db
      .selectFrom('license')
      .select('seats_taken')
      .executeTakeFirstOrThrow();
    assert.deepEqual([devices.n, exchanges.n, seats], [activations.n, activations.n, activations.n]);
  });

  test('holds no secret that can be used, and is for its owner alone', async t => {
    const { server } = await vendor(t);
    const backup = await backupOf(t, server);
    const key = readFileSync(join(server.folder, 'master.key'), 'utf8').trim();
    for (const name of readdirSync(backup)) {
      assert(!readFileSync(join(backup, name)).includes(key), name);
    }
    assert(!existsSync(`${backup}.unfinished`));
  });

  test('is refused where something is there already, and where there is nothing', async t => {
    const { server } = await vendor(t);
    const backup = await backupOf(t, server);
    assert.match(
      await latchkey(t, ['backup', backup], server.folder),
      /^latchkey: .* is there already: name a new folder$/m,
    );
    const empty = dataFolder(t);
    assert.match(await latchkey(t, ['backup', join(empty, 'backup')], empty), /^latchkey: no records: /m);
    assert(!existsSync(join(empty, 'backup')));
  });
});

suite('a restore', () => {
  test('takes no backup that is damaged, cut or not whole, and leaves the place empty', async t => {
    const { server } = await vendor(t);
    const backup = await backupOf(t, server);
    const [name = ''] = readdirSync(backup).filter(each => !each.endsWith('.json'));
    const empty = dataFolder(t);
    const refused = async (reason: RegExp) => {
      assert.match(await latchkey(t, ['restore', backup], empty), reason);
      assert.deepEqual(
        readdirSync(empty).filter(each => /\.db/.test(each)),
        [],
      );
    };
    appendFileSync(join(backup, name), 'x');
    await refused(/is not as it was written/);
    rmSync(join(backup, name));
    await refused(/^latchkey: the backup .* lacks /m);
    writeFileSync(join(backup, 'backup.json'), '{"format":"other"}');
    await refused(/is no whole backup/);
    rmSync(join(backup, 'backup.json'));
    await refused(/is no whole backup/);
  });

  test('writes over nothing', async t => {
    const { server } = await vendor(t);
    const backup = await backupOf(t, server);
    // SQLite: its server holds the folder; PostgreSQL: the records are there.
    const reason = isOnPostgres ? /records are there already/ : /another server runs/;
    assert.match(await latchkey(t, ['restore', backup], server.folder), reason);
    await server.stop();
    assert.match(await latchkey(t, ['restore', backup], server.folder), /records are there already/);
  });

  test('mixes nothing with the log of a database that is gone', { skip: isOnPostgres }, async t => {
    const { server } = await vendor(t);
    const backup = await backupOf(t, server);
    const empty = dataFolder(t);
    writeFileSync(join(empty, 'latchkey.db-wal'), 'left');
    assert.match(await latchkey(t, ['restore', backup], empty), /records are there already/);
  });

  test('goes to the kind of database that the backup is of', async t => {
    const { server } = await vendor(t);
    const backup = await backupOf(t, server);
    const path = join(backup, 'backup.json');
    const other = isOnPostgres ? 'sqlite' : 'postgresql';
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"(sqlite|postgresql)"/, `"${other}"`));
    assert.match(await latchkey(t, ['restore', backup], dataFolder(t)), /^latchkey: the backup is of /m);
  });
});

suite('environmentOf()', () => {
  const cases: readonly [address: string, expected: Record<string, string>][] = [
    [
      'postgres://portal:s%2Fecret@db.example:5433/latchkey?sslmode=require',
      {
        ...{ PGHOST: 'db.example', PGPORT: '5433', PGUSER: 'portal', PGDATABASE: 'latchkey' },
        ...{ PGPASSWORD: 's/ecret', PGSSLMODE: 'require' },
      },
    ],
    [
      'postgres://portal@db.example:5433/latchkey',
      { PGHOST: 'db.example', PGPORT: '5433', PGUSER: 'portal', PGDATABASE: 'latchkey' },
    ],
    [
      'postgres://portal@/latchkey?host=/run/postgresql',
      { PGHOST: '/run/postgresql', PGPORT: '5432', PGUSER: 'portal', PGDATABASE: 'latchkey' },
    ],
  ];
  for (const [address, expected] of cases) {
    test(`reads ${address} as the server does`, () => assert.deepEqual(environmentOf(address), expected));
  }
});
