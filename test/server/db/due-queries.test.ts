import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { dueActivations } from '../../../src/server/db/console/due-queries.ts';
import { isOnPostgres } from '../support/test-database.ts';
import { testPortal } from '../support/test-portal.ts';

test('devices that are to get a refresh file are found without reading every activation', async t => {
  const { db } = (await testPortal(t)).database;
  const { sql, parameters } = dueActivations(db)
    .select('activation.id')
    .orderBy('activation.changed_at_s')
    .orderBy('activation.id')
    .limit(50)
    .compile();
  const explain = isOnPostgres ? 'explain' : 'explain query plan';
  const { rows } = await db.executeQuery(CompiledQuery.raw(`${explain} ${sql}`, [...parameters]));
  assert.match(JSON.stringify(rows), /activation_with_changes/);
});
