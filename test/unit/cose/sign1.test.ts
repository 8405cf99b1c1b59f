import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { type Bytes, concatBytes, utf8 } from '../../../src/bytes/bytes.ts';
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from '../../../src/bytes/cbor.ts';
import { deflate } from '../../../src/bytes/deflate.ts';
import { fromHex } from '../../../src/bytes/hex.ts';
import { createSign1 } from '../../../src/cose/create-sign1.ts';
import { decodeSign1, verifySign1 } from '../../../src/cose/sign1.ts';
import { nobleCrypto } from '../../../src/crypto/noble.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import type { ErrorCode } from '../../../src/errors.ts';
import { arbitraryBytes } from '../../support/arbitrary-bytes.ts';
import { codeOf, codeOfAsync } from '../../support/code-of.ts';
import { testDevice, testIssuer } from '../../support/keys.ts';

const TYP = 65211;
const domainId = new Uint8Array(32).fill(7);
const issuer = testIssuer(1);
const crypto = webCrypto();
const claims = encodeCbor(
  new Map<number, CborValue>([
    [9, 'studio'],
    [17, 'Windows x86_64, Windows x86_64, Windows x86_64'],
  ]),
);

function sign(options: { claims?: Bytes; compress?: boolean } = {}): Promise<Bytes> {
  return createSign1({ typ: TYP, claims, domainId, signer: issuer.signer, ...options });
}

/** A message whose header, payload or signature input is chosen freely, signed well. */
async function signFreely(header: CborMap, payload: Bytes): Promise<Bytes> {
  const protectedBytes = encodeCbor(header);
  const input = encodeCbor(['Signature1', protectedBytes, encodeCbor(['latchkey-1', domainId]), payload]);
  return message([protectedBytes, new Map(), payload, await issuer.signer.sign(input)]);
}

function message(array: CborValue): Bytes {
  return concatBytes(fromHex('d2'), encodeCbor(array));
}

function header(...changes: [label: number | string, value: CborValue | undefined][]): CborMap {
  const map: CborMap = new Map<number | string, CborValue>([
    [1, -19],
    [4, issuer.signer.kid],
    [16, TYP],
  ]);
  for (const [label, value] of changes) {
    if (value === undefined) map.delete(label);
    else map.set(label, value);
  }
  return map;
}

function verify(
  signed: Bytes,
  changes: { domainId?: Bytes; publicKey?: Bytes; maxInflatedBytes?: number } = {},
) {
  const options = { domainId, publicKey: issuer.publicKey, crypto, maxInflatedBytes: 1000, ...changes };
  return verifySign1(decodeSign1(signed), options);
}

describe('createSign1(), decodeSign1() and verifySign1()', () => {
  it('give the claims of an issuer back', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBytes({ maxLength: 1000 }), fc.boolean(), async (any, compress) => {
        expect(await verify(await sign({ claims: any, compress }))).to.deep.equal(any);
      }),
      { numRuns: 30 },
    );
  });

  it('give the claims of a device back, on both backends', async () => {
    const { signer, publicKey } = await testDevice();
    const signed = await createSign1({ typ: 65201, claims, domainId, signer });
    const unverified = decodeSign1(signed);
    expect(unverified.kid).to.equal(null);
    expect(unverified.alg).to.equal(-9);
    for (const backend of [webCrypto(), nobleCrypto()]) {
      const options = { domainId, publicKey, crypto: backend, maxInflatedBytes: 1000 };
      expect(await verifySign1(unverified, options)).to.deep.equal(claims);
    }
  });

  it('deflate claims only where the message becomes shorter', async () => {
    expect(decodeSign1(await sign()).inflatedLength).to.equal(claims.length);
    expect(decodeSign1(await sign({ compress: false })).inflatedLength).to.equal(null);
    expect(decodeSign1(await sign({ claims: fromHex('a0') })).inflatedLength).to.equal(null);
    for (let length = 0; length < 60; length += 1) {
      const text = encodeCbor(utf8('Export to PDF'.repeat(5).slice(0, length)));
      const deflated = await sign({ claims: text });
      const plain = await sign({ claims: text, compress: false });
      expect(deflated.length).to.be.at.most(plain.length);
    }
  });

  it('write the parts that RFC 9052 names', async () => {
    const signed = await sign({ compress: false });
    expect(signed[0]).to.equal(0xd2);
    const array = decodeCbor(signed.slice(1)) as CborValue[];
    expect(array.length).to.equal(4);
    expect(decodeCbor(array[0] as Bytes)).to.deep.equal(header());
    expect(array[1]).to.deep.equal(new Map());
    expect(array[2]).to.deep.equal(claims);
  });
});

