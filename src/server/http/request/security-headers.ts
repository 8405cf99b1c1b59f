import type { MiddlewareHandler } from 'hono';
import type { InlineSources } from '../public/inline-sources.ts';
import type { SiteEnv } from './site-env.ts';

/** What a site's pages may do beyond the least. */
export interface PageRights {
  /** Origins that scripts may call, besides their own. */
  connect: string[];
  /** What stands in the page itself. */
  inline: InlineSources;
  /** WebAssembly, and workers for long lists. */
  verifies: boolean;
  /** Cameras, to read codes. */
  films: boolean;
  /** A manifest, to be installed by, and a service worker. */
  runsOffline: boolean;
  /** Browsers keep to https. */
  isHttps: boolean;
}

const denied = [
  'accelerometer',
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

/**
 * No page of another origin keeps a hold on these, nor shares a process. A device's app goes without: the browser
 * discards the process that it had begun for the page and begins another, a quarter of a start (ADR 21).
 */
const isolated = {
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
};

/** Headers of every answer of a site, by their names in lower case. */
export function headersOf(rights: PageRights): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(rights),
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': [
      ...denied.map(feature => `${feature}=()`),
      `camera=(${rights.films ? 'self' : ''})`,
    ].join(', '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(rights.runsOffline ? {} : isolated),
    ...(rights.isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** Sets the headers of a site; a handler may have set a wider resource policy for what is public. */
export function securityHeaders(rights: PageRights): MiddlewareHandler<SiteEnv> {
  const headers = headersOf(rights);
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    }
  };
}

/** What a page of the device app may do, wherever it is served from. @param connect - Addresses of the portal. */
export function deviceRights(connect: readonly string[], inline: InlineSources): Omit<PageRights, 'isHttps'> {
  return { connect: [...connect], inline, verifies: true, films: true, runsOffline: true };
}

function contentSecurityPolicy({ connect, inline, verifies, runsOffline }: PageRights): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...inline.scripts, ...wasm(verifies)].join(' '),
    ["style-src 'self'", ...inline.styles].join(' '),
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    ...(runsOffline ? ["manifest-src 'self'"] : []),
    ...(runsOffline || verifies ? ["worker-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    ...trustedTypes,
  ].join('; ');
}

/**
 * The policy of a device app that is one file, for a `<meta>` in it: no address is its own. Its workers are blobs that
 * it makes, its WebAssembly stands in it as data.
 */
export function filePolicy({ connect, inline, verifies }: PageRights): string {
  return [
    "default-src 'none'",
    ['script-src', ...inline.scripts, ...wasm(verifies)].join(' '),
    ['style-src', ...inline.styles].join(' '),
    'img-src data: blob:',
    ['connect-src data:', ...connect].join(' '),
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    ...trustedTypes,
  ].join('; ');
}

const trustedTypes = ["require-trusted-types-for 'script'", 'trusted-types lit-html default'];

function wasm(isAllowed: boolean): string[] {
  return isAllowed ? ["'wasm-unsafe-eval'"] : [];
}
