import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { sql, type Transaction } from 'kysely';
import { type Database, openDatabase } from '../../../src/server/db/database.ts';
import type { Tables } from '../../../src/server/db/tables.ts';
import { dataFolder } from '../support/data-folder.ts';
import { portalPlace } from '../support/test-database.ts';

/** Two processes' databases, which are one, with a number in it. */
async function twoOfOne(t: TestContext): Promise<[Database, Database]> {
  const place = await portalPlace(t, dataFolder(t));
  const [one, other] = [await openDatabase(place), await openDatabase(place)];
  t.after(one.close);
  t.after(other.close);
  await one.transact(use => use.insertInto('setting').values({ name: 'count', value: '0' }).execute());
  return [one, other];
}

/** Reads, and writes what follows from it: right only when nobody wrote in between. */
async function countUp(use: Transaction<Tables>): Promise<void> {
  const { value } = await use
    .selectFrom('setting')
    .select('value')
    .where('name', '=', 'count')
    .executeTakeFirstOrThrow();
  const next = String(Number(value) + 1);
  await use.updateTable('setting').set({ value: next }).where('name', '=', 'count').execute();
}

const countOf = async ({ db }: Database) =>
  (await db.selectFrom('setting').select('value').where('name', '=', 'count').execute())[0]?.value;

suite('transact()', () => {
  test('of two processes counts as if one work had run after the other', async t => {
    const both = await twoOfOne(t);
    const works = Array.from({ length: 200 }, (_, index) => both[index % 2 === 0 ? 0 : 1].transact(countUp));
    await Promise.all(works);
    assert.equal(await countOf(both[0]), '200');
  });

  test('runs a work again that met another, and once only what it wrote counts', async t => {
    const [one, other] = await twoOfOne(t);
    let runs = 0;
    await one.transact(async use => {
      runs += 1;
      await countUp(use);
      if (runs === 1) await assert.rejects(meet(other), /SERVER_BUSY/);
      if (runs === 1) throw await conflict(use);
    });
    assert.equal(runs, 2);
    assert.equal(await countOf(one), '1');
  });

  test('gives up with SERVER_BUSY on a work that meets others time after time, and goes on with the next', async t => {
    const [one] = await twoOfOne(t);
    let runs = 0;
    const unlucky = one.transact(async use => {
      runs += 1;
      throw await conflict(use);
    });
    const [failed, beside] = await Promise.allSettled([unlucky, one.transact(countUp)]);
    assert.equal(beside.status, 'fulfilled');
    assert(failed.status === 'rejected');
    assert.match(String(failed.reason), /SERVER_BUSY/);
    assert(runs >= 10, `${runs} runs`);
    assert.equal(await countOf(one), '1');
  });
});

/** What PostgreSQL says to a transaction that met another. */
async function conflict(use: Transaction<Tables>): Promise<unknown> {
  const raised = sql`do $$ begin raise exception 'met another' using errcode = '40001'; end $$`.execute(use);
  return raised.then(
    () => null,
    (error: unknown) => error,
  );
}

/** A work that cannot have the row while another transaction holds it. */
function meet({ transact }: Database): Promise<void> {
  return transact(async use => {
    await sql`set local lock_timeout to '50ms'`.execute(use);
    await countUp(use);
  });
}
