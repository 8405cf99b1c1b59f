import type { Bytes } from './bytes.ts';

const CHUNK = 0x8000;

/** Writes bytes as base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}

/**
 * Reads base64 with padding. Unused bits must be zero, so that each byte string has one text.
 *
 * @throws TypeError - when the text is anything else.
 */
export function fromBase64(text: string): Bytes {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    throw new TypeError('expected base64');
  }
  const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0));
  if (toBase64(bytes) !== text) throw new TypeError('expected base64 whose unused bits are zero');
  return bytes;
}

/** Writes bytes as base64url without padding (RFC 4648, section 5). */
export function toBase64url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Reads base64url without padding. Unused bits must be zero, so that each byte string has one text.
 *
 * @throws TypeError - when the text is anything else.
 */
export function fromBase64url(text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new TypeError('expected base64url');
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
  return fromBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='));
}
