import { concatBytes } from '../../../src/bytes/bytes.ts';
import type { CborValue } from '../../../src/bytes/cbor.ts';
import { encodeLicense, type License } from '../../../src/format/license.ts';
import { type SignedParts, signedFile, withClaims } from '../build.ts';
import { fullLicense, ids, installedAt, installedLicense, license, minimalLicense, now } from '../claims.ts';
import { deviceContext, installedFile } from '../context.ts';
import {
  compromisedIssuer,
  issuer,
  otherDomainId,
  otherProductIssuer,
  receiptIssuer,
  retiredIssuer,
  strangeIssuer,
} from '../keys.ts';
import type { Expectation, Vector, VectorSet } from '../vector.ts';

const minimal = encodeLicense(minimalLicense);

function success(name: string, claims: License, parts: Partial<SignedParts> = {}): Vector {
  const cbor = parts.claims ?? encodeLicense(claims);
  const file = signedFile({ kind: 'license', claims: cbor, key: issuer, ...parts });
  return { name, file, expect: 'success', claims: { kind: 'license', cbor } };
}

function refused(name: string, expect: Expectation, parts: Partial<SignedParts>): Vector {
  return { name, file: signedFile({ kind: 'license', claims: minimal, key: issuer, ...parts }), expect };
}

function withClaim(name: string, expect: Expectation, ...changes: [number, CborValue | undefined][]): Vector {
  return refused(name, expect, { claims: withClaims(minimal, changes) });
}

const { requestId: _, ...refresh } = { ...license, revision: now + 1 };
const invalid = signedFile({ kind: 'license', claims: minimal, key: issuer });

/** License files, one by one. */
export const licenseSet: VectorSet = {
  title: 'License files',
  reader: 'device',
  context: deviceContext,
  tests: [
    success('a perpetual license with the claims that are required, not compressed', minimalLicense, {
      compress: false,
    }),
    success('a time-limited license with five features', license),
    success('a license with every optional claim', fullLicense),
    success('a refresh file, which names no request', refresh),
    success('a license that ends an activation', { ...minimalLicense, licenseState: 'ended', holder: 'ä€𝄞' }),
    success(
      'a license of a retired key that was issued while the key was valid',
      { ...installedLicense, activationId: ids.newActivation },
      { key: retiredIssuer },
    ),
    success('a license with a header label and claims of a later version', minimalLicense, {
      header: new Map<number | string, CborValue>([[99, 'later']]),
      claims: withClaims(minimal, [
        [64, 'later'],
        [
          33,
          [
            new Map<number, CborValue>([
              [1, 'drawing'],
              [16, [1, 2]],
            ]),
          ],
        ],
      ]),
    }),
    { name: 'the license that is installed, once more', file: installedFile, expect: 'success' },

    refused('signed for another domain', 'SIGNATURE_INVALID', { domainId: otherDomainId }),
    {
      name: 'with a changed signature',
      file: concatBytes(invalid.slice(0, -1), Uint8Array.of((invalid.at(-1) ?? 0) ^ 1)),
      expect: 'SIGNATURE_INVALID',
    },
    refused('signed by another key under the kid of the issuer', 'SIGNATURE_INVALID', {
      key: { ...strangeIssuer, kid: issuer.kid },
    }),
    refused('signed by a key that the bundle does not list', 'ISSUER_UNKNOWN', { key: strangeIssuer }),
    refused('signed by a compromised key', 'ISSUER_KEY_COMPROMISED', { key: compromisedIssuer }),
    refused('signed by a key for receipts', 'ISSUER_KEY_NOT_FOR_KIND', { key: receiptIssuer }),
    refused('signed by a key for another product', 'ISSUER_KEY_NOT_FOR_PRODUCT', { key: otherProductIssuer }),
    refused('issued after its key was retired', 'ISSUER_KEY_NOT_VALID_THEN', { key: retiredIssuer }),
    refused('issued before its key was valid', 'ISSUER_KEY_NOT_VALID_THEN', {
      claims: encodeLicense({ ...minimalLicense, activationId: ids.newActivation, issuedAt: 1_500_000_000 }),
    }),
    withClaim('for another device', 'DEVICE_MISMATCH', [2, new Uint8Array(32).fill(7)]),
    withClaim('for another product', 'PRODUCT_MISMATCH', [9, 'viewer']),
    withClaim('that answers a request of nobody here', 'REQUEST_UNKNOWN', [1, new Uint8Array(16).fill(7)]),
    withClaim(
      'that refreshes an activation of nobody here',
      'REQUEST_UNKNOWN',
      [1, undefined],
      [7, ids.otherActivation],
    ),
    withClaim('of a revision below the installed one', 'REVISION_OLD', [8, installedAt - 1]),
    withClaim('of an activation that was given back', 'ACTIVATION_ENDED', [7, ids.endedActivation]),

    withClaim('without its license id', 'CLAIM_MISSING', [3, undefined]),
    withClaim('with text as its license id', 'CLAIM_TYPE', [3, 'license']),
    withClaim('with null as its expiry', 'CLAIM_TYPE', [4, null]),
    withClaim('with an activation id of 15 bytes', 'CLAIM_RANGE', [7, new Uint8Array(15)]),
    withClaim('with a negative expiry', 'CLAIM_RANGE', [4, -1]),
    withClaim('with an expiry that no date can hold', 'CLAIM_RANGE', [4, 8_640_000_000_001]),
    withClaim('with a license type that is not known', 'CLAIM_RANGE', [30, 4]),
    withClaim('with a product code in capitals', 'CLAIM_RANGE', [9, 'CAD']),
    withClaim('with a holder of 65 bytes', 'CLAIM_RANGE', [39, `${'ä'.repeat(32)}x`]),
    withClaim('with a control character in its holder', 'CLAIM_RANGE', [39, 'a\u0000b']),
    withClaim('with periods that begin 15 hours from UTC', 'CLAIM_RANGE', [46, 900]),
    withClaim('with a reset period that is not known', 'CLAIM_RANGE', [34, new Map([[4, 5]])]),
    withClaim('with a number that says whether its total may be negative', 'CLAIM_TYPE', [
      34,
      new Map([[6, 1]]),
    ]),
    withClaim('with a feature twice', 'CLAIM_RANGE', [33, [new Map([[1, 'a']]), new Map([[1, 'a']])]]),
    withClaim('with 65 features', 'CLAIM_RANGE', [
      33,
      Array.from({ length: 65 }, (_, index) => new Map([[1, `f${index}`]])),
    ]),
    withClaim('with an unknown critical claim', 'CRITICAL_UNKNOWN', [-1, true]),
    withClaim('with an unknown critical member of a feature', 'CRITICAL_UNKNOWN', [
      33,
      [
        new Map<number, CborValue>([
          [1, 'a'],
          [-1, true],
        ]),
      ],
    ]),
    refused('with claims that are an array', 'CLAIM_TYPE', { claims: Uint8Array.of(0x80) }),
  ],
};
