import { type ChangePassword, type Session, type SignIn, sessionSchema } from '../../../api/accounts.ts';
import { authPaths, consolePaths } from '../../../api/paths.ts';
import { type Call, readAnswer } from './call.ts';
import type { ConsoleCalls } from './console-calls.ts';

/** Who is signed in; its calls never ask to sign in again. */
export class AccountApi {
  readonly #calls: ConsoleCalls;

  constructor(calls: ConsoleCalls) {
    this.#calls = calls;
  }

  async session(): Promise<Session> {
    const call: Call = { method: 'GET', path: consolePaths.session };
    return readAnswer(await this.#calls.sendOnce(call), sessionSchema);
  }

  async signIn(body: SignIn): Promise<void> {
    await this.#calls.sendOnce({ method: 'POST', path: authPaths.signIn, body });
  }

  async signOut(): Promise<void> {
    await this.#calls.sendOnce({ method: 'POST', path: authPaths.signOut, body: {} });
  }

  async changePassword(body: ChangePassword): Promise<void> {
    await this.#calls.sendOnce({ method: 'POST', path: authPaths.changePassword, body });
  }
}
