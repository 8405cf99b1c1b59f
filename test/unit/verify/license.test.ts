import { expect } from '@open-wc/testing';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { nobleCrypto } from '../../../src/crypto/noble.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { LatchkeyError } from '../../../src/errors.ts';
import type { IssuerKey } from '../../../src/format/claims.ts';
import { KINDS } from '../../../src/format/kinds.ts';
import type { License } from '../../../src/format/license.ts';
import { deviceNumber } from '../../../src/license/device-number.ts';
import { verifyLicense, verifyStoredLicense } from '../../../src/verify/license.ts';
import type { Trust } from '../../../src/verify/trust.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { testDevice, testIssuer } from '../../support/keys.ts';
import { filled, ISSUED_AT, licenseClaims, type SignedBy, TestVendor } from '../../support/vendor.ts';

const crypto = webCrypto();
const vendor = await TestVendor.create();
const deviceId = filled(32, 2);
const trust = await vendor.trust();
const second = testIssuer(3);

const verifying = (over: Trust = trust) => ({ trust: over, crypto, deviceId, product: 'demo' });
const verify = (file: Bytes, over: Trust = trust) => verifyLicense(file, verifying(over));

/** Trust in one issuer key with these restrictions. */
function trustIn(restrictions: Partial<IssuerKey>): Promise<Trust> {
  return vendor.trust({
    issuerKeys: [{ key: vendor.issuer.publicKey, validFrom: ISSUED_AT, ...restrictions }],
  });
}

async function codeFor(changes: Partial<License>, signedBy: SignedBy = {}, over: Trust = trust) {
  const file = await vendor.license(licenseClaims(changes), signedBy);
  return codeOfAsync(() => verify(file, over));
}

async function errorFor(changes: Partial<License>): Promise<LatchkeyError> {
  const file = await vendor.license(licenseClaims(changes));
  const error = await verify(file).catch((thrown: unknown) => thrown);
  if (error instanceof LatchkeyError) return error;
  throw new Error('expected a LatchkeyError');
}

describe('verifyLicense()', () => {
  it('gives the claims, the file and the key that signed, on either backend', async () => {
    const file = await vendor.license(licenseClaims({ features: [{ code: 'export' }] }));
    for (const backend of [webCrypto(), nobleCrypto()]) {
      const verified = await verifyLicense(file, { ...verifying(), crypto: backend });
      expect(verified.claims).to.deep.equal(licenseClaims({ features: [{ code: 'export' }] }));
      expect(verified.file).to.equal(file);
      expect(verified.issuer).to.deep.equal({ key: vendor.issuer.publicKey, compromised: null });
    }
  });

  it('takes any product where the app names none', async () => {
    const file = await vendor.license(licenseClaims({ product: 'other' }));
    const verified = await verifyLicense(file, { ...verifying(), product: null });
    expect(verified.claims.product).to.equal('other');
  });

  it('refuses a license of another issuer, domain or kind', async () => {
    expect(await codeFor({}, { by: second })).to.equal('ISSUER_UNKNOWN');
    expect(await codeFor({}, { by: vendor.root })).to.equal('ISSUER_UNKNOWN');
    expect(await codeFor({}, { domainId: filled(32, 9) })).to.equal('SIGNATURE_INVALID');
    expect(await codeFor({}, { kind: 'receipt' })).to.equal('KIND_UNEXPECTED');
    expect(await codeFor({}, { kind: 'activation-request' })).to.equal('KIND_UNEXPECTED');
  });

  it('refuses a license that a device signed, with or without the key id of the issuer', async () => {
    const device = await testDevice();
    expect(await codeFor({}, { by: device })).to.equal('ALGORITHM_UNKNOWN');
    const posing = { ...device, signer: { ...device.signer, kid: vendor.issuer.signer.kid } };
    expect(await codeFor({}, { by: posing })).to.equal('COSE_MALFORMED');
  });

  it('refuses a forgery under the key id of the issuer', async () => {
    const forger = { ...second, signer: { ...second.signer, kid: vendor.issuer.signer.kid } };
    expect(await codeFor({}, { by: forger })).to.equal('SIGNATURE_INVALID');
  });

  it('names both devices when the license is for another', async () => {
    const other = filled(32, 8);
    const named = await errorFor({ deviceId: other, deviceName: 'Line 4' });
    expect(named.code).to.equal('DEVICE_MISMATCH');
    expect(named.data).to.deep.equal({ licensed: 'Line 4', thisDevice: deviceNumber(deviceId) });
    const unnamed = await errorFor({ deviceId: other });
    expect(unnamed.data).to.deep.equal({ licensed: deviceNumber(other), thisDevice: deviceNumber(deviceId) });
  });

  it('names both products when the license is for another', async () => {
    const error = await errorFor({ product: 'other' });
    expect(error.code).to.equal('PRODUCT_MISMATCH');
    expect(error.data).to.deep.equal({ licensed: 'other', thisProduct: 'demo' });
  });

  it('refuses every cut and every flipped bit with a LatchkeyError', async () => {
    const file = await vendor.license(licenseClaims());
    for (let length = 0; length < file.length; length += 1) {
      expect(await codeOfAsync(() => verify(file.slice(0, length))), `cut at ${length}`).to.be.a('string');
    }
    for (let bit = 0; bit < file.length * 8; bit += 1) {
      const flipped = file.slice();
      const at = Math.floor(bit / 8);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit % 8));
      expect(await codeOfAsync(() => verify(flipped)), `bit ${bit}`).to.be.a('string');
    }
  });

  it('refuses a file past 64 KiB', async () => {
    expect(await codeOfAsync(() => verify(new Uint8Array(64 * 1024 + 1)))).to.equal('FILE_TOO_LARGE');
  });
});