describe('verifySign1()', () => {
  it('refuses another domain or key: SIGNATURE_INVALID', async () => {
    const signed = await sign();
    const otherDomain = new Uint8Array(32).fill(8);
    expect(await codeOfAsync(() => verify(signed, { domainId: otherDomain }))).to.equal('SIGNATURE_INVALID');
    const otherKey = testIssuer(2).publicKey;
    expect(await codeOfAsync(() => verify(signed, { publicKey: otherKey }))).to.equal('SIGNATURE_INVALID');
  });

  it('refuses a device key where the message names Ed25519, and the reverse: KEY_MALFORMED', async () => {
    const device = await testDevice();
    const publicKey = device.publicKey;
    expect(await codeOfAsync(async () => verify(await sign(), { publicKey }))).to.equal('KEY_MALFORMED');
    const signed = await createSign1({ typ: TYP, claims, domainId, signer: device.signer });
    expect(await codeOfAsync(() => verify(signed))).to.equal('KEY_MALFORMED');
  });

  it('refuses each message with one bit flipped', async () => {
    const signed = await sign();
    for (let bit = 0; bit < signed.length * 8; bit += 1) {
      const flipped = signed.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await codeOfAsync(() => verify(flipped)), `bit ${bit}`).to.not.equal(null);
    }
  });

  it('verifies before it inflates', async () => {
    const signed = await signFreely(header(['z', 2 ** 50]), fromHex('ff'));
    const options = { domainId: new Uint8Array(32) };
    expect(await codeOfAsync(() => verify(signed, options))).to.equal('SIGNATURE_INVALID');
    expect(await codeOfAsync(() => verify(signed))).to.equal('INFLATED_TOO_LARGE');
  });

  it('refuses claims past the limit, deflated or not: INFLATED_TOO_LARGE', async () => {
    for (const compress of [true, false]) {
      const signed = await sign({ compress });
      const maxInflatedBytes = claims.length - 1;
      expect(await codeOfAsync(() => verify(signed, { maxInflatedBytes }))).to.equal('INFLATED_TOO_LARGE');
      expect(await codeOfAsync(() => verify(signed, { maxInflatedBytes: claims.length }))).to.equal(null);
    }
  });

  it('refuses well-signed payloads that do not inflate to what they state', async () => {
    const payload = deflate(claims) ?? claims;
    const cases: [CborMap, Bytes, ErrorCode][] = [
      [header(['z', claims.length + 1]), payload, 'INFLATED_LENGTH_WRONG'],
      [header(['z', claims.length - 1]), payload, 'INFLATED_LENGTH_WRONG'],
      [header(['z', claims.length]), payload.slice(0, -1), 'DEFLATE_MALFORMED'],
      [header(['z', claims.length]), concatBytes(payload, fromHex('00')), 'DEFLATE_TRAILING_BYTES'],
    ];
    for (const [map, bytes, code] of cases) {
      expect(await codeOfAsync(async () => verify(await signFreely(map, bytes)))).to.equal(code);
    }
  });

  it('takes unknown headers that are not critical', async () => {
    const map = header([99, 'new'], ['later', true], [2, [1, 16]]);
    expect(await verify(await signFreely(map, claims))).to.deep.equal(claims);
  });
});

