import { type Bytes, concatBytes, utf8 } from '../../../src/bytes/bytes.ts';
import type { CborValue } from '../../../src/bytes/cbor.ts';
import { deflate } from '../../../src/bytes/deflate.ts';
import { type ActivationRequest, encodeActivationRequest } from '../../../src/format/activation-request.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import { encodeDeactivation } from '../../../src/format/deactivation.ts';
import type { DeviceKind } from '../../../src/format/kinds.ts';
import { encodeLicense } from '../../../src/format/license.ts';
import { encodeUsageReport, type UsageReport } from '../../../src/format/usage-report.ts';
import { type SealedParts, type SignedParts, sealedFile, signed, signedFile, withClaims } from '../build.ts';
import {
  activationRequest,
  holdingRequest,
  ids,
  largestRequest,
  license,
  minimalRequest,
  noise,
  rebindRequest,
  usageReport,
  userRequest,
} from '../claims.ts';
import { installedFile, portalContext } from '../context.ts';
import { device, issuer, otherDevice, otherDomainId, retiredSealing, strangeSealing } from '../keys.ts';
import type { Expectation, Vector, VectorSet } from '../vector.ts';

function success(name: string, kind: DeviceKind, cbor: Bytes, sealed: Partial<SealedParts> = {}): Vector {
  const file = sealedFile({ kind, message: signed({ kind, claims: cbor, key: device }), ...sealed });
  return { name, file, expect: 'success', claims: { kind, cbor } };
}

const requestClaims = encodeActivationRequest(minimalRequest);
const requestMessage = signed({ kind: 'activation-request', claims: requestClaims, key: device });

function request(name: string, claims: ActivationRequest): Vector {
  return success(name, 'activation-request', encodeActivationRequest(claims));
}

/** A request whose message is right but for these parts. */
function refused(name: string, expect: Expectation, parts: Partial<SignedParts>): Vector {
  const message = signed({ kind: 'activation-request', claims: requestClaims, key: device, ...parts });
  return { name, expect, file: sealedFile({ kind: 'activation-request', message }) };
}

/** A request whose seal is right but for these parts. */
function sealedAs(name: string, expect: Expectation, parts: Partial<SealedParts>): Vector {
  return {
    name,
    expect,
    file: sealedFile({ kind: 'activation-request', message: requestMessage, ...parts }),
  };
}

function withClaim(name: string, expect: Expectation, ...changes: [number, CborValue | undefined][]): Vector {
  return refused(name, expect, { claims: withClaims(requestClaims, changes) });
}

const sealedRequest = sealedFile({ kind: 'activation-request', message: requestMessage });
const flipped = concatBytes(sealedRequest.slice(0, -1), Uint8Array.of((sealedRequest.at(-1) ?? 0) ^ 1));
const periods = [
  { counter: 'print', index: 680, used: 31, givenBack: 0 },
  { counter: 'print', index: 681, used: 8, givenBack: 2 },
];

const tooLarge = encodeActivationRequest(minimalRequest);

