import { encodeLicense } from '../../src/format/license.ts';
import { encodeTrustBundle, type TrustBundle } from '../../src/format/trust-bundle.ts';
import { signedFile } from './build.ts';
import { fileDigest, ids, installedAt, installedLicense } from './claims.ts';
import {
  compromisedIssuer,
  deviceId,
  issuer,
  otherProductIssuer,
  receiptIssuer,
  retiredIssuer,
  retiredSealing,
  root,
  sealing,
} from './keys.ts';
import type { Context } from './vector.ts';

const validFrom = installedAt - 365 * 86_400;

/** The bundle that the device of the vectors has. */
export const trustBundle: TrustBundle = {
  issuedAt: installedAt,
  bundleVersion: installedAt,
  rootVersion: 1,
  issuerKeys: [
    { key: issuer.publicKey, validFrom },
    { key: retiredIssuer.publicKey, validFrom, validUntil: installedAt, keyState: 'retired' },
    { key: compromisedIssuer.publicKey, validFrom, keyState: 'compromised', graceHours: 72 },
    { key: receiptIssuer.publicKey, kinds: [65_212], validFrom },
    { key: otherProductIssuer.publicKey, products: ['viewer'], validFrom },
  ],
  sealingKeys: [{ key: sealing.publicKey }, { key: retiredSealing.publicKey, keyState: 'retired' }],
  portals: ['https://portal.vendor.example'],
};

export const bundleFile = signedFile({
  kind: 'trust-bundle',
  claims: encodeTrustBundle(trustBundle),
  key: root,
});

export const installedFile = signedFile({
  kind: 'license',
  claims: encodeLicense(installedLicense),
  key: issuer,
});

/** The device that all vectors for devices are read by. */
export const deviceContext: Context = {
  device: {
    root: root.publicKey,
    rootVersion: 1,
    trustFiles: [bundleFile],
    deviceId,
    product: 'cad',
    requestIds: [ids.request, ids.reportRequest, ids.deactivationRequest],
    fileDigests: [fileDigest],
    licenses: [installedFile],
    ended: [{ activationId: ids.endedActivation, requestId: ids.deactivationRequest }],
  },
};

/** The portal that all vectors for portals are read by. */
export const portalContext: Context = { sealingKeys: ['sealing', 'sealing, retired'] };
