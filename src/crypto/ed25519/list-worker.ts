/** Verifies one list, with the largest tables, and tells the answers; null when there is no WebAssembly here. */
import { loadBuild } from './build.ts';
import { Ed25519Verifier } from './verifier.ts';
import type { ListOrder } from './worker-list.ts';

const PLAN = { digitBits: 8, keys: 1 };

addEventListener('message', ({ data }: MessageEvent<ListOrder>) => {
  void verify(data).then(answers => postMessage(answers));
});

async function verify({ publicKey, list }: ListOrder): Promise<boolean[] | null> {
  try {
    const build = await loadBuild();
    if (!build) return null;
    const verifier = await Ed25519Verifier.create(build.module, PLAN);
    verifier.prepare(publicKey);
    return verifier.verifyList(publicKey, list);
  } catch {
    return null;
  }
}
