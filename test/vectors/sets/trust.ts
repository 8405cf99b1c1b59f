import type { Bytes } from '../../../src/bytes/bytes.ts';
import { type CborMap, type CborValue, encodeCbor } from '../../../src/bytes/cbor.ts';
import { encodeCoseKey } from '../../../src/cose/key.ts';
import { encodeRootChange, type RootChange } from '../../../src/format/root-change.ts';
import { encodeTrustBundle } from '../../../src/format/trust-bundle.ts';
import { type SignedParts, signed, signedFile, withClaims } from '../build.ts';
import { installedAt, now } from '../claims.ts';
import { bundleFile, deviceContext, trustBundle } from '../context.ts';
import {
  newIssuer,
  otherDomainId,
  root,
  sealing,
  secondRoot,
  strangeRoot,
  type TestKey,
  thirdRoot,
} from '../keys.ts';
import type { Expectation, Vector, VectorSet } from '../vector.ts';

const later = { ...trustBundle, issuedAt: now, bundleVersion: now };
const laterClaims = encodeTrustBundle(later);

/** A newer bundle of the same root. */
export const laterBundle = signedFile({ kind: 'trust-bundle', claims: laterClaims, key: root });

const secondRootClaims = encodeTrustBundle({
  ...later,
  rootVersion: 2,
  issuerKeys: [{ key: newIssuer.publicKey, validFrom: installedAt }],
  portals: ['https://portal.vendor.example', 'https://192.0.2.7:8787'],
});

/** The second root's first bundle. */
export const secondRootBundle = signedFile({
  kind: 'trust-bundle',
  claims: secondRootClaims,
  key: secondRoot,
});

interface ChangeParts {
  readonly claims: RootChange;
  readonly oldRoot: TestKey;
  readonly newRoot: TestKey;
  readonly inner?: Partial<SignedParts>;
  readonly outer?: Partial<SignedParts>;
}

function changeFile({ claims, oldRoot, newRoot, inner, outer }: ChangeParts): Bytes {
  const common = { kind: 'root-change', compress: false } as const;
  const payload = signed({ ...common, claims: encodeRootChange(claims), key: newRoot, ...inner });
  return signedFile({ ...common, claims: payload, key: oldRoot, ...outer });
}

const change: ChangeParts = {
  claims: { issuedAt: now, rootVersion: 2, newRoot: secondRoot.publicKey },
  oldRoot: root,
  newRoot: secondRoot,
};

/** From the first root to the second. */
export const rootChange = changeFile(change);

const thirdChange: ChangeParts = {
  claims: { issuedAt: now, rootVersion: 3, newRoot: thirdRoot.publicKey },
  oldRoot: secondRoot,
  newRoot: thirdRoot,
};

function refusedBundle(name: string, expect: Expectation, parts: Partial<SignedParts>): Vector {
  return {
    name,
    expect,
    file: signedFile({ kind: 'trust-bundle', claims: laterClaims, key: root, ...parts }),
  };
}

/** A bundle with one issuer key as it is given here. */
function withIssuerKey(name: string, expect: Expectation, key: CborMap): Vector {
  const issuerKey = new Map<number, CborValue>([
    [1, key],
    [4, installedAt],
  ]);
  return refusedBundle(name, expect, { claims: withClaims(laterClaims, [[60, [issuerKey]]]) });
}

function withPoint(name: string, expect: Expectation, hex: string): Vector {
  return withIssuerKey(
    name,
    expect,
    encodeCoseKey(Uint8Array.from(hex.match(/../g) ?? [], byte => Number(`0x${byte}`))),
  );
}

