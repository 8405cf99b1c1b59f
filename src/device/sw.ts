import type { PrecacheEntry } from 'workbox-precaching';
import { serveOffline } from '../client/sw.ts';
import { takeShares } from '../client/sw-share.ts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: PrecacheEntry[] };

serveOffline(self.__WB_MANIFEST);
takeShares();
