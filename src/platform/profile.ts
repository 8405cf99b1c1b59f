import { fromBase64url } from '../bytes/base64url.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';

/** What an app's own origin says about the vendor: which root to pin, which product this is, where the portal is. */
export interface Profile {
  /** Thumbprint of the vendor's first root, 32 bytes. */
  domainId: Bytes;
  /** The root's public key, 32 bytes, and its number. */
  root: Bytes;
  rootVersion: number;
  /** Container with the trust bundle and the root changes before it. Not verified. */
  trust: Bytes;
  /** The product's code, or null when the app serves all products of the vendor. */
  product: string | null;
  productName: string;
  /** Addresses of the portal, the best first, without a slash at the end. */
  portals: string[];
  brand: ProfileBrand;
}

export interface ProfileBrand {
  /** Name of the app. */
  name?: string;
  /** `#rrggbb` */
  accent?: string;
}

const MAX_PROFILE_CHARACTERS = 128 * 1024;

/**
 * Fetches the profile's text from the app's own origin; the service worker answers when there is no network. An address
 * such as `#profile` is that of an element of the page that holds it: in an app that is one file.
 *
 * @throws PROFILE_MISSING - when nothing answers, or not with a profile.
 */
export async function fetchProfile(url: string, timeoutMs = 8000): Promise<string> {
  try {
    const inPage = url.startsWith('#') && document.querySelector(url)?.textContent;
    if (inPage) return inPage;
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), credentials: 'omit' });
    if (response.ok) return await response.text();
    throw new Error(`expected status 200, got ${response.status}`);
  } catch (cause) {
    throw new LatchkeyError('PROFILE_MISSING', `no profile at ${url}`, { cause });
  }
}

/**
 * Reads a profile. Checks its shape alone: whether its root is the pinned one, and what the root signed, is for the
 * caller.
 *
 * @throws PROFILE_REFUSED - when it is not a profile of version 1.
 */
export function decodeProfile(text: string): Profile {
  try {
    if (text.length > MAX_PROFILE_CHARACTERS) throw new TypeError(`profile of ${text.length} characters`);
    return profileOf(record(JSON.parse(text), 'profile'));
  } catch (cause) {
    throw new LatchkeyError('PROFILE_REFUSED', 'the profile is malformed', { cause });
  }
}

function profileOf(json: Record<string, unknown>): Profile {
  if (json.version !== 1) throw new TypeError(`expected version 1, got ${json.version}`);
  return {
    domainId: bytes(json.domainId, 32),
    root: bytes(json.root, 32),
    rootVersion: number(json.rootVersion),
    trust: bytes(json.trust),
    product: json.product === null || json.product === undefined ? null : text(json.product),
    productName: json.productName === null || json.productName === undefined ? '' : text(json.productName),
    portals: list(json.portals).map(portalAddress),
    brand: brandOf(json.brand),
  };
}

function brandOf(value: unknown): ProfileBrand {
  if (value === undefined || value === null) return {};
  const brand: ProfileBrand = {};
  for (const name of ['name', 'accent'] as const) {
    const entry = record(value, 'brand')[name];
    if (typeof entry === 'string' && entry !== '') brand[name] = entry;
  }
  return brand;
}

function portalAddress(value: unknown): string {
  const url = new URL(text(value));
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TypeError(`portal at ${url.protocol}`);
  return url.href.replace(/\/$/, '');
}

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`expected ${name}, got ${typeof value}`);
  return { ...value };
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new TypeError('expected a list');
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`expected text, got ${typeof value}`);
  return value;
}

function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new TypeError('expected a whole number');
  }
  return value;
}

function bytes(value: unknown, length?: number): Bytes {
  const decoded = fromBase64url(text(value));
  if (length !== undefined && decoded.length !== length) {
    throw new TypeError(`expected ${length} bytes, got ${decoded.length}`);
  }
  return decoded;
}
