import { toBase64url } from '../../src/bytes/base64url.ts';
import { toHex } from '../../src/bytes/hex.ts';
import * as keys from './keys.ts';
import type { Context, Vector, VectorSet } from './vector.ts';

/** The text of a file of vectors. */
export function vectorText(set: VectorSet): string {
  const { title, reader, context, tests } = set;
  const json = {
    $schema: './vectors.schema.json',
    title,
    format: 'latchkey-1',
    note: 'all keys are TEST KEYS: their private halves are published here',
    reader,
    domainId: toHex(keys.domainId),
    keys: keysJson(),
    ...contextJson(context),
    tests: tests.map(testJson),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function testJson({ name, file, expect, claims }: Vector) {
  const json = { name, expect, file: toBase64url(file) };
  return claims ? { ...json, claims: { kind: claims.kind, cbor: toHex(claims.cbor) } } : json;
}

const named: Readonly<Record<string, keys.TestKey>> = {
  root: keys.root,
  'root, second': keys.secondRoot,
  issuer: keys.issuer,
  'issuer, of the second root': keys.newIssuer,
  'issuer, retired': keys.retiredIssuer,
  'issuer, compromised': keys.compromisedIssuer,
  sealing: keys.sealing,
  'sealing, retired': keys.retiredSealing,
  device: keys.device,
};

function keysJson() {
  return Object.fromEntries(
    Object.entries(named).map(([name, { curve, publicKey, privateKey }]) => [
      name,
      { curve, public: toHex(publicKey), private: toHex(privateKey) },
    ]),
  );
}

function contextJson({ device, sealingKeys }: Context) {
  if (device === undefined) return { portal: { sealingKeys } };
  const { root, deviceId, trustFiles, requestIds, fileDigests, licenses, ended } = device;
  return {
    device: {
      root: toHex(root),
      rootVersion: device.rootVersion,
      trustFiles: trustFiles.map(toBase64url),
      deviceId: toHex(deviceId),
      product: device.product,
      requestIds: requestIds.map(toHex),
      fileDigests: fileDigests.map(toHex),
      licenses: licenses.map(toBase64url),
      ended: ended.map(({ activationId, requestId }) => ({
        activationId: toHex(activationId),
        requestId: toHex(requestId),
      })),
    },
  };
}
