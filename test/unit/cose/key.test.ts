import { expect } from '@open-wc/testing';
import { type Bytes, concatBytes } from '../../../src/bytes/bytes.ts';
import type { CborMap, CborValue } from '../../../src/bytes/cbor.ts';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import {
  decodeCoseKey,
  decodeXy,
  encodeCoseKey,
  encodeXy,
  keyId,
  thumbprint,
} from '../../../src/cose/key.ts';
import { sha256 } from '../../../src/crypto/hash.ts';
import type { ErrorCode } from '../../../src/errors.ts';
import { codeOf } from '../../support/code-of.ts';
import { testDevice, testIssuer } from '../../support/keys.ts';

/** The key of RFC 9679, section 6. */
const RFC_9679_KEY = fromHex(
  '0465eda5a12577c2bae829437fe338701a10aaa375e1bb5b5de108de439c08551d' +
    '1e52ed75701163f7f9e40ddf9f341b3dc9ba860af7e0ca7ca7e9eecd0084d19c',
);

function changed(publicKey: Bytes, ...changes: [label: number, value: CborValue | undefined][]): CborMap {
  const key = encodeCoseKey(publicKey);
  for (const [label, value] of changes) {
    if (value === undefined) key.delete(label);
    else key.set(label, value);
  }
  return key;
}

describe('thumbprint()', () => {
  it('gives the example of RFC 9679, section 6', () => {
    expect(toHex(thumbprint(RFC_9679_KEY))).to.equal(
      '496bd8afadf307e5b08c64b0421bf9dc01528a344a43bda88fadd1669da253ec',
    );
  });

  it('is SHA-256 over {1: 1, -1: 6, -2: x} for Ed25519, and the key id its first 8 bytes', () => {
    const { publicKey } = testIssuer(1);
    const digest = sha256(concatBytes(fromHex('a301012006215820'), publicKey));
    expect(thumbprint(publicKey)).to.deep.equal(digest);
    expect(keyId(publicKey)).to.deep.equal(digest.slice(0, 8));
  });
});

describe('encodeCoseKey() and decodeCoseKey()', () => {
  it('give keys of both kinds back', async () => {
    const issuer = testIssuer(1).publicKey;
    const device = (await testDevice()).publicKey;
    expect(decodeCoseKey(encodeCoseKey(issuer))).to.deep.equal(issuer);
    expect(decodeCoseKey(encodeCoseKey(device))).to.deep.equal(device);
    expect(decodeXy(encodeXy(device))).to.deep.equal(device);
  });

  it('refuse lengths that no key has', () => {
    for (const length of [0, 31, 33, 64, 66]) {
      expect(() => encodeCoseKey(new Uint8Array(length))).to.throw(TypeError);
    }
    expect(codeOf(() => decodeXy(new Uint8Array(63)))).to.equal('KEY_MALFORMED');
  });
});

describe('decodeCoseKey()', () => {
  const ed = testIssuer(1).publicKey;
  const ec = RFC_9679_KEY;
  const refused: Record<string, [key: CborValue, code: ErrorCode]> = {
    'what is not a map': [[1, 2], 'KEY_MALFORMED'],
    'no key type': [changed(ed, [1, undefined]), 'KEY_MALFORMED'],
    'a key type that is text': [changed(ed, [1, 'OKP']), 'KEY_MALFORMED'],
    'another key type': [changed(ed, [1, 3]), 'ALGORITHM_UNKNOWN'],
    X25519: [changed(ed, [-1, 4]), 'ALGORITHM_UNKNOWN'],
    'P-384': [changed(ec, [-1, 2]), 'ALGORITHM_UNKNOWN'],
    'no x': [changed(ed, [-2, undefined]), 'KEY_MALFORMED'],
    'a short x': [changed(ed, [-2, ed.slice(1)]), 'KEY_MALFORMED'],
    'a compressed point': [changed(ec, [-3, true]), 'KEY_MALFORMED'],
    'no y': [changed(ec, [-3, undefined]), 'KEY_MALFORMED'],
    'a private key': [changed(ed, [-4, ed]), 'KEY_MALFORMED'],
    'further members': [changed(ec, [3, -9]), 'KEY_MALFORMED'],
    'a point off the curve': [changed(ec, [-3, ec.slice(1, 33)]), 'KEY_MALFORMED'],
    'a point of small order': [changed(ed, [-2, new Uint8Array(32)]), 'KEY_SMALL_ORDER'],
    'a y past the field prime': [changed(ed, [-2, fromHex(`f0${'ff'.repeat(30)}7f`)]), 'KEY_NOT_CANONICAL'],
  };
  for (const [what, [key, code]] of Object.entries(refused)) {
    it(`refuses ${what}: ${code}`, () => {
      expect(codeOf(() => decodeCoseKey(key))).to.equal(code);
    });
  }
});
