import { LatchkeyError } from '../errors.ts';

/** Says what a failure of IndexedDB means to a person; a LatchkeyError passes through unchanged. */
export function storageError(cause: unknown): LatchkeyError {
  if (cause instanceof LatchkeyError) return cause;
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'QuotaExceededError') {
    return new LatchkeyError('STORAGE_FULL', 'the browser refused to store more', { cause });
  }
  if (name === 'VersionError') {
    return new LatchkeyError('STORAGE_BLOCKED', 'a newer version of the app owns the database', { cause });
  }
  return new LatchkeyError('STORAGE_FAILED', `the database failed with ${name || 'an unknown error'}`, {
    cause,
  });
}
