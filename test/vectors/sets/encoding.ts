import { type Bytes, concatBytes, utf8 } from '../../../src/bytes/bytes.ts';
import { type CborValue, decodeCbor, encodeCbor } from '../../../src/bytes/cbor.ts';
import { deflate } from '../../../src/bytes/deflate.ts';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import { encodeLicense } from '../../../src/format/license.ts';
import { encodeReceipt } from '../../../src/format/receipt.ts';
import { type SignedParts, signed, signedFile, toFile, withRawPair } from '../build.ts';
import { minimalLicense, receipt } from '../claims.ts';
import { deviceContext } from '../context.ts';
import { device, issuer } from '../keys.ts';
import type { Expectation, Vector, VectorSet } from '../vector.ts';

const claims = encodeLicense(minimalLicense);
const message = signed({ kind: 'license', claims, key: issuer, compress: false });
const deflated = deflate(encodeLicense({ ...minimalLicense, holder: 'x'.repeat(60) })) ?? new Uint8Array();
const inflatedLength = encodeLicense({ ...minimalLicense, holder: 'x'.repeat(60) }).length;

/** A license that is right but for these parts. Not compressed, so that the fault is seen as it is. */
function license(name: string, expect: Expectation, parts: Partial<SignedParts>): Vector {
  return {
    name,
    expect,
    file: signedFile({ kind: 'license', claims, key: issuer, compress: false, ...parts }),
  };
}

/** A license with a pair of claims in hex behind the others. */
function withPair(name: string, expect: Expectation, pairHex: string): Vector {
  return license(name, expect, { claims: withRawPair(claims, pairHex) });
}

/** A license with these labels in its header. */
function withHeader(
  name: string,
  expect: Expectation,
  ...labels: [number | string, CborValue | undefined][]
): Vector {
  return license(name, expect, { header: new Map(labels) });
}

/** A license whose header is the given hex behind its own labels. */
function withRawHeader(name: string, expect: Expectation, change: (hex: string) => string): Vector {
  const [header] = items();
  return license(name, expect, { protectedBytes: fromHex(change(toHex(bytesOf(header)))) });
}

/** The message's array with changed items: the signature does not fit any more, but is not reached either. */
function withItems(name: string, expect: Expectation, change: (items: CborValue[]) => CborValue): Vector {
  const file = toFile(concatBytes(fromHex('d2'), encodeCbor(change(items()))));
  return { name, expect, file };
}

function items(): CborValue[] {
  const array = decodeCbor(message.slice(1));
  if (!Array.isArray(array)) throw new TypeError('expected an array');
  return array;
}

function bytesOf(value: CborValue | undefined): Bytes {
  if (value instanceof Uint8Array) return value;
  throw new TypeError('expected bytes');
}

const file = toFile(message);
const hexOfFile = toHex(file);

