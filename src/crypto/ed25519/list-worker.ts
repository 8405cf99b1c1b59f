/** Verifies one list, with the largest tables, and tells the answers; null when it cannot. */
import { Ed25519Verifier } from './verifier.ts';
import type { ListOrder } from './worker-list.ts';

const PLAN = { digitBits: 8, keys: 1 };

addEventListener('message', ({ data }: MessageEvent<ListOrder>) => {
  verify(data).then(postMessage, () => postMessage(null));
});

/** What cannot be taken in arrives as `messageerror`: the page verifies then. */
addEventListener('messageerror', () => postMessage(null));

async function verify({ module, publicKey, list }: ListOrder): Promise<boolean[]> {
  const verifier = await Ed25519Verifier.create(module, PLAN);
  verifier.prepare(publicKey);
  return verifier.verifyList(publicKey, list);
}
