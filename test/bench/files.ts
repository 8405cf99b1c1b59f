import { randomBytes } from 'node:crypto';
import { toBase64url } from '../../src/bytes/base64url.ts';
import type { Bytes } from '../../src/bytes/bytes.ts';
import { decodeContainer } from '../../src/format/container.ts';
import { SIGNAL_NAMES } from '../../src/license/node-lock.ts';
import type { ActivationRequestInput } from '../../src/request/activation-request.ts';
import type { RunningPortal } from '../../src/server/portal.ts';
import { TestDevice } from '../server/support/test-device.ts';
import { largestOf, type Measurement } from './lines/measurement.ts';
import { ownVersion, packageVersion } from './lines/versions.ts';
import { issueSeededLicense, openSeededPortal, withDataFolder } from './seeded-portal.ts';

/** A few bytes come and go with chance, since random bytes deflate differently: the worst of these counts. */
const ROUNDS = 24;

/** Sizes of the files that have to fit into one QR code each, made and answered by the real portal. */
export async function measureFiles(): Promise<Measurement[]> {
  const sizes = await withDataFolder(async folder => {
    const portal = await openSeededPortal(folder, 'https://portal.example.com');
    try {
      return await measureSizes(portal);
    } finally {
      await portal.close();
    }
  });
  const contenders = [ownVersion, packageVersion('fflate'), packageVersion('cborg')];
  const line = (name: string, values: number[]) => largestOf(values, { name, unit: 'bytes', contenders });
  return [
    line('file.request-bytes', sizes.request),
    line('file.license5-bytes', sizes.license),
    line('file.receipt-bytes', sizes.receipt),
  ];
}

interface Sizes {
  readonly request: number[];
  readonly license: number[];
  readonly receipt: number[];
}

async function measureSizes(portal: RunningPortal): Promise<Sizes> {
  const sizes: Sizes = { request: [], license: [], receipt: [] };
  const exchange = async (file: Bytes) => (await portal.exchange(file)).container;
  const key = await issueSeededLicense(portal);
  for (let round = 0; round < ROUNDS; round += 1) {
    const device = await TestDevice.create(portal);
    sizes.request.push((await device.request(undefined, worstRequest())).length);
    const license = await exchange(await device.request(key, realisticRequest));
    sizes.license.push(lastFile(license).length);
    await device.load(license);
    device.consume(3, 'batch-render');
    sizes.receipt.push(lastFile(await exchange(await device.deactivate())).length);
  }
  return sizes;
}

/** Login, fourteen signals, recovery commitment, and names of 24 bytes that do not deflate. */
function worstRequest(): ActivationRequestInput {
  const name = () => toBase64url(bytes(18));
  return {
    deviceName: name(),
    appVersion: name(),
    platform: name(),
    signals: Object.fromEntries(SIGNAL_NAMES.map(signal => [signal, name()])),
    user: { secret: bytes(32), lookup: bytes(8), key: bytes(16) },
    recoveryCommitment: bytes(32),
  };
}

const realisticRequest: ActivationRequestInput = {
  deviceName: 'Design workstation 4',
  appVersion: '3.2.1',
  platform: 'Windows x86_64',
  signals: Object.fromEntries(SIGNAL_NAMES.map(signal => [signal, `value of ${signal}`])),
};

/** The license, receipt or refusal, without the trust files before it. */
function lastFile(container: Bytes): Bytes {
  const file = decodeContainer(container).at(-1);
  if (!file) throw new TypeError('expected an answer in the container');
  return file;
}

function bytes(length: number): Bytes {
  return new Uint8Array(randomBytes(length));
}