export const encodingSet: VectorSet = {
  title: 'Encoding, messages and compression',
  reader: 'device',
  context: deviceContext,
  tests: [
    { name: 'cut within the signature', file: file.slice(0, -1), expect: 'FILE_CUT_SHORT' },
    { name: 'cut behind the prefix', file: file.slice(0, 3), expect: 'FILE_CUT_SHORT' },
    { name: 'with a byte behind it', file: concatBytes(file, Uint8Array.of(0)), expect: 'TRAILING_BYTES' },
    license('with a byte behind its claims', 'TRAILING_BYTES', {
      claims: concatBytes(claims, Uint8Array.of(0)),
    }),
    license('with claims that are cut', 'FILE_CUT_SHORT', { claims: claims.slice(0, -1) }),
    {
      name: 'with another tag than a message',
      file: fromHex(hexOfFile.replace('d9d9f7d2', 'd9d9f7d1')),
      expect: 'FILE_NOT_LATCHKEY',
    },

    withPair('with a float', 'CBOR_MALFORMED', '1903e7f93c00'),
    withPair('with a tag', 'CBOR_MALFORMED', '1903e7c000'),
    withPair('with undefined', 'CBOR_MALFORMED', '1903e7f7'),
    withPair('with text that is not UTF-8', 'CBOR_MALFORMED', '1903e761ff'),
    withPair('with an integer of 2^53', 'CBOR_MALFORMED', '1903e71b0020000000000000'),
    withPair('with a reserved head', 'CBOR_MALFORMED', '1903e71c'),
    withPair('with bytes as a key', 'CBOR_MALFORMED', '410101'),
    withPair('with an integer longer than need be', 'CBOR_NOT_DETERMINISTIC', '1903e71800'),
    withPair('with an array of indefinite length', 'CBOR_NOT_DETERMINISTIC', '1903e79fff'),
    withPair('with a key twice', 'CBOR_NOT_DETERMINISTIC', '181e00'),
    withPair('with keys out of order', 'CBOR_NOT_DETERMINISTIC', '1700'),
    withPair('with 9 levels', 'CBOR_TOO_DEEP', `1903e7${'81'.repeat(8)}00`),
    withPair('with 40 levels', 'CBOR_TOO_DEEP', `1903e7${'81'.repeat(40)}00`),
    withRawHeader(
      'with a header out of order',
      'CBOR_NOT_DETERMINISTIC',
      hex => `${hex.replace(/^a3/, 'a4')}0500`,
    ),

    withItems('with an array of three items', 'COSE_MALFORMED', array => array.slice(0, 3)),
    withItems('with an array of five items', 'COSE_MALFORMED', array => [...array, 0]),
    withItems('with a map instead of the array', 'COSE_MALFORMED', () => new Map()),
    withItems('with text as its payload', 'COSE_MALFORMED', array => array.with(2, 'payload')),
    withItems('with a signature of 63 bytes', 'COSE_MALFORMED', array => array.with(3, new Uint8Array(63))),
    withItems('with an array as its unprotected header', 'COSE_MALFORMED', array => array.with(1, [])),
    withHeader('without its kind', 'COSE_MALFORMED', [16, undefined]),
    withHeader('with a kind in text', 'COSE_MALFORMED', [16, 'license']),
    withHeader('without a kid', 'COSE_MALFORMED', [4, undefined]),
    withHeader('with a kid of 7 bytes', 'COSE_MALFORMED', [4, new Uint8Array(7)]),
    withHeader('without its algorithm', 'COSE_MALFORMED', [1, undefined]),
    withHeader('with a crit of nothing', 'COSE_MALFORMED', [2, []]),
    license('with a header that is an array', 'COSE_MALFORMED', { protectedBytes: fromHex('80') }),
    license('with an unprotected kid', 'UNPROTECTED_HEADER', { unprotected: new Map([[4, issuer.kid]]) }),
    withHeader('with the algorithm EdDSA', 'ALGORITHM_UNKNOWN', [1, -8]),
    withHeader('with the algorithm in text', 'ALGORITHM_UNKNOWN', [1, 'Ed25519']),
    license('signed by a device', 'ALGORITHM_UNKNOWN', { key: device }),
    withHeader('with an unknown critical label', 'CRITICAL_UNKNOWN', [2, [99]], [99, 1]),
    withHeader('of an unknown kind', 'KIND_UNKNOWN', [16, 65_299]),

    license('that states 256 KiB and 1 byte', 'INFLATED_TOO_LARGE', {
      payload: deflated,
      inflatedLength: 256 * 1024 + 1,
    }),
    license('that inflates to more than it states', 'INFLATED_LENGTH_WRONG', {
      payload: deflated,
      inflatedLength: inflatedLength - 1,
    }),
    license('that inflates to less than it states', 'INFLATED_LENGTH_WRONG', {
      payload: deflated,
      inflatedLength: inflatedLength + 1,
    }),
    license('with a payload that is no DEFLATE', 'DEFLATE_MALFORMED', {
      payload: Uint8Array.of(0x07, 0xff, 0xff),
      inflatedLength,
    }),
    license('with a byte behind its last block', 'DEFLATE_TRAILING_BYTES', {
      payload: concatBytes(deflated, Uint8Array.of(0)),
      inflatedLength,
    }),
    {
      name: 'a device file where a license belongs',
      file: signedFile({ kind: 'usage-report', claims: encodeReceipt(receipt), key: issuer }),
      expect: 'KIND_UNEXPECTED',
    },
    {
      name: 'some other CBOR',
      file: concatBytes(fromHex('d9d9f7'), utf8('hello')),
      expect: 'FILE_NOT_LATCHKEY',
    },
  ],
};
