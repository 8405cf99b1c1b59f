import { registerRoute } from 'workbox-routing';
import { keepShared, SHARE_PATH, SHARED_PAGE } from '../platform/doors/shared-files.ts';

/** Takes what other apps of the system share to the installed app, and opens the app's page, which loads it. */
export function takeShares(): void {
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && url.pathname === SHARE_PATH,
    async ({ request }) => {
      try {
        await keepShared(await request.formData());
      } catch {
        // Not a form, or no space: the page finds nothing and says that the file could not be read.
      }
      return Response.redirect(SHARED_PAGE, 303);
    },
    'POST',
  );
}
