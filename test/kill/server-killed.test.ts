import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { startPostgres } from '../../scripts/postgres.ts';
import type { DatabaseEnv } from '../server/support/test-database.ts';
import { KilledPortal } from './killed-portal.ts';

const KILLS = 20;

async function killAgainAndAgain(t: TestContext, env: DatabaseEnv): Promise<void> {
  const portal = await KilledPortal.start(t, env);
  for (let kills = 0; kills < KILLS; kills += 1) {
    // After another number of answers each time, and in the midst of others.
    await portal.load.hear(1 + ((kills * 7) % 20));
    await portal.kill();
  }
  await portal.load.hear(20);
  await portal.check();
  assert(portal.load.acknowledged.length > KILLS * 8);
  t.diagnostic(`${KILLS} kills, ${portal.load.acknowledged.length} answers, none lost`);
}

suite(`a server that is killed ${KILLS} times under load loses no decision that it answered`, () => {
  test('on SQLite', t => killAgainAndAgain(t, {}));

  test('on PostgreSQL', async t => {
    const cluster = await startPostgres({ isDurable: true });
    t.after(cluster.remove);
    await killAgainAndAgain(t, { DATABASE_URL: cluster.address('postgres') });
  });
});
