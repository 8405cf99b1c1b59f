import { expect } from '@open-wc/testing';
import { equalBytes } from '../../../src/bytes/bytes.ts';
import { messageDigest } from '../../../src/cose/digest.ts';
import { decodeEncrypt0, openEncrypt0 } from '../../../src/cose/encrypt0.ts';
import { decodeFile } from '../../../src/cose/file.ts';
import { thumbprint } from '../../../src/cose/key.ts';
import { decodeSign1, verifySign1 } from '../../../src/cose/sign1.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { decodeActivationRequest } from '../../../src/format/activation-request.ts';
import { decodeDeactivation } from '../../../src/format/deactivation.ts';
import { KINDS } from '../../../src/format/kinds.ts';
import { decodeUsageReport } from '../../../src/format/usage-report.ts';
import { firstHead } from '../../../src/license/consumption/chain.ts';
import { noConsumption } from '../../../src/license/consumption/consumption.ts';
import { fingerprintKey, keyLookup, keyProof, keySecret } from '../../../src/license/credentials.ts';
import { parseLicenseKey } from '../../../src/license/license-key.ts';
import { fingerprint, SIGNAL_NAMES } from '../../../src/license/node-lock.ts';
import { userCredentials } from '../../../src/license/user.ts';
import { createActivationRequest } from '../../../src/request/activation-request.ts';
import type { ActivationState } from '../../../src/request/activation-state.ts';
import { createDeactivation } from '../../../src/request/deactivation.ts';
import type { DeviceFileContext } from '../../../src/request/device-file.ts';
import { sealDeviceFile, sealingTarget } from '../../../src/request/seal.ts';
import { createUsageReport } from '../../../src/request/usage-report.ts';
import { verifyLicense } from '../../../src/verify/license.ts';
import { codeOf } from '../../support/code-of.ts';
import { testDevice, testSealingKey } from '../../support/keys.ts';
import { ISSUED_AT, licenseClaims, TestVendor } from '../../support/vendor.ts';

const crypto = webCrypto();
const vendor = await TestVendor.create();
const trust = await vendor.trust();
const { domainId } = vendor;
const device = await testDevice();
const deviceId = thumbprint(device.publicKey);
const context: DeviceFileContext = {
  trust,
  signer: device.signer,
  publicKey: device.publicKey,
  crypto,
  clockMs: ISSUED_AT * 1000 + 999,
  highWaterMarkMs: ISSUED_AT * 1000 + 1_500,
  deviceSequence: 3,
};
const licenseKey = parseLicenseKey('00000-00007-0000E-0000N-0000W');
const signals = Object.fromEntries(SIGNAL_NAMES.map(name => [name, `value of ${name}`]));

/** The claims of a signed device file, its signature checked. */
function claimsOf(signed: Uint8Array<ArrayBuffer>) {
  const options = { domainId, publicKey: device.publicKey, crypto, maxInflatedBytes: 16 * 1024 };
  return verifySign1(decodeSign1(signed), options);
}

async function activation(): Promise<ActivationState> {
  const file = await vendor.license(licenseClaims({ deviceId }));
  const license = await verifyLicense(file, { trust, crypto, deviceId, product: 'demo' });
  const { activationId } = license.claims;
  return { license, consumption: noConsumption(activationId), heads: [firstHead(activationId)] };
}

describe('createActivationRequest()', () => {
  it('states the device, its versions and times, signed with the device key', async () => {
    const { requestId, signed, digest } = await createActivationRequest({ product: 'demo' }, context);
    expect(decodeActivationRequest(await claimsOf(signed))).to.deep.equal({
      requestId,
      issuedAt: ISSUED_AT,
      highWaterMark: ISSUED_AT + 1,
      deviceSequence: 3,
      bundleVersion: 1,
      rootVersion: 1,
      deviceKey: device.publicKey,
      product: 'demo',
    });
    expect(requestId).to.have.length(16);
    expect(decodeSign1(signed).typ).to.equal(KINDS['activation-request']);
    expect(digest).to.deep.equal(messageDigest(decodeSign1(signed)));
  });

  it('carries a license key as look-up and proof, and signals as hashes', async () => {
    const request = await createActivationRequest({ licenseKey, signals }, context);
    const claims = decodeActivationRequest(await claimsOf(request.signed));
    const secret = keySecret(domainId, licenseKey);
    expect(claims.keyLookup).to.deep.equal(keyLookup(secret));
    expect(claims.keyProof).to.deep.equal(keyProof(secret, deviceId, request.requestId));
    expect(request.fingerprintKey).to.deep.equal(fingerprintKey(domainId, secret));
    expect(claims.fingerprint).to.deep.equal(fingerprint(request.fingerprintKey, signals));
  });

  it('may name neither key nor user', async () => {
    const request = await createActivationRequest({ signals }, context);
    const claims = decodeActivationRequest(await claimsOf(request.signed));
    expect(claims).to.not.have.any.keys('keyLookup', 'keyProof', 'userLookup', 'userProof');
    expect(request.fingerprintKey).to.deep.equal(fingerprintKey(domainId, null));
  });

  it('cuts names to what a file may hold, within no character', async () => {
    const deviceName = `Schaltschrank \u0007 ${'ä'.repeat(20)}`;
    const names = { deviceName, appVersion: '1'.repeat(40), platform: '  ' };
    const { signed } = await createActivationRequest(names, context);
    const claims = decodeActivationRequest(await claimsOf(signed));
    expect(claims.deviceName).to.equal(`Schaltschrank   ${'ä'.repeat(8)}`);
    expect(claims.appVersion).to.equal('1'.repeat(24));
    expect(claims).to.not.have.property('platform');
  });

  it('makes a new request id each time', async () => {
    const first = await createActivationRequest({}, context);
    const second = await createActivationRequest({}, context);
    expect(equalBytes(first.requestId, second.requestId)).to.equal(false);
    expect(equalBytes(first.digest, second.digest)).to.equal(false);
  });

  it('has at most 512 bytes when sealed, with all that it may carry', async () => {
    const input = {
      product: 'demo',
      signals,
      user: await userCredentials({ domainId: trust.domainId, user: 'anna', password: 'secret' }, crypto),
      recoveryCommitment: crypto.randomBytes(32),
      deviceName: 'Verpackungslinie 4 Halle',
      appVersion: '2026.11.0-rc.1+build.123',
      platform: 'Windows 11 IoT LTSC 2026',
    };
    const { signed } = await createActivationRequest(input, context);
    const file = await sealDeviceFile(signed, trust, crypto);
    expect(file.length).to.be.at.most(512);
  });
});

