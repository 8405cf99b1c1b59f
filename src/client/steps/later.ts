/** The steps that come later: each is fetched when it is first needed, or when the page is at rest. */
export const later = {
  credentials: () => import('./credentials.ts'),
  request: () => import('./request.ts'),
  report: () => import('./report.ts'),
  deactivate: () => import('./deactivate.ts'),
  seal: () => import('./seal.ts'),
  loadAnswer: () => import('./load-answer.ts'),
  send: () => import('./send.ts'),
  contents: () => import('../contents/request-contents.ts'),
  pin: () => import('./pin.ts'),
  clearsPin: () => import('../pin/clears-pin.ts'),
  newDevice: () => import('./new-device.ts'),
  stick: () => import('../stick/device-stick.ts'),
  rescue: () => import('../recovery/rescue.ts'),
};

/**
 * Fetches the parts that come later while they are there: once another tab has started a new version of the app, the
 * files of this one are gone, and the server may be as well.
 */
export async function keepSteps(): Promise<void> {
  const parts = [
    ...Object.values(later).map(fetchStep => fetchStep()),
    import('../contents/contents-words.ts'),
    import('../../crypto/hpke.ts'),
    import('../../crypto/argon2/in-worker.ts'),
    import('../../crypto/argon2/hash.ts'),
  ];
  // What could not be fetched now is asked for again, and told, when it is needed.
  await Promise.allSettled(parts);
}
