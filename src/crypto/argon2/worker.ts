import { hashOnThisThread } from './hash.ts';
import type { Hashed, Hashing } from './in-worker.ts';

/** Hashes what the page sends; null when it cannot, as without memory. */
addEventListener('message', ({ data: { password, salt } }: MessageEvent<Hashing>) => {
  const tell = (hashed: Hashed) => postMessage(hashed);
  hashOnThisThread(password, salt).then(tell, () => tell(null));
});
