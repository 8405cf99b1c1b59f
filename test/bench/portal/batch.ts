import { availableParallelism } from 'node:os';
import { publicPaths } from '../../../src/api/paths.ts';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { BatchAnswerReader } from '../../../src/format/batch/batch-answers.ts';
import { encodeBatch } from '../../../src/format/batch/batch-files.ts';
import { SIGNAL_NAMES } from '../../../src/license/node-lock.ts';
import type { RunningPortal } from '../../../src/server/portal.ts';
import { TestDevice } from '../../server/support/test-device.ts';
import { callTo } from '../../server/support/test-server.ts';
import { type Measurement, median, medianOf } from '../lines/measurement.ts';
import { nodeVersion, ownVersion, packageVersion } from '../lines/versions.ts';
import { issueSeededLicense, openSeededPortal, withDataFolder } from '../seeded-portal.ts';
import { type RunningServer, withServer } from '../server-process.ts';
import { prepareRawExchange, type RawExchange } from './raw-exchange.ts';

const PORT = 8844;
const HOST = `portal.latchkey.localhost:${PORT}`;
const site = (name: string) => `http://${name}.latchkey.localhost:${PORT}`;
const origins = {
  app: site('app'),
  portal: `http://${HOST}`,
  console: site('console'),
  sample: site('sample'),
};
const FILES = 1000;
const LICENSES = 20;
const WARM_UP = 4;
const ROUNDS = 9;
/** So often 32 files are taken through the raw work before and after each batch. */
const RAW_TIMES = 30;

/** A stick's worth of devices, each with the request that it made ahead. */
interface Sticks {
  readonly devices: readonly TestDevice[];
  readonly batch: Bytes;
}

/**
 * Licenses a thousand devices in one batch at a real server over HTTP. Before and after each, what no portal can do
 * without is measured by itself: opening, verifying, signing and a share of a commit, on one thread.
 */
export async function measureBatch(): Promise<Measurement[]> {
  return withDataFolder(async dataFolder => {
    const sticks = await makeSticks(dataFolder);
    const raw = await prepareRawExchange(dataFolder);
    const place = { port: PORT, dataFolder, args: ['--empty', '--trust-proxy'] };
    const rounds = await withServer(place, server => exchangeInRounds(sticks, raw, server)).finally(() =>
      raw.close(),
    );
    const threads = Math.min(availableParallelism(), 2);
    const ratios = rounds.map(({ rate, ceiling }) => rate / ceiling);
    return [
      medianOf(ratios, {
        name: 'portal.batch-vs-ceiling',
        unit: 'x',
        contenders: [
          ownVersion,
          packageVersion('hono'),
          packageVersion('kysely'),
          `node:crypto of ${nodeVersion}`,
          `SQLite ${process.versions.sqlite}`,
        ],
        notes: [
          `${median(rounds.map(({ rate }) => rate)).toFixed(0)} files/s`,
          `ceiling of the raw work on one thread ${median(rounds.map(({ ceiling }) => ceiling)).toFixed(0)} files/s`,
          `server, all threads, ${median(rounds.map(({ usedUs }) => usedUs)).toFixed(0)} µs of processor a file`,
          `of ${threads} threads that never wait, ${(median(ratios) / threads).toFixed(2)} x`,
        ],
      }),
    ];
  });
}

async function makeSticks(dataFolder: string): Promise<Sticks[]> {
  const portal = await openSeededPortal(dataFolder, `http://${HOST}`);
  try {
    const sticks: Sticks[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) sticks.push(await makeStick(portal));
    return sticks;
  } finally {
    await portal.close();
  }
}

async function makeStick(portal: RunningPortal): Promise<Sticks> {
  const keys = await Promise.all(Array.from({ length: LICENSES }, () => issueSeededLicense(portal)));
  const devices = await Promise.all(Array.from({ length: FILES }, () => TestDevice.create(portal)));
  const files = await Promise.all(
    devices.map(async (device, index) => {
      const signals = Object.fromEntries(SIGNAL_NAMES.map(name => [name, `${name} ${index}`]));
      const description = { deviceName: `Desk ${index}`, appVersion: '3.2.1', platform: 'Windows', signals };
      const bytes = await device.request(keys[index % LICENSES], description);
      return { bytes, credentials: null };
    }),
  );
  return { devices, batch: encodeBatch(files) };
}

interface Round {
  /** Files a second. */
  readonly rate: number;
  /** Microseconds of processor that the server takes for a file, all threads. */
  readonly usedUs: number;
  /** Files a second of the raw work alone, on one thread. */
  readonly ceiling: number;
}

async function exchangeInRounds(
  sticks: readonly Sticks[],
  raw: RawExchange,
  server: RunningServer,
): Promise<Round[]> {
  const rounds: Round[] = [];
  await measureCeiling(raw);
  let before = await measureCeiling(raw);
  for (const [index, { devices, batch }] of sticks.entries()) {
    const usedBefore = server.usedUs();
    const started = performance.now();
    const row = await postBatch(batch, index);
    const rate = (FILES * 1000) / (performance.now() - started);
    const usedUs = (server.usedUs() - usedBefore) / FILES;
    await checkLicenses(devices, row);
    const after = await measureCeiling(raw);
    if (index >= WARM_UP) rounds.push({ rate, usedUs, ceiling: (before + after) / 2 });
    before = after;
  }
  return rounds;
}

/** Sticks come from addresses of their own: one address may only bring so many files. */
async function postBatch(body: Bytes, index: number): Promise<Bytes> {
  const headers = { 'x-forwarded-for': `10.0.0.${index}` };
  const call = { method: 'POST', headers, body };
  const answer = await callTo({ port: PORT, origins })('portal', publicPaths.exchangeBatch, call);
  if (answer.status !== 200) throw new Error(`expected answers, got ${answer.status}`);
  return new Uint8Array(answer.body);
}

/** Over as long as a batch takes, so that whatever else the machine does slows both down. */
async function measureCeiling(raw: RawExchange): Promise<number> {
  let sum = 0;
  for (let time = 0; time < RAW_TIMES; time += 1) {
    const { open, verify, sign, commit } = await raw.measure();
    sum += open + verify + sign + commit;
  }
  return (1e6 * RAW_TIMES) / sum;
}

/** Rates of refusals would say nothing. */
async function checkLicenses(devices: readonly TestDevice[], row: Bytes): Promise<void> {
  const answers = new BatchAnswerReader(devices.length).add(row);
  if (answers.length !== devices.length) throw new Error(`expected ${devices.length} answers`);
  for (const { index, answer } of answers) {
    if (typeof answer === 'string') throw new Error(`expected an answer, got ${answer}`);
    const loaded = await devices[index]?.load(answer);
    if (loaded?.kind !== 'license') throw new Error(`expected a license, got a ${loaded?.kind}`);
  }
}
