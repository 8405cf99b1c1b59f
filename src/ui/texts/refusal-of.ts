import { LatchkeyError } from '../../errors.ts';

/** What a page shows of any error: a LatchkeyError as it is, a fault of the page as APP_FAILED. */
export function refusalOf(error: unknown): LatchkeyError {
  if (error instanceof LatchkeyError) return error;
  return new LatchkeyError('APP_FAILED', 'the page failed', { cause: error });
}
