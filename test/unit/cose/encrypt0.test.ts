import { expect } from '@open-wc/testing';
import { type Bytes, concatBytes, utf8 } from '../../../src/bytes/bytes.ts';
import { type CborMap, type CborValue, encodeCbor } from '../../../src/bytes/cbor.ts';
import { fromHex } from '../../../src/bytes/hex.ts';
import { createEncrypt0, decodeEncrypt0, openEncrypt0 } from '../../../src/cose/encrypt0.ts';
import { decodeFile, toFile } from '../../../src/cose/file.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import type { ErrorCode } from '../../../src/errors.ts';
import { codeOf, codeOfAsync } from '../../support/code-of.ts';
import { testSealingKey } from '../../support/keys.ts';

const TYP = 65201;
const domainId = new Uint8Array(32).fill(7);
const within = concatBytes(fromHex('d2'), utf8('any message'));
const crypto = webCrypto();

async function seal() {
  const key = await testSealingKey();
  const options = { typ: TYP, kid: key.kid, publicKey: key.publicKey, message: within, domainId, crypto };
  return { ...key, sealed: await createEncrypt0(options) };
}

describe('createEncrypt0(), decodeEncrypt0() and openEncrypt0()', () => {
  it('give the message within back', async () => {
    const { opener, kid, sealed } = await seal();
    const decoded = decodeEncrypt0(sealed);
    expect(decoded.typ).to.equal(TYP);
    expect(decoded.kid).to.deep.equal(kid);
    expect(await openEncrypt0(decoded, { opener, domainId })).to.deep.equal(within);
  });

  it('add 108 bytes to a short message', async () => {
    expect((await seal()).sealed.length - within.length).to.equal(108);
  });
});

describe('openEncrypt0()', () => {
  it('refuses a message that is sealed to another key: SEAL_KEY_UNKNOWN', async () => {
    const { sealed } = await seal();
    const { opener } = await testSealingKey();
    const open = () => openEncrypt0(decodeEncrypt0(sealed), { opener, domainId });
    expect(await codeOfAsync(open)).to.equal('SEAL_KEY_UNKNOWN');
  });

  it('refuses another domain: SEAL_BROKEN', async () => {
    const { sealed, opener } = await seal();
    const open = () => openEncrypt0(decodeEncrypt0(sealed), { opener, domainId: new Uint8Array(32) });
    expect(await codeOfAsync(open)).to.equal('SEAL_BROKEN');
  });

  it('refuses each message with one bit flipped', async () => {
    const { sealed, opener } = await seal();
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = sealed.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const open = async () => openEncrypt0(decodeEncrypt0(flipped), { opener, domainId });
      expect(await codeOfAsync(open), `bit ${bit}`).to.not.equal(null);
    }
  });
});

describe('decodeEncrypt0()', () => {
  const ek = new Uint8Array(65).fill(4);
  const ciphertext = new Uint8Array(40);
  const header = (...changes: [number | string, CborValue][]): Bytes =>
    encodeCbor(new Map<number | string, CborValue>([[1, 35], [4, new Uint8Array(8)], [16, TYP], ...changes]));
  const message = (protectedBytes: Bytes, unprotected: CborMap, ...rest: CborValue[]): Bytes =>
    concatBytes(fromHex('d0'), encodeCbor([protectedBytes, unprotected, ...rest]));
  const withoutKeyId = encodeCbor(
    new Map([
      [1, 35],
      [16, TYP],
    ]),
  );

  const refused: Record<string, [message: Bytes, code: ErrorCode]> = {
    'no bytes': [new Uint8Array(0), 'COSE_MALFORMED'],
    'tag 18': [
      concatBytes(fromHex('d2'), encodeCbor([header(), new Map([[-4, ek]]), ciphertext])),
      'COSE_MALFORMED',
    ],
    'four elements': [message(header(), new Map([[-4, ek]]), ciphertext, null), 'COSE_MALFORMED'],
    'no encapsulated key': [message(header(), new Map(), ciphertext), 'COSE_MALFORMED'],
    'a compressed encapsulated key': [
      message(header(), new Map([[-4, ek.slice(0, 33)]]), ciphertext),
      'COSE_MALFORMED',
    ],
    'an encapsulated key that is text': [
      message(header(), new Map([[-4, 'ek']]), ciphertext),
      'COSE_MALFORMED',
    ],
    'another unprotected header': [message(header(), new Map([[5, ek]]), ciphertext), 'UNPROTECTED_HEADER'],
    'a further unprotected header': [
      message(
        header(),
        new Map<number, CborValue>([
          [-4, ek],
          [5, 1],
        ]),
        ciphertext,
      ),
      'UNPROTECTED_HEADER',
    ],
    'a detached ciphertext': [message(header(), new Map([[-4, ek]]), null), 'COSE_MALFORMED'],
    'a signature algorithm': [
      message(header([1, -19]), new Map([[-4, ek]]), ciphertext),
      'ALGORITHM_UNKNOWN',
    ],
    'another HPKE suite': [message(header([1, 36]), new Map([[-4, ek]]), ciphertext), 'ALGORITHM_UNKNOWN'],
    'an unknown critical header': [
      message(header([2, [9]], [9, 1]), new Map([[-4, ek]]), ciphertext),
      'CRITICAL_UNKNOWN',
    ],
    'an inflated length': [message(header(['z', 9]), new Map([[-4, ek]]), ciphertext), 'COSE_MALFORMED'],
    'no key id': [message(withoutKeyId, new Map([[-4, ek]]), ciphertext), 'COSE_MALFORMED'],
  };
  for (const [what, [bytes, code]] of Object.entries(refused)) {
    it(`refuses ${what}: ${code}`, () => {
      expect(codeOf(() => decodeEncrypt0(bytes))).to.equal(code);
    });
  }
});

describe('decodeFile()', () => {
  it('tells messages and containers apart', () => {
    for (const [first, type] of [
      ['d2', 'sign1'],
      ['d0', 'encrypt0'],
      ['80', 'container'],
      ['9a', 'container'],
    ]) {
      const content = fromHex(`${first}00`);
      expect(decodeFile(toFile(content))).to.deep.equal({ type, content });
    }
  });

  it('refuses what is neither', () => {
    expect(codeOf(() => decodeFile(fromHex('d9d9f7')))).to.equal('FILE_CUT_SHORT');
    for (const hex of ['', 'd9d9f8d2', 'd284', 'd9d9f7d1', 'd9d9f700', 'd9d9f7a0', 'd9d9f7d9d9f7d2']) {
      expect(
        codeOf(() => decodeFile(fromHex(hex))),
        hex,
      ).to.equal('FILE_NOT_LATCHKEY');
    }
  });
});
