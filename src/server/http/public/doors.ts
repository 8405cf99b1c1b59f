import { Hono } from 'hono';
import type { SiteEnv } from '../request/site-env.ts';

const LICENSE_TYPE = 'application/vnd.latchkey.license';
/** The page that says that nothing was shared, so that nobody believes it was loaded. */
const SHARED_PAGE = '/?do=shared';

/**
 * By which doors of the system files come to the device app: double-click, sharing, and shortcuts on its icon.
 * `/share` is the service worker's.
 */
export const deviceDoors = {
  file_handlers: [{ action: '/', accept: { [LICENSE_TYPE]: ['.lic'] } }],
  share_target: {
    action: '/share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: {
      text: 'text',
      files: [
        {
          name: 'files',
          accept: [LICENSE_TYPE, '.lic', 'application/octet-stream', 'text/plain', '.txt'],
        },
      ],
    },
  },
  shortcuts: [
    { name: 'Load an answer', url: '/?do=load', icons: shortcutIcons() },
    { name: 'About this device', short_name: 'Device number', url: '/about', icons: shortcutIcons() },
  ],
};

/** What is shared while no service worker runs cannot be kept: the app's page says so. */
export function createShareRoute(): Hono<SiteEnv> {
  return new Hono<SiteEnv>().post('/share', context => context.redirect(SHARED_PAGE, 303));
}

function shortcutIcons() {
  return [{ src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' }];
}
