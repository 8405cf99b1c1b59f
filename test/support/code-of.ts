import { type ErrorCode, LatchkeyError } from '../../src/errors.ts';

/** The code that an action is refused with, or null when it succeeds. Any other error is thrown on. */
export function codeOf(action: () => unknown): ErrorCode | null {
  return errorOf(action)?.code ?? null;
}

/** What an action is refused with, or null when it succeeds. Any other error is thrown on. */
export function errorOf(action: () => unknown): LatchkeyError | null {
  try {
    action();
    return null;
  } catch (error) {
    if (error instanceof LatchkeyError) return error;
    throw error;
  }
}

/** The code that a promise is refused with, or null when it resolves. Any other error is thrown on. */
export async function codeOfAsync(action: () => Promise<unknown>): Promise<ErrorCode | null> {
  try {
    await action();
    return null;
  } catch (error) {
    if (error instanceof LatchkeyError) return error.code;
    throw error;
  }
}
