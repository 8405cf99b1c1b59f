import type { Bytes } from '../../bytes/bytes.ts';

/** What the worker is asked. */
export interface Hashing {
  readonly password: Bytes;
  readonly salt: Bytes;
}

/** What it answers. */
export type Hashed = Bytes | null;

/**
 * Argon2id beside the page, which stays quick meanwhile: a third of a second on a desk, seconds on a small kiosk.
 * Where no worker starts, the page itself hashes.
 *
 * @returns 16 bytes.
 */
export async function argon2id(password: Bytes, salt: Bytes): Promise<Bytes> {
  const hashed = await hashInWorker({ password, salt });
  if (hashed !== null) return hashed;
  const { hashOnThisThread } = await import('./hash.ts');
  return hashOnThisThread(password, salt);
}

async function hashInWorker(hashing: Hashing): Promise<Hashed> {
  const worker = startWorker();
  if (worker === null) return null;
  try {
    return await new Promise<Hashed>(resolve => {
      worker.addEventListener('message', ({ data }: MessageEvent<Hashed>) => resolve(data));
      worker.addEventListener('error', () => resolve(null));
      worker.postMessage(hashing);
    });
  } finally {
    worker.terminate();
  }
}

/** null where a page may have none. */
function startWorker(): Worker | null {
  try {
    return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}
