import type { MiddlewareHandler } from 'hono';
import type { SiteEnv } from './site-env.ts';

/** What a site's pages may do beyond the least. */
export interface PageRights {
  /** Origins that scripts may call, besides their own. */
  connect: string[];
  /** WebAssembly, and workers for long lists. */
  verifies: boolean;
  /** A manifest, to be installed by, and a service worker. */
  runsOffline: boolean;
  /** Browsers keep to https. */
  isHttps: boolean;
}

const denied = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];

/** Headers of every answer of a site; a handler may have set a wider resource policy for what is public. */
export function securityHeaders(rights: PageRights): MiddlewareHandler<SiteEnv> {
  const headers: Record<string, string> = {
    'content-security-policy': contentSecurityPolicy(rights),
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': denied.map(feature => `${feature}=()`).join(', '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(rights.isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    }
  };
}

function contentSecurityPolicy({ connect, verifies, runsOffline }: PageRights): string {
  return [
    "default-src 'none'",
    `script-src 'self'${verifies ? " 'wasm-unsafe-eval'" : ''}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    ...(runsOffline ? ["manifest-src 'self'"] : []),
    ...(runsOffline || verifies ? ["worker-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html default',
  ].join('; ');
}
