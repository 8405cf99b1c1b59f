import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it, type TestContext } from 'node:test';
import { type Accounts, openAccounts } from '../../../src/server/accounts/accounts.ts';
import { ensureOwner, resetOwner } from '../../../src/server/accounts/owner.ts';
import { databaseEnv } from '../support/test-database.ts';

const email = 'owner@latchkey.localhost';
const first = 'first-one-time-password';
const chosen = 'a password of my own';

let folder: string;
let place: string;
let accounts: Accounts;
let cleanups: (() => unknown)[] = [];

const options = () => ({
  place,
  secret: 'a secret for tests, of more than 32 characters',
  origin: 'http://console.latchkey.localhost:8787',
});

const cookieHeaders = (cookies: string[]) =>
  new Headers({ cookie: cookies.map(cookie => cookie.split(';')[0]).join('; ') });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-accounts-'));
  const test: Pick<TestContext, 'after'> = {
    after(clean) {
      if (clean) cleanups.push(() => Reflect.apply(clean, undefined, []));
    },
  };
  place = (await databaseEnv(test, folder)).DATABASE_URL ?? join(folder, 'accounts.sqlite');
  accounts = await openAccounts(options());
});

afterEach(async () => {
  await accounts.close();
  for (const clean of cleanups) await clean();
  cleanups = [];
  rmSync(folder, { recursive: true });
});

describe('accounts', () => {
  it('signs the owner in with a strict, HTTP-only cookie', async () => {
    await accounts.setOwner(email, first);
    const cookies = await accounts.signIn({ email, password: first });
    assert.equal(cookies.length, 1);
    assert.match(cookies[0] ?? '', /SameSite=Strict/i);
    assert.match(cookies[0] ?? '', /HttpOnly/i);
    const signedIn = await accounts.signedIn(cookieHeaders(cookies));
    assert.deepEqual(signedIn?.account, { email, name: 'Owner', role: 'owner', passwordChangeNeeded: true });
  });

  it('refuses a wrong password and an unknown address alike', async () => {
    await accounts.setOwner(email, first);
    const refused = { code: 'SIGN_IN_REFUSED', message: /wrong e-mail address or password/ };
    await assert.rejects(accounts.signIn({ email, password: 'wrong' }), refused);
    await assert.rejects(accounts.signIn({ email: 'who@latchkey.localhost', password: first }), refused);
  });

  it('ends every session when the password changes and clears the demand to change it', async () => {
    await accounts.setOwner(email, first);
    const other = await accounts.signIn({ email, password: first });
    const mine = await accounts.signIn({ email, password: first });
    const renewed = await accounts.changePassword(cookieHeaders(mine), {
      currentPassword: first,
      newPassword: chosen,
    });
    assert.equal(await accounts.signedIn(cookieHeaders(other)), null);
    assert.equal(await accounts.signedIn(cookieHeaders(mine)), null);
    const signedIn = await accounts.signedIn(cookieHeaders(renewed));
    assert.equal(signedIn?.account.passwordChangeNeeded, false);
    await assert.rejects(accounts.signIn({ email, password: first }), { code: 'SIGN_IN_REFUSED' });
  });

  it('refuses a weak new password, the old one and a wrong current one, and keeps the session', async () => {
    await accounts.setOwner(email, first);
    const headers = cookieHeaders(await accounts.signIn({ email, password: first }));
    const change = (currentPassword: string, newPassword: string) =>
      accounts.changePassword(headers, { currentPassword, newPassword });
    await assert.rejects(change(first, 'short'), { code: 'PASSWORD_WEAK' });
    await assert.rejects(change(first, 'aaaaaaaaaaaaaaaa'), { code: 'PASSWORD_WEAK' });
    await assert.rejects(change(first, first), { code: 'PASSWORD_WEAK' });
    await assert.rejects(change('wrong', chosen), { code: 'SIGN_IN_REFUSED' });
    assert.equal((await accounts.signedIn(headers))?.account.passwordChangeNeeded, true);
  });

  it('refuses a cookie that another secret signed', async () => {
    await accounts.setOwner(email, first);
    const cookies = await accounts.signIn({ email, password: first });
    const others = await openAccounts({ ...options(), secret: 'another secret of more than 32 characters' });
    assert.equal(await others.signedIn(cookieHeaders(cookies)), null);
    others.close();
  });

  it('signs out for good', async () => {
    await accounts.setOwner(email, first);
    const headers = cookieHeaders(await accounts.signIn({ email, password: first }));
    const cookies = await accounts.signOut(headers);
    assert.match(cookies.join(), /Max-Age=0/);
    assert.equal(await accounts.signedIn(headers), null);
  });
});

describe('ensureOwner()', () => {
  it('makes the owner once', async () => {
    const made = await ensureOwner(accounts, email, () => {});
    assert.match(made?.oneTimePassword ?? '', /^([0-9a-z]{5}-){3}[0-9a-z]{5}$/);
    assert.equal(await ensureOwner(accounts, email, () => {}), null);
    await accounts.signIn({ email, password: made?.oneTimePassword ?? '' });
  });

  it('makes no account whose password could not be announced', async () => {
    const broken = ensureOwner(accounts, email, () => {
      throw new Error('killed');
    });
    await assert.rejects(broken, /killed/);
    assert.equal(await accounts.hasOwner(), false);
  });
});

describe('resetOwner()', () => {
  it('gives a new one-time password beside a running server and ends all sessions', async () => {
    await accounts.setOwner(email, first);
    const headers = cookieHeaders(await accounts.signIn({ email, password: first }));
    await accounts.changePassword(headers, { currentPassword: first, newPassword: chosen });
    const mine = cookieHeaders(await accounts.signIn({ email, password: chosen }));

    const beside = await openAccounts(options());
    const access = await resetOwner(beside, 'unused@latchkey.localhost');
    beside.close();

    assert.equal(access.email, email);
    assert.equal(await accounts.signedIn(mine), null);
    await assert.rejects(accounts.signIn({ email, password: chosen }), { code: 'SIGN_IN_REFUSED' });
    const again = cookieHeaders(await accounts.signIn({ email, password: access.oneTimePassword }));
    assert.equal((await accounts.signedIn(again))?.account.passwordChangeNeeded, true);
  });
});
