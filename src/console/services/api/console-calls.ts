import type * as v from 'valibot';
import { type ErrorCode, LatchkeyError } from '../../../errors.ts';
import { type Call, type Fetch, readAnswer, sendCall } from './call.ts';

/** Asks the person to sign in again, or to change the password; true when the call may be sent once more. */
export type SignInAgain = (code: ErrorCode) => Promise<boolean>;

const accountCodes: ReadonlySet<ErrorCode> = new Set(['SIGN_IN_NEEDED', 'PASSWORD_CHANGE_NEEDED']);

/**
 * Calls of the console's API with answers of checked shape. When the session has ended, the person is asked to sign
 * in and the call is sent again, so that nothing typed is lost. Every method throws a LatchkeyError with the server's code.
 */
export class ConsoleCalls {
  readonly #fetch: Fetch;
  /** What to do when the session has ended; until it is set, such a call is refused. */
  signInAgain: SignInAgain = async () => false;

  constructor(fetch: Fetch = (path, init) => window.fetch(path, init)) {
    this.#fetch = fetch;
  }

  get<Schema extends v.GenericSchema>(path: string, schema: Schema, query?: URLSearchParams) {
    const search = query && query.size > 0 ? `?${query}` : '';
    return this.json({ method: 'GET', path: `${path}${search}` }, schema);
  }

  async json<Schema extends v.GenericSchema>(call: Call, schema: Schema): Promise<v.InferOutput<Schema>> {
    return readAnswer(await this.send(call), schema);
  }

  post(path: string): Promise<Response> {
    return this.send({ method: 'POST', path });
  }

  async send(call: Call): Promise<Response> {
    for (;;) {
      try {
        return await this.sendOnce(call);
      } catch (error) {
        if (!(error instanceof LatchkeyError) || !accountCodes.has(error.code)) throw error;
        if (!(await this.signInAgain(error.code))) throw error;
      }
    }
  }

  /** Does not ask to sign in again. */
  sendOnce(call: Call): Promise<Response> {
    return sendCall(this.#fetch, call);
  }
}