export const trustBundleSet: VectorSet = {
  title: 'Trust bundles',
  reader: 'device',
  context: deviceContext,
  tests: [
    {
      name: 'a newer bundle',
      file: laterBundle,
      expect: 'success',
      claims: { kind: 'trust-bundle', cbor: laterClaims },
    },
    {
      name: 'a newer bundle, not compressed',
      file: signedFile({ kind: 'trust-bundle', claims: laterClaims, key: root, compress: false }),
      expect: 'success',
      claims: { kind: 'trust-bundle', cbor: laterClaims },
    },
    { name: 'the bundle that the device has', file: bundleFile, expect: 'skipped' },
    refusedBundle('an older bundle', 'skipped', {
      claims: encodeTrustBundle({ ...trustBundle, bundleVersion: installedAt - 1 }),
    }),
    refusedBundle('of another root', 'ROOT_UNKNOWN', { key: strangeRoot }),
    refusedBundle('signed by another root under the kid of ours', 'SIGNATURE_INVALID', {
      key: { ...strangeRoot, kid: root.kid },
    }),
    refusedBundle('for another domain', 'SIGNATURE_INVALID', { domainId: otherDomainId }),
    refusedBundle('without its portals', 'CLAIM_MISSING', {
      claims: withClaims(laterClaims, [[62, undefined]]),
    }),
    withPoint('with an issuer key of order 1', 'KEY_SMALL_ORDER', `01${'00'.repeat(31)}`),
    withPoint(
      'with an issuer key of order 8',
      'KEY_SMALL_ORDER',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    ),
    withPoint(
      'with an issuer key of order 2 in a second encoding',
      'KEY_SMALL_ORDER',
      `ec${'ff'.repeat(31)}`,
    ),
    withPoint('with an issuer key whose y is p + 3', 'KEY_NOT_CANONICAL', `f0${'ff'.repeat(30)}7f`),
    withPoint('with an issuer key that is no point', 'KEY_MALFORMED', `02${'00'.repeat(31)}`),
    withIssuerKey(
      'with an issuer key that holds a private half',
      'KEY_MALFORMED',
      new Map([...encodeCoseKey(newIssuer.publicKey), [-4, new Uint8Array(32)]]),
    ),
    withIssuerKey('with an issuer key on P-256', 'ALGORITHM_UNKNOWN', encodeCoseKey(sealing.publicKey)),
    withIssuerKey(
      'with an issuer key on Ed448',
      'ALGORITHM_UNKNOWN',
      new Map<number, CborValue>([
        [1, 1],
        [-1, 7],
        [-2, new Uint8Array(57)],
      ]),
    ),
    refusedBundle('with a sealing key that is off its curve', 'KEY_MALFORMED', {
      claims: withClaims(laterClaims, [[61, [new Map([[1, encodeCoseKey(new Uint8Array(65).fill(4))]])]]]),
    }),
  ],
};

export const rootChangeSet: VectorSet = {
  title: 'Root changes',
  reader: 'device',
  context: deviceContext,
  tests: [
    {
      name: 'a change to a second root',
      file: rootChange,
      expect: 'success',
      claims: { kind: 'root-change', cbor: encodeRootChange(change.claims) },
    },
    {
      name: 'a change to the number that the root has already',
      file: changeFile({ ...change, claims: { ...change.claims, rootVersion: 1 } }),
      expect: 'skipped',
    },
    { name: 'a change that does not follow', file: changeFile(thirdChange), expect: 'ROOT_CHANGE_GAP' },
    {
      name: 'signed by another old root',
      file: changeFile({ ...change, oldRoot: strangeRoot }),
      expect: 'ROOT_UNKNOWN',
    },
    {
      name: 'signed by another old root under the kid of ours',
      file: changeFile({ ...change, oldRoot: { ...strangeRoot, kid: root.kid } }),
      expect: 'SIGNATURE_INVALID',
    },
    {
      name: 'signed inside by another key under the kid of the new root',
      file: changeFile({ ...change, newRoot: { ...thirdRoot, kid: secondRoot.kid } }),
      expect: 'SIGNATURE_INVALID',
    },
    {
      name: 'signed inside by another key under its own kid',
      file: changeFile({ ...change, newRoot: thirdRoot }),
      expect: 'ROOT_UNKNOWN',
    },
    {
      name: 'signed inside for another domain',
      file: changeFile({ ...change, inner: { domainId: otherDomainId } }),
      expect: 'SIGNATURE_INVALID',
    },
    {
      name: 'of another kind inside',
      file: changeFile({ ...change, inner: { kind: 'trust-bundle' } }),
      expect: 'KIND_MISMATCH',
    },
    {
      name: 'compressed outside',
      file: changeFile({ ...change, outer: { inflatedLength: 5 } }),
      expect: 'COSE_MALFORMED',
    },
    {
      name: 'with claims instead of a message inside',
      file: signedFile({
        kind: 'root-change',
        claims: encodeRootChange(change.claims),
        key: root,
        compress: false,
      }),
      expect: 'COSE_MALFORMED',
    },
    {
      name: 'to a new root of small order',
      file: changeFile({
        ...change,
        inner: {
          claims: encodeCbor(
            new Map<number, CborValue>([
              [6, now],
              [13, 2],
              [63, encodeCoseKey(new Uint8Array(32))],
            ]),
          ),
        },
      }),
      expect: 'KEY_SMALL_ORDER',
    },
  ],
};
