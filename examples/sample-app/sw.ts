import type { PrecacheEntry } from 'workbox-precaching';
import { serveOffline } from '../../src/client/sw.ts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: PrecacheEntry[] };

serveOffline(self.__WB_MANIFEST);
