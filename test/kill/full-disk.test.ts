import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sql } from 'kysely';
import { startPostgres } from '../../scripts/postgres.ts';
import { publicPaths } from '../../src/api/paths.ts';
import { createLicense } from '../../src/issue/administer/licenses.ts';
import { createProduct } from '../../src/issue/administer/products.ts';
import { execute } from '../server/support/test-database.ts';
import { TestDevice } from '../server/support/test-device.ts';
import { features, PRODUCT, terms } from '../server/support/test-portal.ts';
import { type TestServer, testServer } from '../server/support/test-server.ts';

/** Far more devices than fit into what room is left. */
const MOST_DEVICES = 300;

const exchange = ({ call }: TestServer, body: Uint8Array) =>
  call('portal', publicPaths.exchange, { method: 'POST', body });

async function issueLicense({ portal }: TestServer) {
  return portal.administer('system', async (records, context) => {
    await createProduct({ code: PRODUCT, name: 'Plotter', features }, records, context);
    const license = { product: PRODUCT, type: 'perpetual', trial: false } as const;
    return createLicense({ ...license, terms: { ...terms, maxActivations: null } }, records, context);
  });
}

async function seatsOf({ portal: { database } }: TestServer): Promise<{ counted: number; rows: number }> {
  const [license] = await database.db.selectFrom('license').select('seats_taken').execute();
  const rows = await database.db.selectFrom('activation').select('id').execute();
  return { counted: license?.seats_taken ?? 0, rows: rows.length };
}

/** Activates devices until one is turned away; makes room; and looks whether anything was lost. */
async function runFull(
  server: TestServer,
  { fill, makeRoom }: Record<'fill' | 'makeRoom', () => Promise<void>>,
) {
  const { key } = await issueLicense(server);
  await fill();
  const answered: { file: Uint8Array; body: Uint8Array }[] = [];
  let turnedAway: Uint8Array | null = null;
  while (!turnedAway && answered.length < MOST_DEVICES) {
    const file = await (await TestDevice.create(server.portal)).request(key);
    const { status, body } = await exchange(server, file);
    if (status === 200) answered.push({ file, body });
    else turnedAway = file;
  }
  assert(turnedAway, 'no device was turned away');
  const answer = await exchange(server, turnedAway);
  assert.deepEqual([answer.status, answer.json().code], [503, 'SERVER_BUSY'], answer.body.toString());
  assert.match(answer.headers['retry-after'] ?? '', /^\d+$/);
  assert.deepEqual(await seatsOf(server), { counted: answered.length, rows: answered.length });

  await makeRoom();
  assert.equal((await exchange(server, turnedAway)).status, 200);
  for (const { file, body } of answered) assert.deepEqual((await exchange(server, file)).body, body);
  assert.deepEqual(await seatsOf(server), { counted: answered.length + 1, rows: answered.length + 1 });
}

suite('a disk that is full turns devices away with SERVER_BUSY, and nothing is lost once there is room', () => {
  test('on SQLite', async t => {
    const server = await testServer(t, { empty: true });
    const { db } = server.portal.database;
    const limit = (pages: string) => sql`pragma max_page_count = ${sql.raw(pages)}`.execute(db);
    await runFull(server, {
      async fill() {
        const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
        await limit(String(rows[0]?.page_count));
      },
      makeRoom: async () => void (await limit('1000000')),
    });
  });

  test('on PostgreSQL', async t => {
    const cluster = await startPostgres({ maxFileKib: 1024 });
    t.after(cluster.remove);
    const address = cluster.address('postgres');
    const server = await testServer(t, { empty: true, env: { DATABASE_URL: address } });
    await runFull(server, {
      fill: () => assert.rejects(fillExchanges(address), /could not extend file/),
      makeRoom: async () => cluster.makeRoom(),
    });
  });
});

/** Adds exchanges until the table's file has reached its limit. */
async function fillExchanges(address: string): Promise<void> {
  for (;;) {
    await execute(
      address,
      `insert into latchkey.exchange (device_id, request_id, kind, license_id, answer, received_at_s, decided_at_s)
       select decode(md5(random()::text), 'hex'), decode(md5(random()::text), 'hex'), 'refresh',
         (select id from latchkey.license), decode(repeat(md5(random()::text), 40), 'hex'), 1, 1
       from generate_series(1, 50)`,
    );
  }
}
