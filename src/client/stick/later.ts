import { whenIdle } from '../../platform/clock.ts';

/** Fetches `<lk-stick>` once the page is at rest: the tag stays empty until then. Never rejects. */
export function keepStickPanel(): void {
  whenIdle(() => {
    // Where it cannot be had, picker, drop, camera and clipboard are there all the same.
    void import('./lk-stick.ts').catch(() => null);
  });
}
