import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { toArmor } from '../../../src/bytes/armor.ts';
import { type Bytes, utf8 } from '../../../src/bytes/bytes.ts';
import { toQrText } from '../../../src/bytes/carrier.ts';
import { createSign1 } from '../../../src/cose/create-sign1.ts';
import { createEncrypt0 } from '../../../src/cose/encrypt0.ts';
import { toFile } from '../../../src/cose/file.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import { KINDS } from '../../../src/format/kinds.ts';
import type { Receipt } from '../../../src/format/receipt.ts';
import { verifyAnswer } from '../../../src/verify/answer.ts';
import { verifyReceipt } from '../../../src/verify/receipt.ts';
import { verifyRefusal } from '../../../src/verify/refusal.ts';
import { codeOfAsync } from '../../support/code-of.ts';
import { testIssuer } from '../../support/keys.ts';
import { filled, ISSUED_AT, licenseClaims, TestVendor } from '../../support/vendor.ts';

const crypto = webCrypto();
const vendor = await TestVendor.create();
const trust = await vendor.trust();
const deviceId = filled(32, 2);
const verifying = { trust, crypto, deviceId, product: 'demo' };
const verify = (input: Bytes) => verifyAnswer(input, verifying);

const license = await vendor.license(licenseClaims());
const receiptClaims: Receipt = {
  requestId: filled(16, 3),
  deviceId,
  licenseId: filled(16, 4),
  issuedAt: ISSUED_AT + 60,
  activationId: filled(16, 5),
  consumption: { sequence: 0, head: filled(32, 1), totals: [] },
};
const receipt = await vendor.receipt(receiptClaims);
const refusalClaims = { requestId: filled(16, 3), issuedAt: ISSUED_AT + 60, code: 'NO_SEATS_LEFT' };
const refusal = await vendor.refusal(refusalClaims);

describe('verifyAnswer()', () => {
  it('reads a license, receipt or refusal, alone or in a container', async () => {
    for (const [file, kind] of [
      [license, 'license'],
      [receipt, 'receipt'],
      [refusal, 'refusal'],
    ] as const) {
      expect((await verify(file)).answer?.kind).to.equal(kind);
      expect((await verify(encodeContainer([file]))).answer?.kind).to.equal(kind);
    }
  });

  it('reads any carrier', async () => {
    for (const text of [toArmor(license), toQrText(license)]) {
      expect((await verify(utf8(text))).answer?.kind).to.equal('license');
    }
  });

  it('leaves the trust alone when nothing newer came along', async () => {
    expect((await verify(license)).trust).to.equal(trust);
    expect((await verify(encodeContainer([await vendor.bundle(), license]))).trust).to.equal(trust);
  });

  it('applies root change and bundle first, so that a new key signs the license', async () => {
    const [newRoot, newIssuer] = [testIssuer(31), testIssuer(32)];
    const change = await vendor.rootChange(vendor.root, newRoot, 2);
    const issuerKeys = [{ key: newIssuer.publicKey, validFrom: ISSUED_AT }];
    const bundle = await vendor.bundle({ issuerKeys, bundleVersion: 2, rootVersion: 2 }, { by: newRoot });
    const byNew = await vendor.license(licenseClaims(), { by: newIssuer });
    const result = await verify(encodeContainer([change, bundle, byNew]));
    expect(result.answer?.kind).to.equal('license');
    expect(result.trust.root).to.deep.equal(newRoot.publicKey);
    expect(await codeOfAsync(() => verify(byNew))).to.equal('ISSUER_UNKNOWN');
  });

  it('refuses a license whose key is revoked by the bundle beside it', async () => {
    const issuerKeys = [
      { key: vendor.issuer.publicKey, validFrom: ISSUED_AT, keyState: 'compromised' as const },
    ];
    const bundle = await vendor.bundle({ issuerKeys, bundleVersion: 2 });
    expect(await codeOfAsync(() => verify(encodeContainer([bundle, license])))).to.equal(
      'ISSUER_KEY_COMPROMISED',
    );
  });

  it('takes trust files alone', async () => {
    const result = await verify(encodeContainer([await vendor.bundle({ bundleVersion: 2 })]));
    expect(result.answer).to.equal(null);
    expect(result.trust.bundle.bundleVersion).to.equal(2);
  });

  it('refuses two answers in one container', async () => {
    expect(await codeOfAsync(() => verify(encodeContainer([receipt, license])))).to.equal('KIND_UNEXPECTED');
  });

  it('refuses a file that a device made', async () => {
    const sealed = await createEncrypt0({
      typ: KINDS['activation-request'],
      kid: vendor.opener.kid,
      publicKey: vendor.sealingKey,
      message: filled(100, 1),
      domainId: vendor.domainId,
      crypto,
    });
    const file = toFile(sealed);
    expect(await codeOfAsync(() => verify(file))).to.equal('KIND_UNEXPECTED');
    expect(await codeOfAsync(() => verify(encodeContainer([file, license])))).to.equal('KIND_UNEXPECTED');
  });

  it('refuses a kind that it does not know', async () => {
    const { domainId, issuer } = vendor;
    const file = toFile(
      await createSign1({ typ: 65_300, claims: filled(3, 1), domainId, signer: issuer.signer }),
    );
    expect(await codeOfAsync(() => verify(file))).to.equal('KIND_UNKNOWN');
  });

  it('refuses an empty file and one that is no Latchkey file', async () => {
    expect(await codeOfAsync(() => verify(new Uint8Array()))).to.equal('FILE_EMPTY');
    expect(await codeOfAsync(() => verify(utf8('%PDF-1.7')))).to.equal('FILE_NOT_LATCHKEY');
  });

  it('throws a LatchkeyError and nothing else for any bytes', async () => {
    const container = encodeContainer([await vendor.bundle(), license]);
    const edits = fc.array(fc.tuple(fc.nat(container.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(edits, fc.nat(container.length), async (changes, length) => {
        const bytes = container.slice(0, length);
        for (const [at, byte] of changes) if (at < length) bytes[at] = byte;
        await codeOfAsync(() => verify(bytes));
      }),
    );
  });
});

describe('verifyReceipt()', () => {
  it('takes a receipt of this device, and of no other', async () => {
    expect((await verifyReceipt(receipt, verifying)).claims).to.deep.equal(receiptClaims);
    const other = await vendor.receipt({ ...receiptClaims, deviceId: filled(32, 8) });
    expect(await codeOfAsync(() => verifyReceipt(other, verifying))).to.equal('DEVICE_MISMATCH');
    expect(await codeOfAsync(() => verifyReceipt(license, verifying))).to.equal('KIND_UNEXPECTED');
  });
});

describe('verifyRefusal()', () => {
  it('takes a refusal that names this device or none', async () => {
    expect((await verifyRefusal(refusal, verifying)).claims).to.deep.equal(refusalClaims);
    const ours = await vendor.refusal({ ...refusalClaims, deviceId });
    expect((await verifyRefusal(ours, verifying)).claims.code).to.equal('NO_SEATS_LEFT');
    const other = await vendor.refusal({ ...refusalClaims, deviceId: filled(32, 8) });
    expect(await codeOfAsync(() => verifyRefusal(other, verifying))).to.equal('DEVICE_MISMATCH');
    expect((await verifyRefusal(other, { trust, crypto })).claims.code).to.equal('NO_SEATS_LEFT');
    expect(await codeOfAsync(() => verifyRefusal(receipt, verifying))).to.equal('KIND_UNEXPECTED');
  });
});
