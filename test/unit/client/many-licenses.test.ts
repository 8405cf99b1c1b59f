import { expect } from '@open-wc/testing';
import { toHex } from '../../../src/bytes/hex.ts';
import { type DeviceState, verifyContents } from '../../../src/client/state/device-state.ts';
import { thumbprint } from '../../../src/cose/key.ts';
import type { Crypto } from '../../../src/crypto/crypto.ts';
import { createDeviceKey, publicKeyBytes } from '../../../src/crypto/device-key.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { firstHead } from '../../../src/license/consumption/chain.ts';
import { decodeProfile } from '../../../src/platform/profile.ts';
import type { Contents } from '../../../src/store/contents.ts';
import type { EndedRecord, LicenseRecord } from '../../../src/store/records.ts';
import { testIssuer } from '../../support/keys.ts';
import { filled, ISSUED_AT, licenseClaims, TestVendor } from '../../support/vendor.ts';
import { profileText } from './device.ts';

const vendor = await TestVendor.create();
const second = testIssuer(3);
const issuerKeys = [vendor.issuer, second].map(({ publicKey }) => ({ key: publicKey, validFrom: ISSUED_AT }));
const trust = await vendor.trust({ issuerKeys });
const profile = decodeProfile(await profileText(vendor));
const trustRecord = { profile: '', ...vendor.pin, files: [trust.bundleFile] };
const keyPair = await createDeviceKey();
const deviceId = thumbprint(await publicKeyBytes(keyPair));

const COUNT = 6;

/** Licenses of one issuer and the other in turn, as many ended ones with receipts, and as many refusals. */
async function contentsOf(): Promise<Contents> {
  const places = Array.from({ length: COUNT }, (_, place) => place);
  return {
    keyPair,
    device: null,
    trust: trustRecord,
    requests: [],
    licenses: await Promise.all(places.map(licenseAt)),
    counters: places.map(place => {
      const activationId = filled(16, 50 + place);
      const consumption = { ...firstHead(activationId), totals: [] };
      return { id: toHex(activationId), state: { consumption, heads: [] } };
    }),
    ended: await Promise.all(places.map(endedAt)),
    refusals: await Promise.all(
      places.map(async place => ({
        id: String(place),
        file: await vendor.refusal({
          requestId: filled(16, place),
          issuedAt: ISSUED_AT + 9,
          code: 'NO_SEATS_LEFT',
        }),
        loadedAtMs: 0,
      })),
    ),
  };
}

async function licenseAt(place: number): Promise<LicenseRecord> {
  const [licenseId, activationId] = [filled(16, 20 + place), filled(16, 50 + place)];
  const by = place % 2 === 0 ? vendor.issuer : second;
  const file = await vendor.license(licenseClaims({ deviceId, licenseId, activationId }), { by });
  const ids = { id: toHex(licenseId), activationId: toHex(activationId) };
  return { ...ids, file, fingerprintKey: filled(32, 1), loadedAtMs: 0 };
}

async function endedAt(place: number): Promise<EndedRecord> {
  const [licenseId, activationId] = [filled(16, 80 + place), filled(16, 110 + place)];
  const requestId = filled(16, 140 + place);
  const consumption = { ...firstHead(activationId), totals: [] };
  const claims = { deviceId, licenseId, activationId, issuedAt: ISSUED_AT + 60 };
  return {
    id: toHex(activationId),
    licenseId: toHex(licenseId),
    licenseFile: await vendor.license(licenseClaims(claims)),
    requestId,
    signed: filled(1, 0),
    digest: filled(32, 0),
    file: filled(1, 0),
    sealKid: filled(8, 0),
    endedAtMs: 0,
    receipt: await vendor.receipt({ ...claims, requestId, consumption }),
  };
}

function verified(contents: Contents, crypto: Crypto): Promise<DeviceState> {
  return verifyContents(contents, { profile, trust, trustRecord, crypto, product: 'demo' });
}

/** What was believed, in one line for each record. */
function told(state: DeviceState) {
  return {
    licenses: state.licenses.map(({ record }) => record.id),
    broken: state.broken.map(({ record, code }) => `${record.id} ${code}`),
    ended: state.ended.map(({ lastLicense, verifiedReceipt }) => [
      lastLicense !== null,
      verifiedReceipt !== null,
    ]),
    refusals: [...state.refusals.keys()],
  };
}

/** The same file with another signature. */
function forged<T extends { file: Uint8Array<ArrayBuffer> }>(record: T): T {
  const file = record.file.slice();
  file[file.length - 40] = (file[file.length - 40] ?? 0) ^ 1;
  return { ...record, file };
}

for (const backend of ['webcrypto', 'wasm-fma', 'wasm-simd', 'noble', 'auto'] as const) {
  describe(`verifyContents() with many files on ${backend}`, () => {
    const crypto = webCrypto({ ed25519: backend });

    it('believes each that is sound, and tells of the one that is not, wherever it is', async () => {
      const contents = await contentsOf();
      const all = contents.licenses.map(({ id }) => id);
      for (const [bad, { id }] of contents.licenses.entries()) {
        const licenses = contents.licenses.map((record, place) => (place === bad ? forged(record) : record));
        const refusals = contents.refusals.map((record, place) => (place === bad ? forged(record) : record));
        const state = told(await verified({ ...contents, licenses, refusals }, crypto));
        expect(state.licenses).to.deep.equal(all.filter(other => other !== id));
        expect(state.broken).to.deep.equal([`${id} SIGNATURE_INVALID`]);
        expect(state.ended).to.deep.equal(all.map(() => [true, true]));
        expect(state.refusals).to.deep.equal(
          ['0', '1', '2', '3', '4', '5'].filter(place => place !== String(bad)),
        );
      }
    });

    it('verifies more licenses than the page itself does, in a worker where there is WebAssembly', async () => {
      const contents = await contentsOf();
      await crypto.prepare(issuerKeys.map(({ key }) => key));
      const licenses = Array.from({ length: 200 }, () => contents.licenses).flat();
      const state = await verified({ ...contents, licenses }, crypto);
      expect(state.licenses.length).to.equal(licenses.length);
    });
  });
}