describe('the bounds of an issuer key', () => {
  type Row = [what: string, key: Partial<IssuerKey>, claims: Partial<License>, code: string | null];
  const rows: Row[] = [
    ['with no bounds', {}, {}, null],
    ['for licenses and receipts', { kinds: [KINDS.license, KINDS.receipt] }, {}, null],
    ['for receipts alone', { kinds: [KINDS.receipt] }, {}, 'ISSUER_KEY_NOT_FOR_KIND'],
    ['for this product', { products: ['demo'] }, {}, null],
    ['for another product', { products: ['other'] }, {}, 'ISSUER_KEY_NOT_FOR_PRODUCT'],
    ['for no product', { products: [] }, {}, 'ISSUER_KEY_NOT_FOR_PRODUCT'],
    ['from its first second', {}, { issuedAt: ISSUED_AT }, null],
    ['before it was valid', {}, { issuedAt: ISSUED_AT - 1 }, 'ISSUER_KEY_NOT_VALID_THEN'],
    ['at its last second', { validUntil: ISSUED_AT + 60 }, {}, null],
    ['after its end', { validUntil: ISSUED_AT + 59 }, {}, 'ISSUER_KEY_NOT_VALID_THEN'],
    ['retired later', { keyState: 'retired', validUntil: ISSUED_AT + 99 }, {}, null],
    ['retired before', { keyState: 'retired', validUntil: ISSUED_AT + 9 }, {}, 'ISSUER_KEY_NOT_VALID_THEN'],
    ['retired by a bundle of before', { keyState: 'retired' }, {}, 'ISSUER_KEY_NOT_VALID_THEN'],
    ['retired by a bundle of after', { keyState: 'retired' }, { issuedAt: ISSUED_AT }, null],
    ['compromised', { keyState: 'compromised', graceHours: 48 }, {}, 'ISSUER_KEY_COMPROMISED'],
  ];
  for (const [what, key, claims, code] of rows) {
    it(`${code === null ? 'accept' : 'refuse'} a license of a key ${what}`, async () => {
      expect(await codeFor(claims, {}, await trustIn(key))).to.equal(code);
    });
  }
});

describe('verifyStoredLicense()', () => {
  it('takes a license of a compromised key and says for how long it lives on', async () => {
    const over = await trustIn({ keyState: 'compromised', graceHours: 48 });
    const verified = await verifyStoredLicense(await vendor.license(licenseClaims()), verifying(over));
    expect(verified.issuer.compromised).to.deep.equal({ sinceMs: ISSUED_AT * 1000, graceHours: 48 });
  });

  it('counts the grace from the end of the key where that is earlier than the bundle', async () => {
    const issuerKeys = [
      {
        key: vendor.issuer.publicKey,
        validFrom: ISSUED_AT,
        validUntil: ISSUED_AT + 90,
        keyState: 'compromised' as const,
      },
    ];
    const over = await vendor.trust({ issuerKeys, issuedAt: ISSUED_AT + 9_000 });
    const verified = await verifyStoredLicense(await vendor.license(licenseClaims()), verifying(over));
    expect(verified.issuer.compromised).to.deep.equal({ sinceMs: (ISSUED_AT + 90) * 1000, graceHours: 0 });
  });

  it('refuses all else as verifyLicense() does', async () => {
    const over = await trustIn({ keyState: 'compromised', validUntil: ISSUED_AT + 1 });
    const file = await vendor.license(licenseClaims());
    expect(await codeOfAsync(() => verifyStoredLicense(file, verifying(over)))).to.equal(
      'ISSUER_KEY_NOT_VALID_THEN',
    );
    const forged = await vendor.license(licenseClaims(), { by: second });
    expect(await codeOfAsync(() => verifyStoredLicense(forged, verifying()))).to.equal('ISSUER_UNKNOWN');
  });
});
