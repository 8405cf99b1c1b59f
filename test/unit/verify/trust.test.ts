import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from '../../../src/bytes/cbor.ts';
import { thumbprint } from '../../../src/cose/key.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { encodeRootChange } from '../../../src/format/root-change.ts';
import { encodeTrustBundle } from '../../../src/format/trust-bundle.ts';
import { applyTrustFiles, createTrust, type Trust } from '../../../src/verify/trust.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { testDevice, testIssuer } from '../../support/keys.ts';
import { filled, ISSUED_AT, licenseClaims, TestVendor } from '../../support/vendor.ts';

const crypto = webCrypto();
const vendor = await TestVendor.create();
const secondRoot = testIssuer(21);
const thirdRoot = testIssuer(22);
const stranger = testIssuer(99);
const apply = (trust: Trust, ...files: Bytes[]) => applyTrustFiles(trust, files, crypto);
const versionsOf = ({ rootVersion, bundle }: Trust) => [rootVersion, bundle.bundleVersion];

/** The bundle's CBOR with the Ed25519 key of its issuer replaced, which no encoder would write. */
function withIssuerPoint(point: Bytes): Bytes {
  const claims = decodeCbor(encodeTrustBundle(vendor.bundleClaims()));
  const keys = asMap(claims).get(60);
  const first: CborValue = Array.isArray(keys) ? (keys[0] ?? null) : null;
  asMap(asMap(first).get(1) ?? null).set(-2, point);
  return encodeCbor(claims);
}

function asMap(value: CborValue): CborMap {
  if (value instanceof Map) return value;
  throw new Error('expected a map');
}

describe('createTrust()', () => {
  it('believes a bundle that the pinned root signed', async () => {
    const trust = await vendor.trust({ bundleVersion: 5 });
    expect(versionsOf(trust)).to.deep.equal([1, 5]);
    expect(trust.bundle.issuerKeys[0]?.key).to.deep.equal(vendor.issuer.publicKey);
  });

  it('takes the newest of several bundles, in any order', async () => {
    const files = [await vendor.bundle({ bundleVersion: 5 }), await vendor.bundle({ bundleVersion: 9 })];
    for (const order of [files, files.toReversed()]) {
      expect(versionsOf(await createTrust(vendor.pin, order, crypto))).to.deep.equal([1, 9]);
    }
  });

  it('refuses a first root that is not the one of the domain id', async () => {
    const pin = { ...vendor.pin, root: stranger.publicKey };
    const files = [await vendor.bundle({}, { by: stranger })];
    expect(await codeOfAsync(() => createTrust(pin, files, crypto))).to.equal('ROOT_UNKNOWN');
  });

  it('refuses to start without a bundle of its root', async () => {
    expect(await codeOfAsync(() => createTrust(vendor.pin, [], crypto))).to.equal('ROOT_UNKNOWN');
    const files = [await vendor.bundle({}, { by: stranger })];
    expect(await codeOfAsync(() => createTrust(vendor.pin, files, crypto))).to.equal('ROOT_UNKNOWN');
  });

  it('refuses a pinned root of small order', async () => {
    const root = filled(32, 0);
    const pin = { domainId: thumbprint(root), root, rootVersion: 1 };
    expect(await codeOfAsync(() => createTrust(pin, [], crypto))).to.equal('KEY_SMALL_ORDER');
  });

  it('builds the same trust again from what an earlier trust says to store', async () => {
    const change = await vendor.rootChange(vendor.root, secondRoot, 2);
    const bundle = await vendor.bundle({ bundleVersion: 3, rootVersion: 2 }, { by: secondRoot });
    const trust = await apply(await vendor.trust(), change, bundle);
    const stored = [...trust.rootChangeFiles, trust.bundleFile];
    expect(await createTrust(vendor.pin, stored, crypto)).to.deep.equal(trust);
    const withOldBundle = await apply(await vendor.trust(), change);
    const again = await createTrust(
      vendor.pin,
      [...withOldBundle.rootChangeFiles, withOldBundle.bundleFile],
      crypto,
    );
    expect(again).to.deep.equal(withOldBundle);
  });

  it('pins a later root, and skips the changes from before it', async () => {
    const pin = { ...vendor.pin, root: secondRoot.publicKey, rootVersion: 2 };
    const change = await vendor.rootChange(vendor.root, secondRoot, 2);
    const bundle = await vendor.bundle({ rootVersion: 2 }, { by: secondRoot });
    expect(versionsOf(await createTrust(pin, [change, bundle], crypto))).to.deep.equal([2, 1]);
  });
});

