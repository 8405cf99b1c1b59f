import type { Account, ChangePassword, SignIn } from '../../api/accounts.ts';
import { LatchkeyError } from '../../errors.ts';
import { type AuthOptions, type OpenAuth, openAuth } from './auth.ts';
import { checkNewPassword } from './password.ts';

/** Who calls, and the cookies that keep the session alive; to be passed on with the answer. */
export interface SignedIn {
  account: Account;
  cookies: string[];
}

/** The people who may use the console. Throttling is not done here. */
export interface Accounts {
  hasOwner(): Promise<boolean>;
  /** Makes the owner's account, or gives it a new password; all its sessions end and the password must be changed. */
  setOwner(email: string, oneTimePassword: string): Promise<void>;
  /** E-mail address of the owner, or null when there is none. */
  ownerEmail(): Promise<string | null>;
  /**
   * Starts a session and returns its cookies.
   *
   * @throws LatchkeyError SIGN_IN_REFUSED - unknown address or wrong password.
   * @throws LatchkeyError SERVER_BUSY - the session cannot be written now.
   */
  signIn(fields: SignIn): Promise<string[]>;
  /** Ends the session and returns the cookies that delete it. */
  signOut(headers: Headers): Promise<string[]>;
  /** Returns who is signed in, or null. */
  signedIn(headers: Headers): Promise<SignedIn | null>;
  /**
   * Changes the password, ends every session of the account and returns the cookies of a new one.
   *
   * @throws LatchkeyError SIGN_IN_NEEDED - no session.
   * @throws LatchkeyError SIGN_IN_REFUSED - the current password is wrong.
   * @throws LatchkeyError PASSWORD_WEAK - the new one does not do.
   */
  changePassword(headers: Headers, fields: ChangePassword): Promise<string[]>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the accounts of the console. */
export async function openAccounts(options: AuthOptions): Promise<Accounts> {
  const open = await openAuth(options);
  const { auth, context } = open;
  return {
    hasOwner: () => hasOwner(open),
    ownerEmail: async () => (await findOwner(open))?.email ?? null,
    setOwner: (email, password) => setOwner(open, email, password),
    async signIn(fields) {
      const call = auth.api.signInEmail({ body: { ...fields }, returnHeaders: true });
      return cookiesOf((await refusing(call, 'wrong e-mail address or password')).headers);
    },
    async signOut(headers) {
      return cookiesOf((await auth.api.signOut({ headers, returnHeaders: true })).headers);
    },
    signedIn: headers => findSignedIn(open, headers),
    changePassword: (headers, fields) => changePassword(open, headers, fields),
    ping: async () => void (await context.adapter.count({ model: 'user' })),
    close: open.close,
  };
}

async function findOwner({ context }: OpenAuth): Promise<{ id: string; email: string } | null> {
  return context.adapter.findOne({ model: 'user', where: [{ field: 'role', value: 'owner' }] });
}

async function hasOwner(open: OpenAuth): Promise<boolean> {
  const owner = await findOwner(open);
  if (!owner) return false;
  return (await open.context.internalAdapter.findCredentialAccount(owner.id)) !== null;
}

/** Every step can be done again: a first start that is killed in between finds an owner without a password. */
async function setOwner(open: OpenAuth, email: string, oneTimePassword: string): Promise<void> {
  const { internalAdapter, password: passwords } = open.context;
  const password = await passwords.hash(oneTimePassword);
  const { id } = (await findOwner(open)) ?? (await createOwner(open, email));
  await internalAdapter.updateUser(id, { passwordChangeNeeded: true });
  if (await internalAdapter.findCredentialAccount(id)) await internalAdapter.updatePassword(id, password);
  else await internalAdapter.linkAccount({ userId: id, accountId: id, providerId: 'credential', password });
  await internalAdapter.deleteUserSessions(id);
}

function createOwner({ context }: OpenAuth, email: string): Promise<{ id: string }> {
  const user = { email, name: 'Owner', emailVerified: true, role: 'owner', passwordChangeNeeded: true };
  return context.internalAdapter.createUser(user, { method: 'admin' });
}

async function findSignedIn({ auth }: OpenAuth, headers: Headers): Promise<SignedIn | null> {
  const { response, headers: answer } = await auth.api.getSession({ headers, returnHeaders: true });
  if (!response) return null;
  const { email, name, role, passwordChangeNeeded } = response.user;
  if (role !== 'owner') return null;
  return {
    account: { email, name, role, passwordChangeNeeded: Boolean(passwordChangeNeeded) },
    cookies: cookiesOf(answer),
  };
}

async function changePassword(open: OpenAuth, headers: Headers, fields: ChangePassword): Promise<string[]> {
  const { auth, context } = open;
  const session = await auth.api.getSession({ headers });
  if (!session) throw new LatchkeyError('SIGN_IN_NEEDED', 'expected a session');
  checkNewPassword(fields.newPassword, fields.currentPassword);
  // Every other session ends with the old password, whoever started it.
  const call = auth.api.changePassword({
    headers,
    body: { ...fields, revokeOtherSessions: true },
    returnHeaders: true,
  });
  const answer = await refusing(call, 'wrong current password');
  await context.internalAdapter.updateUser(session.user.id, { passwordChangeNeeded: false });
  return cookiesOf(answer.headers);
}

/** better-auth's refusals carry a status of their own; anything else is a fault. */
async function refusing<Answer>(call: Promise<Answer>, message: string): Promise<Answer> {
  try {
    return await call;
  } catch (cause) {
    const status = cause instanceof Error && 'statusCode' in cause ? Number(cause.statusCode) : 500;
    if (status >= 400 && status < 500) throw new LatchkeyError('SIGN_IN_REFUSED', message, { cause });
    throw cause;
  }
}

function cookiesOf(headers: Headers | null | undefined): string[] {
  return headers?.getSetCookie() ?? [];
}
