/** COSE header labels (RFC 9052, section 3.1; RFC 9596; COSE-HPKE). */
export const HEADER = {
  alg: 1,
  crit: 2,
  kid: 4,
  typ: 16,
  /** Ours: the inflated length. Where it stands, the payload is deflated with preset dictionary 1. */
  inflatedLength: 'z',
  /** Unprotected, the only one: the encapsulated key of HPKE. */
  ek: -4,
} as const;

/** COSE algorithms of version 1, frozen here whatever registries do. */
export const ALG = {
  /** Issuer and root sign. */
  ed25519: -19,
  /** A device signs: ECDSA with P-256 and SHA-256. */
  esp256: -9,
  /** HPKE base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM. */
  hpke0: 35,
} as const;

/** Labels of a COSE_Key (RFC 9052, section 7; RFC 9053, section 7). */
export const KEY = { kty: 1, crv: -1, x: -2, y: -3 } as const;

/** Key types and curves. */
export const KTY = { okp: 1, ec2: 2 } as const;
export const CRV = { p256: 1, ed25519: 6 } as const;

/** First bytes of a message: the tags 18 and 16. */
export const SIGN1_TAG = 0xd2;
export const ENCRYPT0_TAG = 0xd0;

export const KID_BYTES = 8;
export const SIGNATURE_BYTES = 64;
export const EK_BYTES = 65;
