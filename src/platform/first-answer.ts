import { LatchkeyError } from '../errors.ts';

/**
 * The first answer that comes from any of some addresses. The best is asked at once; the next one when the one before
 * has failed, or has been silent for its share of the time. Whoever is asked in vain may still hear the question, so
 * it has to be one that may come twice.
 *
 * @param addresses - The best first, at least one.
 * @param ask - Throws a LatchkeyError when an address does not answer; one with `retryAfterSeconds` ends the search,
 *   since it asks to wait and not to go on elsewhere.
 * @throws the latest failure, when none has answered in time.
 */
export function firstAnswer<T>(
  addresses: readonly string[],
  ask: (address: string, signal: AbortSignal) => Promise<T>,
  timeoutMs: number,
): Promise<T> {
  const shareMs = timeoutMs / (addresses.length + 1);
  const stop = new AbortController();
  const timers = [setTimeout(() => stop.abort(), timeoutMs)];
  let begun = 0;
  let pending = 0;
  const answer = new Promise<T>((resolve, reject) => {
    const begin = () => {
      const address = addresses[begun];
      if (address === undefined || stop.signal.aborted) return;
      begun += 1;
      pending += 1;
      const share = setTimeout(begin, shareMs);
      timers.push(share);
      ask(address, stop.signal).then(resolve, error => {
        clearTimeout(share);
        pending -= 1;
        if (isFinal(error)) reject(error);
        else begin();
        if (pending === 0) reject(error);
      });
    };
    begin();
  });
  return answer.finally(() => {
    for (const timer of timers) clearTimeout(timer);
    stop.abort();
  });
}

/** What is no LatchkeyError is a fault, and no other address mends it. */
function isFinal(error: unknown): boolean {
  return !(error instanceof LatchkeyError) || error.data.retryAfterSeconds !== undefined;
}
