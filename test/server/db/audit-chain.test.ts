import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sql } from 'kysely';
import { audit } from '../../../src/issue/audit.ts';
import { openDatabase } from '../../../src/server/db/database.ts';
import { auditChain } from '../../../src/server/db/migrations/0011-audit-chain.ts';
import { FIRST, verifyAudit, verifyAuditPart } from '../../../src/server/db/records/audit-chain.ts';
import { dataFolder } from '../support/data-folder.ts';
import { isOnPostgres, portalPlace, takeAuditGuardOff } from '../support/test-database.ts';
import { START_MS, testPortal } from '../support/test-portal.ts';

const nowS = START_MS / 1000;

/** A portal whose log has these many entries beside those that it begins with. */
async function logOf(t: Parameters<typeof testPortal>[0], count: number) {
  const portal = await testPortal(t);
  for (let index = 0; index < count; index += 1) {
    const entry = audit('license.edit', { actor: `sales-${index}`, nowS: nowS + index, changed: ['note'] });
    await portal.administer('system', records => records.appendAudit(entry));
  }
  const found = await verifyAudit(portal.database.db);
  assert('last' in found);
  return { db: portal.database.db, portal, last: found.last };
}

suite('the audit log', () => {
  const acts = {
    'an entry changed': sql`update audit set actor = 'nobody' where sequence = 2`,
    'all entries changed': sql`update audit set at_ms = 0`,
    'an entry taken out': sql`delete from audit where sequence = 2`,
    'all entries taken out': sql`delete from audit`,
    ...(isOnPostgres ? { 'the table emptied': sql`truncate audit` } : {}),
  };
  for (const [name, act] of Object.entries(acts)) {
    test(`is guarded by the database, which refuses to have ${name}`, async t => {
      const { db, last } = await logOf(t, 3);
      await assert.rejects(act.execute(db), /only appended to/);
      const found = await verifyAudit(db, last);
      assert.equal('last' in found && found.last.sequence, last.sequence);
    });
  }

  test('is verified in parts as it is as a whole', async t => {
    const { portal, db } = await logOf(t, 0);
    const entry = audit('product.edit', { actor: 'sales', nowS });
    await portal.administer('system', async records => {
      for (let index = 0; index < 1500; index += 1) await records.appendAudit(entry);
    });
    const first = await verifyAuditPart(db, { after: FIRST, noted: null });
    assert('last' in first && !first.isEnd);
    const second = await verifyAuditPart(db, { after: first.last, noted: null });
    assert('last' in second && second.isEnd);
    assert.deepEqual(await verifyAudit(db), second);
    const other = { ...first.last, hash: new Uint8Array(32) };
    assert.deepEqual(await verifyAuditPart(db, { after: other, noted: null }), {
      brokenAt: first.last.sequence + 1,
    });
  });

  test('links each entry to the one before it', async t => {
    const { last, db } = await logOf(t, 3);
    const rows = await db.selectFrom('audit').select('sequence').orderBy('sequence').execute();
    assert.deepEqual(
      rows.map(({ sequence }) => sequence),
      rows.map((_, index) => index + 1),
    );
    assert.equal(last.sequence, rows.length);
  });

  test('stays one chain when many write at a time', async t => {
    const { portal, db, last } = await logOf(t, 0);
    const entry = audit('product.edit', { actor: 'sales', nowS, product: 'press' });
    await Promise.all(
      Array.from({ length: 50 }, () => portal.administer('system', records => records.appendAudit(entry))),
    );
    const found = await verifyAudit(db, last);
    assert.equal('last' in found && found.last.sequence, last.sequence + 50);
  });

  test('goes on over more entries than are read at a time', async t => {
    const { portal, db, last } = await logOf(t, 0);
    const entry = audit('product.edit', { actor: 'sales', nowS });
    await portal.administer('system', async records => {
      for (let index = 0; index < 1001; index += 1) await records.appendAudit(entry);
    });
    const found = await verifyAudit(db);
    assert.equal('last' in found && found.last.sequence, last.sequence + 1001);
  });

  const changes = {
    'another actor': sql`update audit set actor = 'nobody' where sequence = 2`,
    'another time': sql`update audit set at_ms = at_ms + 1 where sequence = 2`,
    'other fields': sql`update audit set changed = '[]' where sequence = 2`,
    'no device any more': sql`update audit set license_id = id where sequence = 2`,
    'an entry less': sql`delete from audit where sequence = 2`,
    'another hash': sql`update audit set hash = id where sequence = 2`,
  };
  for (const [name, change] of Object.entries(changes)) {
    test(`shows ${name} at the entry`, async t => {
      const { db } = await logOf(t, 3);
      await takeAuditGuardOff(db);
      await change.execute(db);
      assert.deepEqual(await verifyAudit(db), { brokenAt: 2 });
    });
  }

  test('shows a cut end, and a log written anew, to who has noted a link', async t => {
    const { db, last } = await logOf(t, 3);
    await takeAuditGuardOff(db);
    await sql`delete from audit where sequence = ${last.sequence}`.execute(db);
    assert('last' in (await verifyAudit(db)));
    assert.deepEqual(await verifyAudit(db, last), { brokenAt: last.sequence });
    const other = { sequence: 1, hash: new Uint8Array(32) };
    assert.deepEqual(await verifyAudit(db, other), { brokenAt: 1 });
  });

  test('takes up what was written before it was linked', async t => {
    const place = await portalPlace(t, dataFolder(t));
    const { db, close } = await openDatabase(place);
    t.after(close);
    await takeAuditGuardOff(db);
    await sql`drop index audit_by_time`.execute(db);
    await sql`drop index audit_by_sequence`.execute(db);
    await sql`alter table audit drop column sequence`.execute(db);
    await sql`alter table audit drop column hash`.execute(db);
    for (const id of [3, 1, 2]) {
      await sql`insert into audit (id, at_ms, actor, action, changed)
        values (${new Uint8Array(16).fill(id)}, ${id}, 'sales', 'product.edit', '[]')`.execute(db);
    }
    await auditChain.up(db);
    const found = await verifyAudit(db);
    assert.equal('last' in found && found.last.sequence, 3);
    const rows = await db.selectFrom('audit').select('at_ms').orderBy('sequence').execute();
    assert.deepEqual(
      rows.map(({ at_ms }) => at_ms),
      [1, 2, 3],
    );
  });
});
