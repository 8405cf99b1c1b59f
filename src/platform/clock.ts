/** Milliseconds since the Unix epoch, as this computer believes. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** Calls when the page has been painted and has nothing better to do, in half a second at the latest. */
export function whenIdle(call: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(call, { timeout: 500 });
  else setTimeout(call, 200);
}

/**
 * Calls at a moment every few minutes and whenever the page is looked at again: a page that slept through the night
 * has to count the night. Returns what stops it.
 */
export function everyFewMinutes(call: () => void, intervalMs = 3 * 60_000): () => void {
  const timer = setInterval(call, intervalMs);
  const onVisible = () => {
    if (document.visibilityState === 'visible') call();
  };
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisible);
  };
}
