import { expect } from '@open-wc/testing';
import { webCrypto } from '../../../src/crypto/web.ts';
import type { License } from '../../../src/format/license.ts';
import {
  type Acceptance,
  acceptLicense,
  acceptReceipt,
  acceptRefusal,
  type Held,
} from '../../../src/verify/accept.ts';
import { type VerifiedLicense, verifyLicense } from '../../../src/verify/license.ts';
import { verifyReceipt } from '../../../src/verify/receipt.ts';
import { verifyRefusal } from '../../../src/verify/refusal.ts';
import { codeOf } from '../../support/code-of.ts';
import { filled, ISSUED_AT, licenseClaims, TestVendor } from '../../support/vendor.ts';

const crypto = webCrypto();
const vendor = await TestVendor.create();
const trust = await vendor.trust();
const deviceId = filled(32, 2);
const [request, otherRequest] = [filled(16, 3), filled(16, 33)];
const [seat, otherSeat] = [filled(16, 5), filled(16, 55)];

async function license(changes: Partial<License> = {}): Promise<VerifiedLicense> {
  const file = await vendor.license(licenseClaims(changes));
  return verifyLicense(file, { trust, crypto, deviceId, product: 'demo' });
}

const nothing: Held = { trust, requestIds: [], fileDigests: [], licenses: [], ended: [] };
const asked: Held = { ...nothing, requestIds: [request] };
const installed: Held = { ...asked, licenses: [await license()] };
const outcome = (offered: VerifiedLicense, held: Held): Acceptance | string => {
  let acceptance: Acceptance = 'install';
  const code = codeOf(() => {
    acceptance = acceptLicense(offered, held);
  });
  return code ?? acceptance;
};

describe('acceptLicense()', () => {
  type Row = [what: string, offered: Partial<License>, held: Held, outcome: string];
  const refresh: Partial<License> = { requestId: undefined };
  const rows: Row[] = [
    ['the answer to a request', {}, asked, 'install'],
    ['an answer to a request of another device or profile', {}, nothing, 'REQUEST_UNKNOWN'],
    ['a refresh of an installed license', { ...refresh, revision: 8 }, installed, 'install'],
    ['a refresh of an activation that is not here', refresh, asked, 'REQUEST_UNKNOWN'],
    [
      'a refresh of another activation',
      { ...refresh, revision: 8, activationId: otherSeat },
      installed,
      'REQUEST_UNKNOWN',
    ],
    ['the file that is installed, loaded again', {}, installed, 'already-installed'],
    ['an older answer after a newer one', { revision: 6 }, installed, 'REVISION_OLD'],
    ['an older refresh after a newer one', { ...refresh, revision: 6 }, installed, 'REVISION_OLD'],
    ['the same revision in another file', { holder: 'Plant 4' }, installed, 'REVISION_OLD'],
    [
      'a license of an activation given up',
      {},
      { ...asked, ended: [{ activationId: seat }] },
      'ACTIVATION_ENDED',
    ],
    [
      'a much newer license of an activation given up',
      { revision: 9_999 },
      { ...installed, ended: [{ activationId: seat, requestId: otherRequest }] },
      'ACTIVATION_ENDED',
    ],
    [
      'a second license beside the first',
      { licenseId: filled(16, 44), activationId: otherSeat, revision: 1 },
      installed,
      'install',
    ],
    [
      'a new activation of the same license',
      { activationId: otherSeat, revision: 1, issuedAt: ISSUED_AT + 61 },
      installed,
      'install',
    ],
    [
      'an answer from before the activation that took the place of its own',
      { activationId: otherSeat, revision: 99, issuedAt: ISSUED_AT + 59 },
      installed,
      'REVISION_OLD',
    ],
  ];
  for (const [what, offered, held, expected] of rows) {
    it(`answers ${what} with ${expected}`, async () => {
      expect(outcome(await license(offered), held)).to.equal(expected);
    });
  }

  it('takes answers to three open requests in any order, never going back', async () => {
    const ids = [filled(16, 61), filled(16, 62), filled(16, 63)];
    const answers = await Promise.all(
      ids.map((requestId, index) => license({ requestId, revision: index + 1 })),
    );
    const held = { ...nothing, requestIds: ids };
    for (const offered of answers) expect(outcome(offered, held)).to.equal('install');
    const afterThird = { ...held, licenses: answers.slice(2) };
    expect(answers.map(offered => outcome(offered, afterThird))).to.deep.equal([
      'REVISION_OLD',
      'REVISION_OLD',
      'already-installed',
    ]);
  });

  it('drops the floor that a compromised key set', async () => {
    const issuerKeys = [
      { key: vendor.issuer.publicKey, validFrom: ISSUED_AT, keyState: 'compromised' as const },
    ];
    const revoking = await vendor.trust({ issuerKeys });
    const offered = await license({ revision: 6 });
    expect(outcome(offered, { ...installed, trust: revoking })).to.equal('install');
  });
});

describe('acceptReceipt()', () => {
  const receipt = async (activationId = seat) => {
    const consumption = { sequence: 0, head: filled(32, 1), totals: [] };
    const claims = {
      requestId: request,
      deviceId,
      licenseId: filled(16, 4),
      issuedAt: ISSUED_AT + 60,
      activationId,
    };
    return verifyReceipt(await vendor.receipt({ ...claims, consumption }), { trust, crypto, deviceId });
  };

  it('takes the receipt of a deactivation of this device', async () => {
    const ended = [{ activationId: seat, requestId: request }];
    const offered = await receipt();
    expect(codeOf(() => acceptReceipt(offered, { ended }))).to.equal(null);
  });

  it('refuses one of another activation, another request, or none', async () => {
    const offered = await receipt();
    for (const ended of [
      [],
      [{ activationId: seat }],
      [{ activationId: seat, requestId: otherRequest }],
      [{ activationId: otherSeat, requestId: request }],
    ]) {
      expect(codeOf(() => acceptReceipt(offered, { ended }))).to.equal('REQUEST_UNKNOWN');
    }
  });
});

describe('acceptRefusal()', () => {
  const digest = filled(32, 7);
  const refusal = async (names: { requestId: typeof request } | { fileDigest: typeof digest }) => {
    const file = await vendor.refusal({ issuedAt: ISSUED_AT + 60, code: 'NO_SEATS_LEFT', ...names });
    return verifyRefusal(file, { trust, crypto, deviceId });
  };

  it('takes a refusal of a request or file of this device', async () => {
    const byId = await refusal({ requestId: request });
    const byDigest = await refusal({ fileDigest: digest });
    expect(codeOf(() => acceptRefusal(byId, { requestIds: [request], fileDigests: [] }))).to.equal(null);
    expect(codeOf(() => acceptRefusal(byDigest, { requestIds: [], fileDigests: [digest] }))).to.equal(null);
  });

  it('refuses any other', async () => {
    const byId = await refusal({ requestId: request });
    const byDigest = await refusal({ fileDigest: digest });
    const held = { requestIds: [otherRequest], fileDigests: [filled(32, 8)] };
    for (const offered of [byId, byDigest]) {
      expect(codeOf(() => acceptRefusal(offered, held))).to.equal('REQUEST_UNKNOWN');
    }
  });
});
