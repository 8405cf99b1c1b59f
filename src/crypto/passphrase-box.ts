import type { Bytes } from '../bytes/bytes.ts';

const NAME = 'AES-GCM';

/** What one key seals and opens. */
export interface BoxKey {
  /** 16 bytes, of Argon2id. */
  readonly key: Bytes;
  /** 12 bytes, never used twice with one key. */
  readonly nonce: Bytes;
  /** What the content belongs to; not in the box. */
  readonly aad: Bytes;
}

/** Encrypts with AES-128-GCM; 16 bytes longer than the content. */
export async function sealBox(content: Bytes, box: BoxKey): Promise<Bytes> {
  const key = await importKey(box, 'encrypt');
  return new Uint8Array(await crypto.subtle.encrypt(parametersOf(box), key, content));
}

/** Opens what {@link sealBox} encrypted; null with another key, nonce or aad, or when anything was changed. */
export async function openBox(sealed: Bytes, box: BoxKey): Promise<Bytes | null> {
  const key = await importKey(box, 'decrypt');
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parametersOf(box), key, sealed));
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function importKey({ key }: BoxKey, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, NAME, false, [usage]);
}

function parametersOf({ nonce, aad }: BoxKey): AesGcmParams {
  return { name: NAME, iv: nonce, additionalData: aad };
}
