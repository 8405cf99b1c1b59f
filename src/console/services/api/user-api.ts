import { consolePaths } from '../../../api/paths.ts';
import {
  type CreateUser,
  type ResetPassword,
  type User,
  type UserList,
  type UserPassword,
  userListSchema,
  userPasswordSchema,
  userSchema,
} from '../../../api/users.ts';
import type { ConsoleCalls } from './console-calls.ts';

/** Those whom licenses are issued to. */
export class UserApi {
  readonly #calls: ConsoleCalls;

  constructor(calls: ConsoleCalls) {
    this.#calls = calls;
  }

  list(query: URLSearchParams): Promise<UserList> {
    return this.#calls.get(consolePaths.users, userListSchema, query);
  }

  read(id: string): Promise<User> {
    return this.#calls.get(consolePaths.user(id), userSchema);
  }

  create(body: CreateUser): Promise<UserPassword> {
    return this.#calls.json({ method: 'POST', path: consolePaths.users, body }, userPasswordSchema);
  }

  resetPassword(id: string, body: ResetPassword): Promise<UserPassword> {
    return this.#calls.json(
      { method: 'POST', path: consolePaths.resetPassword(id), body },
      userPasswordSchema,
    );
  }
}
