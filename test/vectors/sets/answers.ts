import type { Bytes } from '../../../src/bytes/bytes.ts';
import type { CborValue } from '../../../src/bytes/cbor.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import type { Kind } from '../../../src/format/kinds.ts';
import { encodeLicense } from '../../../src/format/license.ts';
import { encodeReceipt } from '../../../src/format/receipt.ts';
import { encodeRefusal, type Refusal } from '../../../src/format/refusal.ts';
import { signedFile, withClaims } from '../build.ts';
import { fileDigest, ids, license, minimalLicense, now, receipt } from '../claims.ts';
import { deviceContext } from '../context.ts';
import { deviceId, issuer, newIssuer, receiptIssuer, type TestKey } from '../keys.ts';
import type { Expectation, Vector, VectorSet } from '../vector.ts';
import { laterBundle, rootChange, secondRootBundle } from './trust.ts';

const receiptClaims = encodeReceipt(receipt);

const refusal: Refusal = {
  requestId: ids.request,
  deviceId,
  issuedAt: now,
  code: 'NO_SEATS_LEFT',
  data: { maxActivations: 3 },
};

function success(name: string, kind: Kind, cbor: Bytes, key: TestKey = issuer): Vector {
  return { name, file: signedFile({ kind, claims: cbor, key }), expect: 'success', claims: { kind, cbor } };
}

function refused(
  name: string,
  expect: Expectation,
  [kind, claims, ...changes]: [Kind, Bytes, ...[number, CborValue | undefined][]],
): Vector {
  return { name, file: signedFile({ kind, claims: withClaims(claims, changes), key: issuer }), expect };
}

const refusalClaims = encodeRefusal(refusal);
const { requestId: _, deviceId: __, ...general } = refusal;

export const receiptSet: VectorSet = {
  title: 'Receipts',
  reader: 'device',
  context: deviceContext,
  tests: [
    success('a receipt that leaves the totals out', 'receipt', receiptClaims),
    success(
      'a receipt with totals, of a key for receipts',
      'receipt',
      encodeReceipt({
        ...receipt,
        consumption: { ...receipt.consumption, totals: [{ counter: '', used: 12, givenBack: 2 }] },
      }),
      receiptIssuer,
    ),
    refused('for another device', 'DEVICE_MISMATCH', ['receipt', receiptClaims, [2, new Uint8Array(32)]]),
    refused('of a deactivation of nobody here', 'REQUEST_UNKNOWN', [
      'receipt',
      receiptClaims,
      [1, new Uint8Array(16)],
    ]),
    refused('without consumption', 'CLAIM_MISSING', ['receipt', receiptClaims, [27, undefined]]),
    refused('with consumption of two items', 'CLAIM_RANGE', [
      'receipt',
      receiptClaims,
      [27, [1, new Uint8Array(32)]],
    ]),
  ],
};

export const refusalSet: VectorSet = {
  title: 'Refusals',
  reader: 'device',
  context: deviceContext,
  tests: [
    success('a refusal of a request', 'refusal', refusalClaims),
    success(
      'a refusal of a file by its digest',
      'refusal',
      encodeRefusal({ ...general, code: 'REQUEST_ID_REUSED', fileDigest }),
    ),
    success(
      'a refusal with a code of a later version',
      'refusal',
      encodeRefusal({ ...refusal, code: 'LATER_REASON', data: {} }),
    ),
    refused('for another device', 'DEVICE_MISMATCH', ['refusal', refusalClaims, [2, new Uint8Array(32)]]),
    refused('of a request of nobody here', 'REQUEST_UNKNOWN', [
      'refusal',
      refusalClaims,
      [1, new Uint8Array(16)],
    ]),
    refused('of a file of nobody here', 'REQUEST_UNKNOWN', [
      'refusal',
      refusalClaims,
      [1, undefined],
      [52, new Uint8Array(32)],
    ]),
    refused('that names neither request nor file', 'CLAIM_MISSING', [
      'refusal',
      refusalClaims,
      [1, undefined],
    ]),
    refused('that names both request and file', 'CLAIM_MISSING', [
      'refusal',
      refusalClaims,
      [52, fileDigest],
    ]),
    refused('with a code in small letters', 'CLAIM_RANGE', ['refusal', refusalClaims, [50, 'no seats']]),
    refused('with an array in its data', 'CLAIM_TYPE', [
      'refusal',
      refusalClaims,
      [51, new Map([['a', []]])],
    ]),
  ],
};

const licenseFile = signedFile({ kind: 'license', claims: encodeLicense(license), key: issuer });
export const receiptFile = signedFile({ kind: 'receipt', claims: receiptClaims, key: issuer });
const newIssuerFile = signedFile({ kind: 'license', claims: encodeLicense(minimalLicense), key: newIssuer });
const wholeAnswer = encodeContainer([rootChange, secondRootBundle, newIssuerFile]);

export const containerSet: VectorSet = {
  title: 'Containers',
  reader: 'device',
  context: deviceContext,
  tests: [
    { name: 'an answer of one license', file: encodeContainer([licenseFile]), expect: 'success' },
    {
      name: 'an answer with a root change, a bundle of the new root and a license of a new issuer key',
      file: wholeAnswer,
      expect: 'success',
    },
    {
      name: 'an answer of trust files alone, in another order',
      file: encodeContainer([secondRootBundle, rootChange]),
      expect: 'success',
    },
    {
      name: 'an answer of two receipts',
      file: encodeContainer([receiptFile, receiptFile]),
      expect: 'KIND_UNEXPECTED',
    },
    {
      name: 'a license of an issuer key whose bundle is missing',
      file: encodeContainer([newIssuerFile]),
      expect: 'ISSUER_UNKNOWN',
    },
    {
      name: 'a bundle whose root change is missing',
      file: encodeContainer([secondRootBundle, newIssuerFile]),
      expect: 'ROOT_UNKNOWN',
    },
    {
      name: 'a container in a container',
      file: encodeContainer([encodeContainer([laterBundle])]),
      expect: 'FILE_NOT_LATCHKEY',
    },
    { name: 'a container without a file', file: Uint8Array.of(0xd9, 0xd9, 0xf7, 0x80), expect: 'FILE_EMPTY' },
    {
      name: 'a container that is cut',
      file: encodeContainer([licenseFile]).slice(0, -1),
      expect: 'FILE_CUT_SHORT',
    },
    {
      name: 'a container with a byte behind it',
      file: new Uint8Array([...encodeContainer([licenseFile]), 0]),
      expect: 'TRAILING_BYTES',
    },
    {
      name: 'a container of indefinite length',
      file: new Uint8Array([0xd9, 0xd9, 0xf7, 0x9f, ...encodeContainer([licenseFile]).slice(4), 0xff]),
      expect: 'CBOR_NOT_DETERMINISTIC',
    },
    {
      name: 'a container of numbers',
      file: Uint8Array.of(0xd9, 0xd9, 0xf7, 0x81, 0x01),
      expect: 'CBOR_MALFORMED',
    },
  ],
};
