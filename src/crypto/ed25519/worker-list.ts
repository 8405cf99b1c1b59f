import type { Bytes } from '../../bytes/bytes.ts';
import type { Signed } from '../crypto.ts';

/** What the worker is told. */
export interface ListOrder {
  /** The build that runs here, compiled. */
  readonly module: WebAssembly.Module;
  readonly publicKey: Bytes;
  readonly list: readonly Signed[];
}

/**
 * Verifies a list in a worker of its own, which ends with it.
 *
 * @returns null when no worker starts, or it cannot verify: the caller does it then.
 */
export async function verifyInWorker(order: ListOrder): Promise<boolean[] | null> {
  const worker = startWorker();
  if (!worker) return null;
  try {
    return await new Promise(resolve => {
      worker.addEventListener('message', ({ data }) => resolve(answersOf(data, order.list.length)));
      worker.addEventListener('error', () => resolve(null));
      worker.addEventListener('messageerror', () => resolve(null));
      worker.postMessage(order);
    });
  } finally {
    worker.terminate();
  }
}

function startWorker(): Worker | null {
  if (!('Worker' in globalThis)) return null;
  try {
    return new Worker(new URL('./list-worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}

function answersOf(data: unknown, length: number): boolean[] | null {
  if (!Array.isArray(data) || data.length !== length) return null;
  return data.map(answer => answer === true);
}
