import type { Bytes } from '../../../src/bytes/bytes.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import { encodeLicense, type License } from '../../../src/format/license.ts';
import { signedFile } from '../build.ts';
import { ids, installedAt, minimalLicense, now } from '../claims.ts';
import { bundleFile, deviceContext } from '../context.ts';
import { issuer } from '../keys.ts';
import type { Context, Expectation, Vector, VectorSet } from '../vector.ts';
import { receiptFile } from './answers.ts';

/** The device of the other vectors, set to no product. */
const context: Context = deviceContext.device
  ? { device: { ...deviceContext.device, product: null } }
  : deviceContext;

const viewer: License = {
  ...minimalLicense,
  licenseId: ids.otherLicense,
  activationId: ids.otherActivation,
  product: 'viewer',
  productName: 'Werft Viewer',
};

function file(claims: License): Bytes {
  return signedFile({ kind: 'license', claims: encodeLicense(claims), key: issuer });
}

function answer(name: string, expect: Expectation, ...files: Bytes[]): Vector {
  return { name, file: encodeContainer(files), expect };
}

const licenseFile = file(minimalLicense);
const viewerFile = file(viewer);
const { requestId: _, ...refresh } = { ...minimalLicense, revision: now + 1 };

/** Answers with the licenses of several products. */
export const licenseBundleSet: VectorSet = {
  title: 'Answers with several licenses',
  reader: 'device',
  context,
  tests: [
    answer('licenses of two products', 'success', licenseFile, viewerFile),
    answer(
      'a bundle that the device has, and licenses in another order',
      'success',
      bundleFile,
      viewerFile,
      licenseFile,
    ),
    answer(
      'two, of which one is below the installed revision',
      'success',
      file({ ...minimalLicense, revision: installedAt - 1 }),
      viewerFile,
    ),
    answer(
      'two, of which one is of an activation that was given back',
      'success',
      licenseFile,
      file({ ...viewer, activationId: ids.endedActivation }),
    ),
    answer(
      'two, of which neither is to be installed',
      'REVISION_OLD',
      file({ ...minimalLicense, revision: installedAt - 1 }),
      file({ ...viewer, activationId: ids.endedActivation }),
    ),
    answer(
      'two, of which one is changed',
      'SIGNATURE_INVALID',
      licenseFile,
      viewerFile.map((byte, at) => (at === viewerFile.length - 1 ? byte ^ 1 : byte)),
    ),
    answer(
      'two, of which one is for another device',
      'DEVICE_MISMATCH',
      licenseFile,
      file({ ...viewer, deviceId: new Uint8Array(32).fill(7) }),
    ),
    answer(
      'two that answer two requests',
      'KIND_UNEXPECTED',
      licenseFile,
      file({ ...viewer, requestId: ids.reportRequest }),
    ),
    answer('two, of which one is a refresh', 'KIND_UNEXPECTED', viewerFile, file(refresh)),
    answer(
      'one license twice',
      'KIND_UNEXPECTED',
      licenseFile,
      file({ ...minimalLicense, revision: now + 1 }),
    ),
    answer(
      'two that answer a request of nobody here',
      'REQUEST_UNKNOWN',
      file({ ...minimalLicense, requestId: new Uint8Array(16).fill(7) }),
      file({ ...viewer, requestId: new Uint8Array(16).fill(7) }),
    ),
    answer('a license and a receipt', 'KIND_UNEXPECTED', licenseFile, receiptFile),
    {
      name: 'two, of which the last is cut',
      file: encodeContainer([licenseFile, viewerFile]).slice(0, -1),
      expect: 'FILE_CUT_SHORT',
    },
    {
      name: 'an announced third that is not there',
      file: encodeContainer([licenseFile, viewerFile]).map((byte, at) => (at === 3 ? 0x83 : byte)),
      expect: 'FILE_CUT_SHORT',
    },
  ],
};
