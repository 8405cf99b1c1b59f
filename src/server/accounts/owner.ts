import type { Accounts } from './accounts.ts';
import { createOneTimePassword } from './password.ts';

/** What the owner needs to sign in for the first time, or again. */
export interface OwnerAccess {
  email: string;
  oneTimePassword: string;
}

/**
 * Makes the owner's account when there is none; null when there is one. The password is handed to `announce`
 * before it is stored: a first start that is killed in between starts over with another one, so that no account
 * is left behind whose password nobody has seen.
 */
export async function ensureOwner(
  accounts: Accounts,
  email: string,
  announce: (access: OwnerAccess) => void,
): Promise<OwnerAccess | null> {
  if (await accounts.hasOwner()) return null;
  const access = { email, oneTimePassword: createOneTimePassword() };
  announce(access);
  await accounts.setOwner(email, access.oneTimePassword);
  return access;
}

/** Gives the owner a new one-time password; every session of the account ends. Works beside a running server. */
export async function resetOwner(accounts: Accounts, email: string): Promise<OwnerAccess> {
  const access = { email: (await accounts.ownerEmail()) ?? email, oneTimePassword: createOneTimePassword() };
  await accounts.setOwner(access.email, access.oneTimePassword);
  return access;
}