describe('applyTrustFiles(), given bundles', () => {
  it('takes a newer bundle and skips an older or equal one', async () => {
    const trust = await vendor.trust({ bundleVersion: 5 });
    expect(versionsOf(await apply(trust, await vendor.bundle({ bundleVersion: 6 })))).to.deep.equal([1, 6]);
    for (const bundleVersion of [4, 5]) {
      expect(await apply(trust, await vendor.bundle({ bundleVersion }))).to.equal(trust);
    }
  });

  it('refuses a bundle of a root that it never believed', async () => {
    const bundle = await vendor.bundle({ bundleVersion: 9 }, { by: stranger });
    expect(await codeOfAsync(async () => apply(await vendor.trust(), bundle))).to.equal('ROOT_UNKNOWN');
  });

  it('refuses a bundle that its root signed for another domain', async () => {
    const bundle = await vendor.bundle({ bundleVersion: 9 }, { domainId: filled(32, 9) });
    expect(await codeOfAsync(async () => apply(await vendor.trust(), bundle))).to.equal('SIGNATURE_INVALID');
  });

  it('refuses a bundle under the key id of the root by another key', async () => {
    const forger = { ...stranger, signer: { ...stranger.signer, kid: vendor.root.signer.kid } };
    const bundle = await vendor.bundle({ bundleVersion: 9 }, { by: forger });
    expect(await codeOfAsync(async () => apply(await vendor.trust(), bundle))).to.equal('SIGNATURE_INVALID');
  });

  it('refuses a bundle that an issuer key signed', async () => {
    const bundle = await vendor.bundle({ bundleVersion: 9 }, { by: vendor.issuer });
    expect(await codeOfAsync(async () => apply(await vendor.trust(), bundle))).to.equal('ROOT_UNKNOWN');
  });

  it('refuses a bundle signed with a device key', async () => {
    const device = await testDevice();
    const bundle = await vendor.bundle({ bundleVersion: 9 }, { by: device });
    expect(await codeOfAsync(async () => apply(await vendor.trust(), bundle))).to.equal('ALGORITHM_UNKNOWN');
  });

  it('refuses a bundle with an issuer key of small order or in a second encoding', async () => {
    const notCanonical = filled(32, 255);
    notCanonical[0] = 0xf0;
    notCanonical[31] = 0x7f;
    for (const [point, code] of [
      [filled(32, 0), 'KEY_SMALL_ORDER'],
      [notCanonical, 'KEY_NOT_CANONICAL'],
    ] as const) {
      const bundle = await vendor.sign('trust-bundle', withIssuerPoint(point), { by: vendor.root });
      expect(await codeOfAsync(async () => apply(await vendor.trust(), bundle))).to.equal(code);
    }
  });

  it('takes no file of another kind', async () => {
    const license = await vendor.license(licenseClaims());
    expect(await codeOfAsync(async () => apply(await vendor.trust(), license))).to.equal('KIND_UNEXPECTED');
  });
});

