import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { LatchkeyError } from '../../errors.ts';

/** How many calls in how many seconds. */
export interface Rate {
  calls: number;
  seconds: number;
}

/** Slows callers down. Nothing is ever locked: what was refused can be tried again when the time has passed. */
export interface Throttle {
  /**
   * Counts one call.
   *
   * @throws LatchkeyError RATE_LIMITED - with `retryAfterSeconds`.
   */
  take(key: string): Promise<void>;
  /** Refuses as {@link take} does a key that has taken all that it may, and counts nothing. */
  demandRoom(key: string): Promise<void>;
  /** Counts so many calls that are let in whatever they come to: the next ones wait the longer. */
  count(key: string, calls: number): Promise<void>;
  /** Forgets what the key has taken. */
  forget(key: string): Promise<void>;
}

/** Counts in memory: a restart forgives, and several processes count each for themselves. */
export function createThrottle(rate: Rate): Throttle {
  const limiter = new RateLimiterMemory({ points: rate.calls, duration: rate.seconds });
  return {
    async take(key) {
      try {
        await limiter.consume(key);
      } catch (refused) {
        throw refused instanceof RateLimiterRes ? rateLimited(rate, refused) : refused;
      }
    },
    async demandRoom(key) {
      const taken = await limiter.get(key);
      if (taken !== null && taken.consumedPoints >= rate.calls) throw rateLimited(rate, taken);
    },
    async count(key, calls) {
      await limiter.penalty(key, calls);
    },
    async forget(key) {
      await limiter.delete(key);
    },
  };
}

function rateLimited({ calls, seconds }: Rate, { msBeforeNext }: RateLimiterRes): LatchkeyError {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return new LatchkeyError('RATE_LIMITED', `more than ${calls} calls in ${seconds} s`, {
    data: { retryAfterSeconds },
  });
}

/**
 * The address to count by. An IPv6 subscriber has a whole /64 of addresses, so only its first half counts.
 *
 * @param address - As the socket gives it.
 */
export function throttleKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
