import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPostgres } from '../../scripts/postgres.ts';
import { publicPaths } from '../../src/api/paths.ts';
import { waitFor } from '../server/support/server-process.ts';
import { KilledPortal } from './killed-portal.ts';

const KILLS = 20;

test(`a PostgreSQL that is killed ${KILLS} times under load loses nothing, and the server goes on by itself`, async t => {
  const cluster = await startPostgres({ isDurable: true });
  t.after(cluster.remove);
  const portal = await KilledPortal.start(t, { DATABASE_URL: cluster.address('postgres') });
  const health = async () => (await portal.call('portal', publicPaths.health)).status;
  for (let kills = 0; kills < KILLS; kills += 1) {
    await portal.load.hear(1 + ((kills * 7) % 20));
    assert.equal(await health(), 200);
    await cluster.kill();
    assert.equal(await health(), 503);
    const turnedAway = portal.load.turnedAway.length;
    await waitFor(() => portal.load.turnedAway.length > turnedAway);
    await cluster.start();
    await waitFor(async () => (await health()) === 200);
  }
  await portal.load.hear(20);
  await portal.check();
  for (const answer of portal.load.turnedAway) {
    assert.deepEqual([answer.status, answer.json().code], [503, 'SERVER_BUSY']);
    assert.match(answer.headers['retry-after'] ?? '', /^\d+$/);
  }
  const { acknowledged, turnedAway } = portal.load;
  t.diagnostic(
    `${KILLS} kills, ${acknowledged.length} answers, ${turnedAway.length} times SERVER_BUSY, none lost`,
  );
});
