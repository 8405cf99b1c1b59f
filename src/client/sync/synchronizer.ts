import { isOnline, watchNetwork } from '../../platform/network.ts';
import type { DeviceSession } from '../state/device-session.ts';
import { NEW_FILE_MS, nextDueAtMs, type Occasion, retryAtMs, withJitter } from './rules.ts';
import { maySync, syncOnce } from './sync-once.ts';
import { waitingOf } from './waiting.ts';

/** Browsers count timers in 31 bits, and a computer that slept is looked at again anyway. */
const LONGEST_TIMER_MS = 6 * 60 * 60_000;

/**
 * Decides when to sync: at once, when the network is back, when the page is looked at again, and when the next thing
 * is due. Does nothing while syncing is off or the browser says that there is no network.
 */
export class Synchronizer {
  readonly #session: DeviceSession;
  readonly #stopWatching: () => void;
  #timer: { readonly id: ReturnType<typeof setTimeout>; readonly atMs: number } | null = null;
  #isBusy = false;
  /** The network came back while a pass over the former one was ending. */
  #isBackAgain = false;
  #isStopped = false;
  #wasOn: boolean;

  constructor(session: DeviceSession) {
    this.#session = session;
    this.#wasOn = session.isSyncOn;
    this.#stopWatching = watchNetwork({
      onBack: () => {
        session.onChange();
        void this.#sync('back');
      },
      onLost: () => session.onChange(),
      onSeen: () => void this.#sync('later'),
    });
    void this.#sync('back');
  }

  /** Something of the device has changed: more may be due, or syncing was turned on. */
  changed(): void {
    const isTurnedOn = this.#session.isSyncOn && !this.#wasOn;
    this.#wasOn = this.#session.isSyncOn;
    if (isTurnedOn) void this.#sync('back');
    else this.#setTimer();
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopWatching();
    if (this.#timer) clearTimeout(this.#timer.id);
  }

  async #sync(occasion: Occasion): Promise<void> {
    if (this.#isBusy) this.#isBackAgain ||= occasion === 'back';
    if (this.#isBusy || this.#isStopped || !maySync(this.#session, occasion)) return;
    this.#isBusy = true;
    this.#isBackAgain = false;
    try {
      await syncOnce(this.#session, occasion);
    } finally {
      this.#isBusy = false;
      if (this.#isBackAgain) void this.#sync('back');
      else this.#setTimer();
    }
  }

  /** A timer that is set already is never put off: an app may change something every second. */
  #setTimer(): void {
    const session = this.#session;
    if (this.#isBusy || this.#isStopped || !session.isSyncOn || !isOnline()) return;
    const nowMs = session.clock();
    const dueAtMs = nextDueAtMs(waitingOf(session), nowMs);
    if (dueAtMs === null) return;
    const { failed } = session.state.sync;
    const notBeforeMs = failed ? retryAtMs(failed, nowMs, 'later') : 0;
    const waitMs = Math.max(NEW_FILE_MS, dueAtMs - nowMs, notBeforeMs - nowMs);
    this.#wakeIn(Math.min(withJitter(waitMs, Math.random()), LONGEST_TIMER_MS));
  }

  #wakeIn(waitMs: number): void {
    const atMs = performance.now() + waitMs;
    if (this.#timer && this.#timer.atMs <= atMs) return;
    if (this.#timer) clearTimeout(this.#timer.id);
    const wake = () => {
      this.#timer = null;
      void this.#sync('later');
    };
    this.#timer = { id: setTimeout(wake, waitMs), atMs };
  }
}
