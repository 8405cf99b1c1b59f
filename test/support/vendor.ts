import type { Bytes } from '../../src/bytes/bytes.ts';
import { createSign1 } from '../../src/cose/create-sign1.ts';
import { toFile } from '../../src/cose/file.ts';
import { thumbprint } from '../../src/cose/key.ts';
import type { Opener, Signer } from '../../src/crypto/crypto.ts';
import { webCrypto } from '../../src/crypto/web.ts';
import { KINDS, type Kind } from '../../src/format/kinds.ts';
import { encodeLicense, type License } from '../../src/format/license.ts';
import { encodeReceipt, type Receipt } from '../../src/format/receipt.ts';
import { encodeRefusal, type Refusal } from '../../src/format/refusal.ts';
import { encodeRootChange } from '../../src/format/root-change.ts';
import { encodeTrustBundle, type TrustBundle } from '../../src/format/trust-bundle.ts';
import { createTrust, type RootPin, type Trust } from '../../src/verify/trust.ts';
import { testIssuer, testSealingKey } from './keys.ts';

/** A key pair that signs for issuer or root. */
export interface TestSigner {
  readonly signer: Signer;
  readonly publicKey: Bytes;
}

/** Who signs a test file, and for which domain: the vendor's own unless a test says otherwise. */
export interface SignedBy {
  readonly by?: TestSigner;
  readonly domainId?: Bytes;
  readonly kind?: Kind;
}

/** 1 November 2026: when the test bundles and files are issued. */
export const ISSUED_AT = 1_793_491_200;

/** Bytes that tests tell apart by one value. */
export function filled(length: number, byte: number): Bytes {
  return new Uint8Array(length).fill(byte);
}

/** A whole vendor: root, issuer and sealing key, and the files that they make. */
export class TestVendor {
  readonly root = testIssuer(1);
  readonly issuer = testIssuer(2);
  readonly domainId = thumbprint(this.root.publicKey);
  readonly pin: RootPin = { domainId: this.domainId, root: this.root.publicKey, rootVersion: 1 };
  readonly opener: Opener;
  readonly sealingKey: Bytes;

  static async create(): Promise<TestVendor> {
    return new TestVendor(await testSealingKey());
  }

  private constructor({ opener, publicKey }: { opener: Opener; publicKey: Bytes }) {
    this.opener = opener;
    this.sealingKey = publicKey;
  }

  /** Any signed file. */
  async sign(
    kind: Kind,
    claims: Bytes,
    { by = this.issuer, domainId = this.domainId }: SignedBy = {},
  ): Promise<Bytes> {
    return toFile(await createSign1({ typ: KINDS[kind], claims, domainId, signer: by.signer }));
  }

  bundleClaims(changes: Partial<TrustBundle> = {}): TrustBundle {
    return {
      issuedAt: ISSUED_AT,
      bundleVersion: 1,
      rootVersion: 1,
      issuerKeys: [{ key: this.issuer.publicKey, validFrom: ISSUED_AT }],
      sealingKeys: [{ key: this.sealingKey }],
      portals: ['http://portal.latchkey.localhost:8787'],
      ...changes,
    };
  }

  async bundle(changes: Partial<TrustBundle> = {}, signedBy: SignedBy = {}): Promise<Bytes> {
    const claims = encodeTrustBundle(this.bundleClaims(changes));
    return this.sign('trust-bundle', claims, { by: this.root, ...signedBy });
  }

  async trust(changes: Partial<TrustBundle> = {}): Promise<Trust> {
    return createTrust(this.pin, [await this.bundle(changes)], webCrypto());
  }

  async rootChange(from: TestSigner, to: TestSigner, rootVersion: number): Promise<Bytes> {
    const claims = encodeRootChange({ issuedAt: ISSUED_AT, rootVersion, newRoot: to.publicKey });
    return this.wrapRootChange(from, await this.innerRootChange(to, claims));
  }

  async innerRootChange(by: TestSigner, claims: Bytes, kind: Kind = 'root-change'): Promise<Bytes> {
    const { domainId } = this;
    return createSign1({ typ: KINDS[kind], claims, domainId, signer: by.signer, compress: false });
  }

  async wrapRootChange(by: TestSigner, inner: Bytes): Promise<Bytes> {
    const options = { typ: KINDS['root-change'], claims: inner, domainId: this.domainId };
    return toFile(await createSign1({ ...options, signer: by.signer, compress: false }));
  }

  async license(claims: License, signedBy: SignedBy = {}): Promise<Bytes> {
    return this.sign(signedBy.kind ?? 'license', encodeLicense(claims), signedBy);
  }

  async receipt(claims: Receipt, signedBy: SignedBy = {}): Promise<Bytes> {
    return this.sign('receipt', encodeReceipt(claims), signedBy);
  }

  async refusal(claims: Refusal, signedBy: SignedBy = {}): Promise<Bytes> {
    return this.sign('refusal', encodeRefusal(claims), signedBy);
  }
}

/** A license of the test vendor for the device of these bytes, with what a test changes. */
export function licenseClaims(changes: Partial<License> = {}): License {
  return {
    deviceId: filled(32, 2),
    licenseId: filled(16, 4),
    issuedAt: ISSUED_AT + 60,
    activationId: filled(16, 5),
    revision: 7,
    product: 'demo',
    licenseType: 'perpetual',
    requestId: filled(16, 3),
    ...changes,
  };
}
