import type { PickedFile } from '../../ui/files/picked-file.ts';
import type { Unpacked } from './unpack.ts';

/** Below this a worker takes longer to start than the page takes to read. */
const minWorkerBytes = 64 * 1024;

/** Unpacks beside the page, which stays quick; where no worker starts, or there is little to do, the page itself does. */
export async function unpackInWorker(picked: readonly PickedFile[]): Promise<Unpacked[]> {
  const bytes = picked.reduce((sum, { size }) => sum + size, 0);
  const unpacked = bytes < minWorkerBytes ? null : await askWorker(picked);
  if (unpacked) return unpacked;
  const { unpack } = await import('./unpack.ts');
  return unpack(picked);
}

async function askWorker(picked: readonly PickedFile[]): Promise<Unpacked[] | null> {
  const worker = startWorker();
  if (!worker) return null;
  try {
    return await new Promise(resolve => {
      worker.addEventListener('message', ({ data }: MessageEvent<Unpacked[]>) => resolve(data));
      worker.addEventListener('error', () => resolve(null));
      worker.addEventListener('messageerror', () => resolve(null));
      worker.postMessage(picked);
    });
  } finally {
    worker.terminate();
  }
}

function startWorker(): Worker | null {
  try {
    return new Worker(new URL('./unpack-worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}