describe('createUsageReport() and createDeactivation()', () => {
  it('state the activation with its sums and heads, and carry the license', async () => {
    const state = await activation();
    const report = decodeUsageReport(await claimsOf((await createUsageReport(state, {}, context)).signed));
    const end = decodeDeactivation(await claimsOf((await createDeactivation(state, context)).signed));
    for (const claims of [report, end]) {
      const { licenseId, activationId, revision } = state.license.claims;
      expect(claims).to.deep.include({ licenseId, activationId, revision });
      expect(claims.consumption).to.deep.equal(state.consumption);
      expect(claims.heads).to.deep.equal(state.heads);
      expect(claims.license).to.deep.equal(state.license.file);
    }
  });

  it('stay within 8 KiB whatever they carry, without the license if need be', async () => {
    const { license } = await activation();
    const totals = Array.from({ length: 65 }, (_, index) => ({
      counter: `f${index}`.padEnd(32, 'x'),
      used: 2 ** 47 + index,
      givenBack: 2 ** 46 + index,
    }));
    const consumption = { sequence: 2 ** 40, head: crypto.randomBytes(32), totals };
    const heads = Array.from({ length: 9 }, (_, sequence) => ({ sequence, head: crypto.randomBytes(32) }));
    for (const length of [4096, 4097, 8192]) {
      const state = { license: { ...license, file: crypto.randomBytes(length) }, consumption, heads };
      const { signed } = await createUsageReport(state, {}, context);
      expect((await sealDeviceFile(signed, trust, crypto)).length).to.be.at.most(8 * 1024);
      const { license: carried } = decodeUsageReport(await claimsOf(signed));
      expect(carried?.length).to.equal(length > 4096 ? undefined : length);
    }
  });

  it('state the 64 periods that changed last, with a license that is as much shorter', async () => {
    const { license, consumption, heads } = await activation();
    const periods = Array.from({ length: 70 }, (_, index) => ({
      counter: `f${index}`.padEnd(32, 'x'),
      index: 20_777 + index,
      used: 2 ** 47 + index,
      givenBack: 2 ** 46 + index,
    }));
    const stating = async (length: number) => {
      const state = {
        license: { ...license, file: crypto.randomBytes(length) },
        consumption,
        heads,
        periods,
      };
      const { signed } = await createUsageReport(state, {}, context);
      return decodeUsageReport(await claimsOf(signed));
    };
    const claims = await stating(4096 - 58 * 64);
    expect(claims.periods).to.deep.equal(periods.slice(0, 64));
    expect(claims.license?.length).to.equal(384);
    expect((await stating(385)).license).to.equal(undefined);
  });
});

describe('sealDeviceFile()', () => {
  it('seals to the portal, again and again, without changing what is inside', async () => {
    const { signed } = await createActivationRequest({ licenseKey }, context);
    const files = [await sealDeviceFile(signed, trust, crypto), await sealDeviceFile(signed, trust, crypto)];
    for (const file of files) {
      const sealed = decodeEncrypt0(decodeFile(file).content);
      expect(sealed.typ).to.equal(KINDS['activation-request']);
      expect(await openEncrypt0(sealed, { opener: vendor.opener, domainId })).to.deep.equal(signed);
    }
    expect(files[0]).to.not.deep.equal(files[1]);
  });

  it('shows nothing that was sealed', async () => {
    const { signed, requestId } = await createActivationRequest({ licenseKey }, context);
    const text = [...(await sealDeviceFile(signed, trust, crypto))].join(' ');
    expect(text).to.not.contain([...requestId].join(' '));
    expect(text).to.not.contain([...device.publicKey.slice(1, 33)].join(' '));
  });

  it('seals to the first key that is in use, and to none that is retired', async () => {
    const newer = await testSealingKey();
    const retired = { key: vendor.sealingKey, keyState: 'retired' as const };
    const after = await vendor.trust({ sealingKeys: [retired, { key: newer.publicKey }] });
    expect(sealingTarget(after).kid).to.deep.equal(newer.kid);
    const none = await vendor.trust({ sealingKeys: [retired] });
    expect(codeOf(() => sealingTarget(none))).to.equal('SEAL_KEY_UNKNOWN');
  });
});