describe('decodeSign1()', () => {
  const signature = new Uint8Array(64);
  const good = encodeCbor(header());
  const withHeader = (...changes: [number | string, CborValue | undefined][]) =>
    message([encodeCbor(header(...changes)), new Map(), claims, signature]);

  const refused: Record<string, [message: Bytes, code: ErrorCode]> = {
    'no bytes': [new Uint8Array(0), 'COSE_MALFORMED'],
    'the tag alone': [fromHex('d2'), 'FILE_CUT_SHORT'],
    'tag 16': [
      concatBytes(fromHex('d0'), encodeCbor([good, new Map(), claims, signature])),
      'COSE_MALFORMED',
    ],
    'trailing bytes': [concatBytes(withHeader(), fromHex('00')), 'TRAILING_BYTES'],
    'a map for an array': [message(new Map()), 'COSE_MALFORMED'],
    'three elements': [message([good, new Map(), claims]), 'COSE_MALFORMED'],
    'five elements': [message([good, new Map(), claims, signature, null]), 'COSE_MALFORMED'],
    'a header that is not bytes': [message([header(), new Map(), claims, signature]), 'COSE_MALFORMED'],
    'an empty header': [message([new Uint8Array(0), new Map(), claims, signature]), 'FILE_CUT_SHORT'],
    'a header that is not a map': [message([fromHex('80'), new Map(), claims, signature]), 'COSE_MALFORMED'],
    'a header with trailing bytes': [
      message([concatBytes(good, fromHex('00')), new Map(), claims, signature]),
      'TRAILING_BYTES',
    ],
    'a header that is not deterministic': [
      message([fromHex('a210010103'), new Map(), claims, signature]),
      'CBOR_NOT_DETERMINISTIC',
    ],
    'an unprotected header': [
      message([good, new Map([[4, claims]]), claims, signature]),
      'UNPROTECTED_HEADER',
    ],
    'an unprotected header that is no map': [message([good, [], claims, signature]), 'COSE_MALFORMED'],
    'a detached payload': [message([good, new Map(), null, signature]), 'COSE_MALFORMED'],
    'a short signature': [message([good, new Map(), claims, signature.slice(1)]), 'COSE_MALFORMED'],
    'a long signature': [message([good, new Map(), claims, new Uint8Array(65)]), 'COSE_MALFORMED'],
    'no algorithm': [withHeader([1, undefined]), 'COSE_MALFORMED'],
    'an algorithm that is a boolean': [withHeader([1, true]), 'COSE_MALFORMED'],
    EdDSA: [withHeader([1, -8]), 'ALGORITHM_UNKNOWN'],
    'HPKE-0': [withHeader([1, 35]), 'ALGORITHM_UNKNOWN'],
    'an algorithm by name': [withHeader([1, 'Ed25519']), 'ALGORITHM_UNKNOWN'],
    'an unknown critical header': [withHeader([99, 1], [2, [99]]), 'CRITICAL_UNKNOWN'],
    'an unknown critical header that is absent': [withHeader([2, [99]]), 'CRITICAL_UNKNOWN'],
    'a known critical header that is absent': [withHeader([2, ['z']]), 'COSE_MALFORMED'],
    'no critical headers': [withHeader([2, []]), 'COSE_MALFORMED'],
    'critical headers that are not an array': [withHeader([2, 1]), 'COSE_MALFORMED'],
    'critical headers that are not labels': [withHeader([2, [null]]), 'COSE_MALFORMED'],
    'Ed25519 without a key id': [withHeader([4, undefined]), 'COSE_MALFORMED'],
    'ESP256 with a key id': [withHeader([1, -9]), 'COSE_MALFORMED'],
    'a key id of 7 bytes': [withHeader([4, new Uint8Array(7)]), 'COSE_MALFORMED'],
    'a key id that is text': [withHeader([4, 'kid']), 'COSE_MALFORMED'],
    'no typ': [withHeader([16, undefined]), 'COSE_MALFORMED'],
    'a typ that is text': [withHeader([16, 'application/cose']), 'COSE_MALFORMED'],
    'a negative typ': [withHeader([16, -1]), 'COSE_MALFORMED'],
    'an inflated length that is text': [withHeader(['z', '1']), 'COSE_MALFORMED'],
    'a negative inflated length': [withHeader(['z', -1]), 'COSE_MALFORMED'],
  };
  for (const [what, [bytes, code]] of Object.entries(refused)) {
    it(`refuses ${what}: ${code}`, () => {
      expect(codeOf(() => decodeSign1(bytes))).to.equal(code);
    });
  }

  it('refuses with a LatchkeyError or decodes, whatever the bytes', () => {
    fc.assert(
      fc.property(
        arbitraryBytes(),
        bytes => void codeOf(() => decodeSign1(concatBytes(fromHex('d2'), bytes))),
      ),
    );
  });
});
