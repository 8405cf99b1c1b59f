import { type DeviceErrorCode, LatchkeyError } from '../../errors.ts';

const codes: Readonly<Record<string, DeviceErrorCode>> = {
  NotAllowedError: 'STICK_NOT_ALLOWED',
  SecurityError: 'STICK_NOT_ALLOWED',
  QuotaExceededError: 'STICK_FULL',
  NotFoundError: 'STICK_GONE',
  // Firefox, where the folder around is not there any more.
  UnknownError: 'STICK_GONE',
};

/** What the browser's own error about a folder or file on a stick means; a LatchkeyError stays what it is. */
export function stickError(error: unknown): LatchkeyError {
  if (error instanceof LatchkeyError) return error;
  const name = error instanceof Error ? error.name : '';
  const code = codes[name] ?? 'STICK_FAILED';
  return new LatchkeyError(code, `the browser says ${name || 'nothing'}`, { cause: error });
}

/** Runs steps on a stick and tells what fails by its code. @throws STICK_NOT_ALLOWED, STICK_FULL, STICK_GONE, STICK_FAILED */
export async function onStick<T>(steps: () => Promise<T>): Promise<T> {
  try {
    return await steps();
  } catch (error) {
    throw stickError(error);
  }
}
