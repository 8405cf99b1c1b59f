/** Keeps the screen on until it is released; where the browser cannot, nothing happens. */
export class WakeLock {
  #sentinel: Promise<WakeLockSentinel | null> | null = null;

  hold(): void {
    this.#sentinel ??= request();
  }

  async release(): Promise<void> {
    const sentinel = await this.#sentinel;
    this.#sentinel = null;
    await sentinel?.release();
  }
}

async function request(): Promise<WakeLockSentinel | null> {
  try {
    return await navigator.wakeLock.request('screen');
  } catch {
    return null;
  }
}
