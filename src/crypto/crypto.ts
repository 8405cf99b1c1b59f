import type { Bytes } from '../bytes/bytes.ts';

/** A signature and what it signs. */
export interface Signed {
  /** 64 bytes; any other length is refused. */
  readonly signature: Bytes;
  readonly message: Bytes;
}

/** Who verified an Ed25519 signature. */
export type Ed25519Engine = 'webcrypto' | 'wasm-fma' | 'wasm-simd' | 'noble' | 'node';

/** The cryptography that verifying and requesting need: public keys only. */
export interface Crypto {
  /** Random bytes of the platform's generator. */
  randomBytes(length: number): Bytes;
  /**
   * Verifies an Ed25519 signature (RFC 8032), without ZIP 215's leniency.
   *
   * @param publicKey - 32 bytes; checked as by `checkEd25519PublicKey`, which throws.
   * @returns Whether the 64 bytes are a signature of `message`; false for another length.
   */
  verifyEd25519(publicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean>;
  /** Verifies Ed25519 signatures under one key as `verifyEd25519` does: an answer for each, in less time. */
  verifyList(publicKey: Bytes, list: readonly Signed[]): Promise<boolean[]>;
  /**
   * Gets ready for more signatures under these Ed25519 keys, where that makes them faster. Never rejects, and checks no
   * key: one that is refused is refused when it verifies.
   */
  prepare(publicKeys: readonly Bytes[]): Promise<void>;
  /** Who gave the last Ed25519 answer; null before the first. */
  readonly engine: Ed25519Engine | null;
  /**
   * Verifies an ECDSA signature with P-256 and SHA-256. Both values of `s` are taken.
   *
   * @param publicKey - 65 bytes, uncompressed; checked as by `checkP256PublicKey`, which throws.
   * @param signature - 64 bytes, r and s.
   */
  verifyP256(publicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean>;
  /**
   * Seals with HPKE (RFC 9180) in base mode, with empty info: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM.
   *
   * @param publicKey - 65 bytes, uncompressed; checked as by `checkP256PublicKey`, which throws.
   * @returns `ek`, the encapsulated key of 65 bytes, and the ciphertext, 16 bytes longer than the plaintext.
   */
  seal(publicKey: Bytes, aad: Bytes, plaintext: Bytes): Promise<{ ek: Bytes; ciphertext: Bytes }>;
  /**
   * Argon2id (RFC 9106) at the cost that the format fixes: 64 MiB, 3 passes, 1 lane. Takes a third of a second or more.
   *
   * @param salt - 16 bytes.
   * @returns 16 bytes.
   * @see FORMAT.md#users
   */
  argon2id(password: Bytes, salt: Bytes): Promise<Bytes>;
}

/** A private key that signs. */
export interface Signer {
  /** COSE algorithm: -19 Ed25519 for issuer and root, -9 ESP256 for a device. */
  readonly alg: -19 | -9;
  /** First 8 bytes of the key's thumbprint; null for a device, whose key stands in what it signs. */
  readonly kid: Bytes | null;
  /** Signs a message; 64 bytes. */
  sign(message: Bytes): Promise<Bytes>;
}

/** A private sealing key. */
export interface Opener {
  /** First 8 bytes of the key's thumbprint. */
  readonly kid: Bytes;
  /**
   * Opens what `Crypto.seal` sealed to this key.
   *
   * @throws {@link LatchkeyError} SEAL_BROKEN - for another key, other `aad`, or anything changed.
   */
  open(ek: Bytes, aad: Bytes, ciphertext: Bytes): Promise<Bytes>;
}