export const activationRequestSet: VectorSet = {
  title: 'Activation requests',
  reader: 'portal',
  context: portalContext,
  tests: [
    request('a request with a license key', activationRequest),
    request('a request that names neither key nor user', minimalRequest),
    request('a request of a user', userRequest),
    request('a request of a user with all that a form can add', largestRequest),
    request('a request that takes the place of another activation', rebindRequest),
    request('a request of a device that holds an activation', holdingRequest),
    request('a request with sums by period', { ...holdingRequest, periods }),
    success('a request sealed to a retired key', 'activation-request', requestClaims, {
      recipient: retiredSealing,
    }),

    sealedAs('sealed to a key of no portal', 'SEAL_KEY_UNKNOWN', { recipient: strangeSealing }),
    sealedAs('sealed for another domain', 'SEAL_BROKEN', { domainId: otherDomainId }),
    { name: 'with a changed byte', file: flipped, expect: 'SEAL_BROKEN' },
    sealedAs('with an encapsulated key that is no point', 'SEAL_BROKEN', { ek: new Uint8Array(65).fill(4) }),
    sealedAs('with an encapsulated key of 64 bytes', 'COSE_MALFORMED', { ek: new Uint8Array(64) }),
    sealedAs('with an unprotected label besides the encapsulated key', 'UNPROTECTED_HEADER', {
      unprotected: new Map([[5, utf8('iv')]]),
    }),
    sealedAs('with another algorithm', 'ALGORITHM_UNKNOWN', { header: new Map([[1, 37]]) }),
    sealedAs('with an unknown critical label', 'CRITICAL_UNKNOWN', {
      header: new Map<number, CborValue>([
        [2, [99]],
        [99, 1],
      ]),
    }),
    sealedAs('of an unknown kind', 'KIND_UNKNOWN', { header: new Map([[16, 65_299]]) }),
    sealedAs('sealed as another kind', 'KIND_MISMATCH', { kind: 'deactivation' }),
    sealedAs('sealed as a license', 'KIND_UNEXPECTED', { kind: 'license' }),
    { name: 'a license at the portal', file: installedFile, expect: 'KIND_UNEXPECTED' },
    {
      name: 'a container where one file belongs',
      file: encodeContainer([sealedRequest]),
      expect: 'KIND_UNEXPECTED',
    },
    {
      name: 'past 8 KiB',
      file: sealedFile({
        kind: 'activation-request',
        message: signed({
          kind: 'activation-request',
          claims: withClaims(tooLarge, [[64, noise(8 * 1024)]]),
          key: device,
        }),
      }),
      expect: 'FILE_TOO_LARGE',
    },
    refused('whose claims inflate past 16 KiB', 'INFLATED_TOO_LARGE', {
      claims: withClaims(requestClaims, [[64, new Uint8Array(16 * 1024)]]),
    }),
    refused('that inflates to more than it states', 'INFLATED_LENGTH_WRONG', {
      payload: deflate(withClaims(requestClaims, [[64, new Uint8Array(99)]])) ?? new Uint8Array(),
      inflatedLength: requestClaims.length,
    }),
    refused('signed by another device', 'SIGNATURE_INVALID', { key: otherDevice }),
    refused('signed for another domain', 'SIGNATURE_INVALID', { domainId: otherDomainId }),
    refused('signed by an issuer', 'ALGORITHM_UNKNOWN', { key: issuer }),
    refused('with a kid', 'COSE_MALFORMED', { header: new Map([[4, device.kid]]) }),
    sealedAs('with a file within its seal', 'COSE_MALFORMED', {
      message: signedFile({ kind: 'activation-request', claims: requestClaims, key: device }),
    }),
    withClaim('with a device key that is no point', 'KEY_MALFORMED', [18, new Uint8Array(64).fill(1)]),
    withClaim('without its device key', 'CLAIM_MISSING', [18, undefined]),
    withClaim('with a lookup without its proof', 'CLAIM_MISSING', [19, new Uint8Array(8)]),
    withClaim('with the look-up of a user without the proof', 'CLAIM_MISSING', [21, new Uint8Array(8)]),
    withClaim('with the proof of a user without the look-up', 'CLAIM_MISSING', [22, new Uint8Array(16)]),
    withClaim(
      'with the look-up of a user of 7 bytes',
      'CLAIM_RANGE',
      [21, new Uint8Array(7)],
      [22, new Uint8Array(16)],
    ),
    withClaim(
      'with the proof of a user of 32 bytes',
      'CLAIM_RANGE',
      [21, new Uint8Array(8)],
      [22, new Uint8Array(32)],
    ),
    withClaim('with the name of a user as text', 'CLAIM_TYPE', [21, 'anna'], [22, new Uint8Array(16)]),
    withClaim('with heads without their activation', 'CLAIM_MISSING', [28, []]),
    withClaim('with an activation without its heads', 'CLAIM_MISSING', [7, new Uint8Array(16)]),
    withClaim('with a fingerprint of 6 bytes', 'CLAIM_RANGE', [14, new Uint8Array(6)]),
    withClaim('that replaces an id of 20 bytes', 'CLAIM_RANGE', [24, [new Uint8Array(20)]]),
    withClaim('with a number that says whether it is online', 'CLAIM_TYPE', [25, 1]),
    withClaim('with an unknown critical claim', 'CRITICAL_UNKNOWN', [-7, 'later']),
  ],
};

const installedLicense = signedFile({ kind: 'license', claims: encodeLicense(license), key: issuer });

const head = new Uint8Array(32);

function report(name: string, claims: UsageReport): Vector {
  return success(name, 'usage-report', encodeUsageReport(claims));
}

export const usageReportSet: VectorSet = {
  title: 'Usage reports',
  reader: 'portal',
  context: portalContext,
  tests: [
    report('a report without the installed license', usageReport),
    report('a report with the installed license and sums by period', {
      ...usageReport,
      license: installedLicense,
      periods,
      online: true,
      virtualMachine: false,
    }),
    report('a report of nothing', {
      ...usageReport,
      consumption: { ...usageReport.consumption, totals: [] },
      heads: [],
    }),
    withReportClaim('with a counter twice', 'CLAIM_RANGE', [
      27,
      [
        1,
        head,
        [
          ['', 1, 0],
          ['', 2, 0],
        ],
      ],
    ]),
    withReportClaim('with a sum past 2^48 - 1', 'CLAIM_RANGE', [27, [1, head, [['', 2 ** 48, 0]]]]),
    withReportClaim('without heads', 'CLAIM_MISSING', [28, undefined]),
    withReportClaim('with ten heads', 'CLAIM_RANGE', [
      28,
      Array.from({ length: 10 }, (_, sequence) => [sequence, head]),
    ]),
  ],
};

function withReportClaim(name: string, expect: Expectation, change: [number, CborValue | undefined]): Vector {
  const claims = withClaims(encodeUsageReport(usageReport), [change]);
  const message = signed({ kind: 'usage-report', claims, key: device });
  return { name, expect, file: sealedFile({ kind: 'usage-report', message }) };
}

const { fingerprint: _, deviceName: __, appVersion: ___, platform: ____, ...common } = usageReport;
const deactivation = {
  ...common,
  requestId: ids.deactivationRequest,
  deviceSequence: 6,
  license: installedLicense,
};
const deactivationClaims = encodeDeactivation(deactivation);

export const deactivationSet: VectorSet = {
  title: 'Deactivations',
  reader: 'portal',
  context: portalContext,
  tests: [
    success('a deactivation with the installed license', 'deactivation', deactivationClaims),
    success(
      'a deactivation with sums by period, without the installed license',
      'deactivation',
      encodeDeactivation({ ...deactivation, license: undefined, periods }),
    ),
    {
      name: 'without an activation id',
      file: sealedFile({
        kind: 'deactivation',
        message: signed({
          kind: 'deactivation',
          claims: withClaims(deactivationClaims, [[7, undefined]]),
          key: device,
        }),
      }),
      expect: 'CLAIM_MISSING',
    },
  ],
};
