import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openAccounts } from '../../../src/server/accounts/accounts.ts';
import { dataFolder } from '../support/data-folder.ts';

const email = 'owner@latchkey.localhost';
const password = 'first-one-time-password';

test('a sign-in that cannot be written asks to come again, and succeeds once it can', async t => {
  const place = join(dataFolder(t), 'accounts.db');
  const secret = 'a secret for tests, of more than 32 characters';
  const accounts = await openAccounts({ place, secret, origin: 'http://console.latchkey.localhost:8787' });
  t.after(accounts.close);
  await accounts.setOwner(email, password);
  const other = new DatabaseSync(place);
  t.after(() => other.close());
  other.exec('begin immediate');
  await assert.rejects(accounts.signIn({ email, password }), { code: 'SERVER_BUSY' });
  other.exec('rollback');
  assert.equal((await accounts.signIn({ email, password })).length, 1);
});
