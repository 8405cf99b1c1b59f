import { LatchkeyError } from '../errors.ts';

/** What a command prints when it fails for no fault of the program; null for a fault, which is to be seen whole. */
export function plainSentence(error: unknown): string | null {
  if (!(error instanceof LatchkeyError) && !(error instanceof TypeError)) return null;
  const because = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `latchkey: ${error.message}${because}`;
}
