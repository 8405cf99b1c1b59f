import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { parseCsv } from '../../../src/api/csv/csv.ts';
import { defaultLimits, defaultTerms } from '../../../src/api/license-terms.ts';
import { issuedListSchema } from '../../../src/api/orders.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import type { ConsoleClient } from '../support/test-server.ts';

const cleanup = suiteCleanup();
let fixture: ConsoleFixture;
let client: ConsoleClient;

before(async () => {
  fixture = await consoleFixture(cleanup);
  ({ client } = fixture);
});

async function exported(filter: object = {}, withKeys = false) {
  const answer = await client.post(consolePaths.exportLicenses, { filter, withKeys });
  assert.equal(answer.status, 200, answer.body.toString());
  return answer;
}

/** The rows below the head, by their columns. */
function rowsOf(file: string): Record<string, string>[] {
  const { rows, brokenAt } = parseCsv(file);
  assert.equal(brokenAt, null);
  const [head, ...rest] = rows.map(({ cells }) => cells);
  return rest.map(cells => Object.fromEntries(cells.map((cell, index) => [head?.[index] ?? '', cell])));
}

describe('an export', () => {
  it('is a file that a spreadsheet opens as text, whatever is in it', async () => {
    const customer = '=HYPERLINK("https://evil.example")';
    await fixture.issue({ customer, holder: '+49 30', note: '-1\nsecond "line"' });
    const answer = await exported({ customer });
    assert.match(String(answer.headers['content-type']), /^text\/csv/);
    const text = answer.body.toString();
    assert.ok(text.startsWith('\uFEFForder,reference,'));
    assert.ok(
      text.includes(`"'=HYPERLINK(""https://evil.example"")","'+49 30"`.replace(`"'+49 30"`, "'+49 30")),
    );
    const [row] = rowsOf(text);
    assert.deepEqual([row?.customer, row?.holder, row?.note], [customer, '+49 30', '-1\nsecond "line"']);
  });

  it('holds license keys only when it is told to, and says so in the audit log', async () => {
    const { key } = await fixture.issue({ customer: 'Keys Ltd' });
    const without = await exported({ customer: 'Keys Ltd' });
    assert.equal(without.body.includes(key), false);
    const [plain] = rowsOf(without.body.toString());
    assert.equal(plain && 'key' in plain, false);
    const [row] = rowsOf((await exported({ customer: 'Keys Ltd' }, true)).body.toString());
    assert.equal(row?.key, key);
    const { db } = fixture.server.portal.database;
    const entries = await db
      .selectFrom('audit')
      .select(['actor', 'changed'])
      .where('action', '=', 'license.export')
      .orderBy('sequence', 'desc')
      .limit(2)
      .execute();
    assert.deepEqual(
      entries.map(({ changed }) => changed),
      ['["key"]', '[]'],
    );
    assert.equal(entries[0]?.actor, 'owner@latchkey.localhost');
  });

  it('has what the list has, in its order, over more licenses than are read at a time', async () => {
    const count = 450;
    for (let start = 0; start < count; start += 50) {
      const licenses = Array.from({ length: 50 }, (_, index) => {
        const kind = { product: 'plotter', type: 'consumption', trial: false };
        const features = [
          { code: 'export', expiresAt: null, limits: null },
          { code: 'pages', expiresAt: null, limits: { ...defaultLimits(500), overageMaximum: 50 } },
        ];
        const holder = `Press ${String(start + index).padStart(3, '0')}`;
        const terms = {
          ...defaultTerms(),
          limits: defaultLimits(null),
          features,
          holder,
          maxActivations: null,
        };
        return { order: 'EXPORT', reference: String(start + index), ...kind, terms };
      });
      const answer = await client.post(consolePaths.issueInOrders, { isTrial: false, licenses });
      assert.ok(read(issuedListSchema, answer).items.every(({ outcome }) => outcome === 'issued'));
    }
    const rows = rowsOf((await exported({ q: 'export', sort: 'holder', order: 'asc' })).body.toString());
    const holders = Array.from({ length: count }, (_, index) => `Press ${String(index).padStart(3, '0')}`);
    assert.deepEqual(
      rows.map(({ holder }) => holder),
      holders,
    );
    const { order, reference, features, seats, maximum } = rows[7] ?? {};
    assert.deepEqual(
      [order, reference, features, seats, maximum],
      ['EXPORT', '7', 'export; pages=500+50', 'unlimited', 'unlimited'],
    );
  });

  it('refuses a filter that there is not', async () => {
    const answer = await client.post(consolePaths.exportLicenses, {
      filter: { sort: 'key' },
      withKeys: false,
    });
    assert.equal(answer.json().code, 'FIELD_REFUSED');
  });
});
