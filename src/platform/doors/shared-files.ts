import { MAX_ANSWER_BYTES } from './answer-length.ts';

/** Where other apps of the system share files and text to; the manifest names it. */
export const SHARE_PATH = '/share';
/** Where the app is opened then. */
export const SHARED_PAGE = '/?do=shared';

const CACHE = 'latchkey-shared';
const MAX_FILES = 50;
/** Name of the header that tells what was not kept. */
const SIZE = 'x-latchkey-size';

/** Something shared: a file, or how long one was that is too long for any answer. */
export type Shared = File | { tooLongBytes: number };

/**
 * Keeps what was shared until the page takes it: the first 50 files and the text beside them. A file past 256 KiB is
 * noted, not kept. It runs in the service worker, without a network.
 */
export async function keepShared(form: FormData): Promise<void> {
  const cache = await caches.open(CACHE);
  const files = form.getAll('files').filter(part => typeof part === 'string' || part.size > 0);
  const parts = [...files.slice(0, MAX_FILES), form.get('text')];
  const now = Date.now();
  for (const [index, part] of parts.entries()) {
    const file = typeof part === 'string' ? new File([part], 'text.txt') : part;
    if (file && file.size > 0) await cache.put(`/shared/${now}-${index}`, await kept(file));
  }
}

/** Takes what was shared since the last time, once: it is not kept any longer. */
export async function takeShared(): Promise<Shared[]> {
  const cache = await caches.open(CACHE);
  const shared: Shared[] = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    if (response && (await cache.delete(request))) shared.push(await sharedOf(response));
  }
  return shared;
}

async function kept(file: File): Promise<Response> {
  if (file.size > MAX_ANSWER_BYTES) return new Response(null, { headers: { [SIZE]: String(file.size) } });
  return new Response(await file.arrayBuffer());
}

async function sharedOf(response: Response): Promise<Shared> {
  const size = response.headers.get(SIZE);
  if (size !== null) return { tooLongBytes: Number(size) };
  return new File([await response.arrayBuffer()], 'shared');
}
