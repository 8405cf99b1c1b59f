import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { SIGNAL_NAMES } from '../../../src/license/node-lock.ts';
import { TestDevice } from '../../server/support/test-device.ts';
import { type Measurement, median, medianOf } from '../lines/measurement.ts';
import { nodeVersion, ownVersion, packageVersion } from '../lines/versions.ts';
import { issueSeededLicense, openSeededPortal, withDataFolder } from '../seeded-portal.ts';
import { type RunningServer, withServer } from '../server-process.ts';
import { Connection } from './connection.ts';
import { prepareRawExchange, type RawCosts, type RawExchange } from './raw-exchange.ts';

const PORT = 8841;
const HOST = `portal.latchkey.localhost:${PORT}`;
const LICENSES = 20;
const CONNECTIONS = 64;
/** Before anything is measured: so long does the engine compile what it finds to be hot. */
const WARM_UP = 4000;
const ROUNDS = 15;
const EXCHANGES_A_ROUND = 160;
const SIGN_MS = 120;

/** A device and the request that it made ahead. */
interface Asking {
  readonly device: TestDevice;
  /** As it goes over the wire. */
  readonly request: Buffer;
}

/**
 * Licenses devices at a real server over HTTP: sealed request in, durable, signed license out. Each round signs for a
 * moment, exchanges with the connections side by side, and signs again.
 */
export async function measureExchange(): Promise<Measurement[]> {
  return withDataFolder(async dataFolder => {
    const asking = await makeRequests(dataFolder, WARM_UP + ROUNDS * EXCHANGES_A_ROUND);
    const place = { port: PORT, dataFolder, args: ['--empty', '--trust-proxy'] };
    const raw = await prepareRawExchange(dataFolder);
    const rates = await withServer(place, server => exchangeInRounds(asking, raw, server)).finally(() =>
      raw.close(),
    );
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
          notes: [`${exchanges.toFixed(0)} exchanges/s`, `${signs.toFixed(0)} signs/s`, ...costsOf(rates)],
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
      asking.push({ device, request: httpRequest(file, index) });
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
  /** Microseconds of processor that the generator took for one, and all threads of the server. */
  readonly generator: number;
  readonly server: number;
  readonly raw: RawCosts;
}

/** What the unavoidable costs and what is done, in signatures, and the ratio if two cores did either alone. */
function costsOf(rates: readonly Rates[]): string[] {
  const inSigns = (cost: (rate: Rates) => number) =>
    median(rates.map(rate => (cost(rate) * rate.sign) / 1e6));
  const say = (name: string, cost: (rate: Rates) => number) => `${name} ${inSigns(cost).toFixed(2)} signs`;
  const done = ({ server, generator }: Rates) => server + generator;
  const all = ({ raw: { open, verify, sign, commit } }: Rates) => open + verify + sign + commit;
  return [
    say('raw open', ({ raw }) => raw.open),
    say('raw verify', ({ raw }) => raw.verify),
    say('raw sign', ({ raw }) => raw.sign),
    say('raw commit of 32', ({ raw }) => raw.commit),
    say('generator', ({ generator }) => generator),
    say('server, all threads', ({ server }) => server),
    `ceiling of the raw work on 2 cores ${(2 / inSigns(all)).toFixed(3)} x`,
    `of the work that is done, were 2 cores never idle, ${(2 / inSigns(done)).toFixed(3)} x`,
  ];
}

async function exchangeInRounds(
  asking: readonly Asking[],
  raw: RawExchange,
  server: RunningServer,
): Promise<Rates[]> {
  const rates: Rates[] = [];
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => Connection.open(PORT)));
  await exchangeAll(asking.slice(0, WARM_UP), connections);
  for (let round = 0; round < ROUNDS; round += 1) await raw.measure();
  let before = signRate();
  for (let first = WARM_UP; first < asking.length; first += EXCHANGES_A_ROUND) {
    const those = asking.slice(first, first + EXCHANGES_A_ROUND);
    const started = performance.now();
    const usedBefore = process.cpuUsage();
    const serverBefore = server.usedUs();
    const answers = await exchangeAll(those, connections);
    const used = process.cpuUsage(usedBefore);
    const exchange = (those.length * 1000) / (performance.now() - started);
    await checkLicenses(those, answers);
    const after = signRate();
    const serverUsed = (server.usedUs() - serverBefore) / those.length;
    const generator = (used.user + used.system) / those.length;
    rates.push({
      exchange,
      sign: (before + after) / 2,
      generator,
      server: serverUsed,
      raw: await raw.measure(),
    });
    before = after;
  }
  for (const connection of connections) connection.close();
  return rates;
}

/** Each connection takes the next request as soon as its last one is answered. Answers in the order of the requests. */
async function exchangeAll(asking: readonly Asking[], connections: readonly Connection[]): Promise<Bytes[]> {
  const answers: Bytes[] = [];
  const rest = asking.entries();
  const work = async (connection: Connection) => {
    for (const [index, { request }] of rest) answers[index] = new Uint8Array(await connection.send(request));
  };
  await Promise.all(connections.map(work));
  return answers;
}

/** Devices come from addresses of their own: one address may only call so often. */
function httpRequest(file: Bytes, index: number): Buffer {
  const head = [
    'POST /api/v1/exchange HTTP/1.1',
    `host: ${HOST}`,
    `content-length: ${file.length}`,
    `x-forwarded-for: 10.0.${index >> 8}.${index & 255}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), file]);
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