describe('applyTrustFiles(), given root changes', () => {
  const first = () => vendor.rootChange(vendor.root, secondRoot, 2);
  const second = () => vendor.rootChange(secondRoot, thirdRoot, 3);

  it('goes from root to root, in whatever order they lie, and takes the bundle of the last', async () => {
    const files = [
      await first(),
      await second(),
      await vendor.bundle({ bundleVersion: 2, rootVersion: 3 }, { by: thirdRoot }),
    ];
    const trust = await vendor.trust();
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async order => {
        const after = await apply(trust, ...order);
        expect(versionsOf(after)).to.deep.equal([3, 2]);
        expect(after.root).to.deep.equal(thirdRoot.publicKey);
        expect(after.domainId).to.deep.equal(vendor.domainId);
      }),
      { numRuns: 10 },
    );
  });

  it('skips changes that were applied before', async () => {
    const trust = await apply(await vendor.trust(), await first(), await second());
    expect(await apply(trust, await first(), await second())).to.equal(trust);
  });

  it('skips a bundle of a former root, however new it says it is', async () => {
    const trust = await apply(await vendor.trust(), await first());
    expect(await apply(trust, await vendor.bundle({ bundleVersion: 999 }))).to.equal(trust);
  });

  it('takes the first bundle of a new root, whatever version the former root set', async () => {
    const held = await vendor.trust({ bundleVersion: 999 });
    const bundle = await vendor.bundle({ bundleVersion: 7, rootVersion: 2 }, { by: secondRoot });
    expect(versionsOf(await apply(held, await first(), bundle))).to.deep.equal([2, 7]);
    const changed = await apply(held, await first());
    expect(versionsOf(changed)).to.deep.equal([2, 999]);
    const trust = await apply(changed, bundle);
    expect(versionsOf(trust)).to.deep.equal([2, 7]);
    const older = await vendor.bundle({ bundleVersion: 6, rootVersion: 2 }, { by: secondRoot });
    expect(await apply(trust, older)).to.equal(trust);
  });

  it('refuses a change when the one before it is missing', async () => {
    const change = await second();
    expect(await codeOfAsync(async () => apply(await vendor.trust(), change))).to.equal('ROOT_CHANGE_GAP');
  });

  it('refuses a change by the current root that leaves out a number, and skips one whose number is taken', async () => {
    const trust = await vendor.trust();
    const ahead = await vendor.rootChange(vendor.root, secondRoot, 3);
    expect(await codeOfAsync(() => apply(trust, ahead))).to.equal('ROOT_CHANGE_GAP');
    expect(await apply(trust, await vendor.rootChange(vendor.root, secondRoot, 1))).to.equal(trust);
  });

  it('refuses a change by a stranger', async () => {
    const change = await vendor.rootChange(stranger, secondRoot, 2);
    expect(await codeOfAsync(async () => apply(await vendor.trust(), change))).to.equal('ROOT_UNKNOWN');
  });

  it('refuses a change that the new root did not sign', async () => {
    const claims = encodeRootChange({ issuedAt: ISSUED_AT, rootVersion: 2, newRoot: secondRoot.publicKey });
    const byOther = await vendor.wrapRootChange(vendor.root, await vendor.innerRootChange(stranger, claims));
    expect(await codeOfAsync(async () => apply(await vendor.trust(), byOther))).to.equal('ROOT_UNKNOWN');
    const forger = { ...stranger, signer: { ...stranger.signer, kid: secondRoot.signer.kid } };
    const forged = await vendor.wrapRootChange(vendor.root, await vendor.innerRootChange(forger, claims));
    expect(await codeOfAsync(async () => apply(await vendor.trust(), forged))).to.equal('SIGNATURE_INVALID');
  });

  it('refuses a change whose inner message is of another kind', async () => {
    const claims = encodeRootChange({ issuedAt: ISSUED_AT, rootVersion: 2, newRoot: secondRoot.publicKey });
    const inner = await vendor.innerRootChange(secondRoot, claims, 'trust-bundle');
    const change = await vendor.wrapRootChange(vendor.root, inner);
    expect(await codeOfAsync(async () => apply(await vendor.trust(), change))).to.equal('KIND_MISMATCH');
  });

  it('changes nothing when one of the files is refused', async () => {
    const trust = await vendor.trust();
    const bad = await vendor.bundle({ bundleVersion: 9 }, { by: stranger });
    expect(await codeOfAsync(async () => apply(trust, await first(), bad))).to.equal('ROOT_UNKNOWN');
    expect(versionsOf(trust)).to.deep.equal([1, 1]);
  });
});
