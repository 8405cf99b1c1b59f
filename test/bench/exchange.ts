import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Bytes } from '../../src/bytes/bytes.ts';
import { SIGNAL_NAMES } from '../../src/license/node-lock.ts';
import { TestDevice } from '../server/support/test-device.ts';
import { type Measurement, median, medianOf } from './lines/measurement.ts';
import { nodeVersion, ownVersion, packageVersion } from './lines/versions.ts';
import { issueSeededLicense, openSeededPortal, withDataFolder } from './seeded-portal.ts';
import { withServer } from './server-process.ts';

const PORT = 8841;
const HOST = `portal.latchkey.localhost:${PORT}`;
const LICENSES = 20;
const CONNECTIONS = 32;
/** Before anything is measured: so long does the engine compile what it finds to be hot. */
const WARM_UP = 1200;
const ROUNDS = 15;
const EXCHANGES_A_ROUND = 160;
const SIGN_MS = 120;

/** A device and the request that it made ahead. */
interface Asking {
  readonly device: TestDevice;
  readonly file: Bytes;
  /** Devices come from addresses of their own: one address may only call so often. */
  readonly address: string;
}

/**
 * Licenses devices at a real server over HTTP: sealed request in, durable, signed license out. Each round signs for a
 * moment, exchanges with the connections side by side, and signs again.
 */
export async function measureExchange(): Promise<Measurement[]> {
  return withDataFolder(async dataFolder => {
    const asking = await makeRequests(dataFolder, WARM_UP + ROUNDS * EXCHANGES_A_ROUND);
    const place = { port: PORT, dataFolder, args: ['--empty', '--trust-proxy'] };
    const rates = await withServer(place, () => exchangeInRounds(asking));
    const exchanges = median(rates.map(({ exchange }) => exchange));
    const signs = median(rates.map(({ sign }) => sign));
    return [
      medianOf(
        rates.map(rate => rate.exchange / rate.sign),
        {
          name: 'portal.exchange-vs-sign',
          unit: 'x',
          contenders: [
            ownVersion,
            packageVersion('hono'),
            packageVersion('kysely'),
            `Ed25519 of ${nodeVersion}`,
            `SQLite ${process.versions.sqlite}`,
          ],
          notes: [`${exchanges.toFixed(0)} exchanges/s`, `${signs.toFixed(0)} signs/s`],
        },
      ),
    ];
  });
}

/** All devices ask for one of a few licenses. */
async function makeRequests(dataFolder: string, count: number): Promise<Asking[]> {
  const portal = await openSeededPortal(dataFolder, `http://${HOST}`);
  try {
    const keys = await Promise.all(Array.from({ length: LICENSES }, () => issueSeededLicense(portal)));
    const asking: Asking[] = [];
    for (let index = 0; index < count; index += 1) {
      const device = await TestDevice.create(portal);
      const signals = Object.fromEntries(SIGNAL_NAMES.map(name => [name, `${name} ${index}`]));
      const description = { deviceName: `Desk ${index}`, appVersion: '3.2.1', platform: 'Windows', signals };
      const file = await device.request(keys[index % LICENSES], description);
      asking.push({ device, file, address: `10.0.${index >> 8}.${index & 255}` });
    }
    return asking;
  } finally {
    await portal.close();
  }
}

interface Rates {
  /** Per second. */
  readonly exchange: number;
  readonly sign: number;
}

async function exchangeInRounds(asking: readonly Asking[]): Promise<Rates[]> {
  const rates: Rates[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  await exchangeAll(asking.slice(0, WARM_UP), agent);
  let before = signRate();
  for (let first = WARM_UP; first < asking.length; first += EXCHANGES_A_ROUND) {
    const those = asking.slice(first, first + EXCHANGES_A_ROUND);
    const started = performance.now();
    const answers = await exchangeAll(those, agent);
    const exchange = (those.length * 1000) / (performance.now() - started);
    await checkLicenses(those, answers);
    const after = signRate();
    rates.push({ exchange, sign: (before + after) / 2 });
    before = after;
  }
  agent.destroy();
  return rates;
}

async function exchangeAll(asking: readonly Asking[], agent: Agent): Promise<Bytes[]> {
  return Promise.all(asking.map(one => exchange(one, agent)));
}

function exchange({ file, address }: Asking, agent: Agent): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    const headers = { host: HOST, 'content-length': file.length, 'x-forwarded-for': address };
    const options = {
      host: '127.0.0.1',
      port: PORT,
      path: '/api/v1/exchange',
      method: 'POST',
      headers,
      agent,
    };
    const asked = request(options, response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(new Uint8Array(Buffer.concat(chunks)));
        else reject(new Error(`the portal answered ${response.statusCode}: ${Buffer.concat(chunks)}`));
      });
    });
    asked.on('error', reject).end(file);
  });
}

/** Rates of refusals would say nothing. */
async function checkLicenses(asking: readonly Asking[], answers: readonly Bytes[]): Promise<void> {
  for (const [index, { device }] of asking.entries()) {
    const { kind } = await device.load(answers[index] ?? new Uint8Array(0));
    if (kind !== 'license') throw new Error(`expected a license, got a ${kind}`);
  }
}

const signingKey = generateKeyPairSync('ed25519').privateKey;
const message = randomBytes(400);

/** Ed25519 signatures per second of one core. */
function signRate(): number {
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < SIGN_MS) {
    for (let index = 0; index < 20; index += 1) sign(null, message, signingKey);
    count += 20;
  }
  return (count * 1000) / (performance.now() - started);
}
