import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import {
  type AuditFound,
  auditFoundSchema,
  auditPageSchema,
  type VerifyAudit,
} from '../../../src/api/audit.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { toHex } from '../../../src/bytes/hex.ts';
import { audit } from '../../../src/issue/audit.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import { takeAuditGuardOff } from '../support/test-database.ts';

const cleanup = suiteCleanup();
let fixture: ConsoleFixture;

before(async () => {
  fixture = await consoleFixture(cleanup);
});

const list = async (query = '') =>
  read(auditPageSchema, await fixture.client.get(`${consolePaths.audit}?${query}`));

/** Looks through the whole log, part by part, as the page does. */
async function verify({ client }: ConsoleFixture, noted: string | null = null) {
  let after: VerifyAudit['after'] = null;
  for (let parts = 1; ; parts += 1) {
    const body: VerifyAudit = { after, noted };
    const found: AuditFound = read(auditFoundSchema, await client.post(consolePaths.verifyAudit, body));
    if ('brokenAt' in found || found.isEnd) return { found, parts };
    assert(found.sequence < found.total);
    after = found.last;
  }
}

describe('the audit log', () => {
  it('tells every entry, newest first, with its number and its link', async () => {
    const { id } = await fixture.issue({ customer: 'Acme' });
    const { items, newest, next } = await list();
    assert.deepEqual([items[0]?.action, items[0]?.licenseId, next], ['license.create', id, null]);
    assert.deepEqual(
      items.map(({ sequence }) => sequence),
      items.map((_, index) => items.length - index),
    );
    assert.equal(newest, `${items[0]?.sequence}:${items[0]?.hash}`);
  });

  it('is narrowed by person, action, day, license, device and product, and paged', async () => {
    const { issue, activate, client } = fixture;
    const { id, key } = await issue();
    const device = await activate(key);
    await client.post(consolePaths.blockDevice(toHex(device.id)));
    const actions = async (query: string) => (await list(query)).items.map(({ action }) => action);
    const day = new Date().toISOString().slice(0, 10);
    const [{ deviceNumber = '' } = {}] = (await list('action=device.block')).items;
    const cases: [string, string[]][] = [
      ['action=device.block', ['device.block']],
      [`license=${id}`, ['license.create']],
      [`device=${toHex(device.id)}`, ['device.block']],
      [`device=${encodeURIComponent(deviceNumber ?? '')}`, ['device.block']],
      ['device=12', []],
      ['product=plotter&action=product.create', ['product.create']],
      ['actor=nobody', []],
      [`actor=OWNER&day=${day}&action=product.create`, ['product.create']],
      ['day=2001-01-01', []],
    ];
    for (const [query, expected] of cases) assert.deepEqual(await actions(query), expected, query);
    const first = await list('pageSize=1');
    const second = await list(`pageSize=1&before=${first.next}`);
    assert.equal(second.items[0]?.sequence, (first.items[0]?.sequence ?? 0) - 1);
    const refused = await client.get(`${consolePaths.audit}?day=2026-02-31x`);
    assert.deepEqual([refused.status, refused.json().data.field], [400, 'day']);
  });

  it('is exported whole as JSON lines, to who is signed in', async () => {
    const { client, server } = fixture;
    const answer = await client.get(consolePaths.exportAudit);
    const lines = answer.body
      .toString()
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    const { newest } = await list();
    const last = lines.at(-1);
    assert.equal(`${last.sequence}:${last.hash}`, newest);
    assert.deepEqual(
      lines.map(({ sequence }) => sequence),
      lines.map((_, index) => index + 1),
    );
    assert.match(answer.headers['content-disposition'] ?? '', /audit-log\.jsonl/);
    assert.equal((await server.call('console', consolePaths.exportAudit)).status, 401);
  });

  it('is verified part by part', async () => {
    const entry = audit('product.edit', { actor: 'sales', nowS: 1_800_000_000 });
    await fixture.server.portal.administer('system', async records => {
      for (let index = 0; index < 1200; index += 1) await records.appendAudit(entry);
    });
    const { found, parts } = await verify(fixture);
    const { newest } = await list('pageSize=1');
    assert.deepEqual([parts, 'last' in found && found.last], [2, newest]);
    assert.equal(
      (await fixture.client.post(consolePaths.verifyAudit, { after: null, noted: 'x' })).status,
      400,
    );
  });

  const changes: [name: string, change: RawBuilder<unknown>, brokenAt: number][] = [
    ['changed', sql`update audit set actor = 'nobody' where sequence = 2`, 2],
    ['removed', sql`delete from audit where sequence = 2`, 2],
    ['cut at the end', sql`delete from audit where sequence >= 3`, 3],
  ];
  for (const [name, change, brokenAt] of changes) {
    it(`tells that it was ${name}`, async () => {
      const own = await consoleFixture(cleanup);
      for (const _ of [1, 2, 3]) await own.issue();
      const { newest } = read(auditPageSchema, await own.client.get(consolePaths.audit));
      const whole = await verify(own, newest);
      assert('last' in whole.found);
      const { db } = own.server.portal.database;
      await takeAuditGuardOff(db);
      await change.execute(db);
      assert.deepEqual((await verify(own, newest)).found, { brokenAt });
    });
  }
});
