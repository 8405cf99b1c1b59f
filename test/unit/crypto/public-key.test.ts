import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import { checkEd25519PublicKey, checkP256PublicKey } from '../../../src/crypto/public-key.ts';
import { arbitraryBytes } from '../../support/arbitrary-bytes.ts';
import { codeOf } from '../../support/code-of.ts';

const FIELD_PRIME = 2n ** 255n - 19n;

/** y, little-endian, with or without the sign of x. */
function encodeY(y: bigint, sign: boolean): Bytes {
  const encoded = new Uint8Array(32).map((_, index) => Number((y >> BigInt(8 * index)) & 0xffn));
  encoded[31] = (encoded[31] ?? 0) | (sign ? 0x80 : 0);
  return encoded;
}

/** All points of small order: multiples of one of order 8. */
function smallOrderPoints(): Bytes[] {
  const order8 = ed25519.Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa');
  const points = [ed25519.Point.ZERO];
  for (let times = 1; times < 8; times += 1) points.push(order8.add(points.at(-1) ?? ed25519.Point.ZERO));
  return points.map(point => new Uint8Array(point.toBytes()));
}

describe('checkEd25519PublicKey()', () => {
  it('takes the key of any secret key', () => {
    fc.assert(
      fc.property(arbitraryBytes({ minLength: 32, maxLength: 32 }), secretKey => {
        const publicKey = new Uint8Array(ed25519.getPublicKey(secretKey));
        expect(codeOf(() => checkEd25519PublicKey(publicKey))).to.equal(null);
      }),
      { numRuns: 20 },
    );
  });

  it('refuses each of the 8 points of small order: KEY_SMALL_ORDER', () => {
    const points = smallOrderPoints();
    expect(new Set(points.map(toHex)).size).to.equal(8);
    for (const point of points) {
      expect(ed25519.Point.fromBytes(point).isSmallOrder()).to.equal(true);
      expect(
        codeOf(() => checkEd25519PublicKey(point)),
        toHex(point),
      ).to.equal('KEY_SMALL_ORDER');
    }
  });

  it('refuses points of small order that are encoded in another way: KEY_SMALL_ORDER', () => {
    const others = [
      encodeY(1n, true),
      encodeY(FIELD_PRIME - 1n, true),
      encodeY(0n, true),
      encodeY(FIELD_PRIME, false),
      encodeY(FIELD_PRIME, true),
      encodeY(FIELD_PRIME + 1n, false),
      encodeY(FIELD_PRIME + 1n, true),
    ];
    for (const raw of others)
      expect(
        codeOf(() => checkEd25519PublicKey(raw)),
        toHex(raw),
      ).to.equal('KEY_SMALL_ORDER');
  });

  it('refuses every other y that is not below the field prime: KEY_NOT_CANONICAL', () => {
    for (let y = FIELD_PRIME + 2n; y < 2n ** 255n; y += 1n) {
      for (const sign of [false, true]) {
        expect(
          codeOf(() => checkEd25519PublicKey(encodeY(y, sign))),
          `${y}`,
        ).to.equal('KEY_NOT_CANONICAL');
      }
    }
  });

  it('refuses a y that no point of the curve has: KEY_MALFORMED', () => {
    expect(codeOf(() => checkEd25519PublicKey(encodeY(2n, false)))).to.equal('KEY_MALFORMED');
  });

  it('refuses another length: KEY_MALFORMED', () => {
    for (const length of [0, 31, 33, 65]) {
      expect(codeOf(() => checkEd25519PublicKey(new Uint8Array(length).fill(0x66)))).to.equal(
        'KEY_MALFORMED',
      );
    }
  });
});

describe('checkP256PublicKey()', () => {
  const base = new Uint8Array(p256.Point.BASE.toBytes(false));

  it('takes a point of the curve', () => {
    expect(codeOf(() => checkP256PublicKey(base))).to.equal(null);
  });

  it('refuses what is not a point in 65 bytes: KEY_MALFORMED', () => {
    const offCurve = base.slice();
    offCurve[64] = (offCurve[64] ?? 0) ^ 1;
    const hybrid = base.slice();
    hybrid[0] = 0x07;
    const zero = new Uint8Array(65);
    zero[0] = 4;
    const pastPrime = fromHex(`04${'ff'.repeat(64)}`);
    const compressed = new Uint8Array(p256.Point.BASE.toBytes(true));
    for (const raw of [offCurve, hybrid, zero, pastPrime, compressed, base.slice(0, 64), new Uint8Array(1)]) {
      expect(
        codeOf(() => checkP256PublicKey(raw)),
        toHex(raw),
      ).to.equal('KEY_MALFORMED');
    }
  });
});
