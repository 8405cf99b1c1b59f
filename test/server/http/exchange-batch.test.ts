import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { before, describe, it } from 'node:test';
import { publicPaths } from '../../../src/api/paths.ts';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { encodeCbor } from '../../../src/bytes/cbor.ts';
import { toFile } from '../../../src/cose/file.ts';
import { type BatchAnswer, BatchAnswerReader } from '../../../src/format/batch/batch-answers.ts';
import { type BatchFile, encodeBatch, MAX_BATCH_FILES } from '../../../src/format/batch/batch-files.ts';
import { encodeNamedCredentials } from '../../../src/format/batch/named-credentials.ts';
import { encodeContainer } from '../../../src/format/container.ts';
import { encodeRecoveryFile } from '../../../src/format/recovery-file.ts';
import { createLicense } from '../../../src/issue/administer/licenses.ts';
import { keyLookup, keyProof, keySecret } from '../../../src/license/credentials.ts';
import { createLicenseKey, type LicenseKey } from '../../../src/license/license-key.ts';
import { demoProduct } from '../../../src/server/demo.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';
import { TestDevice } from '../support/test-device.ts';
import { terms } from '../support/test-portal.ts';
import { type Answer, type TestServer, testServer } from '../support/test-server.ts';

const cleanup = suiteCleanup();
let server: TestServer;

before(async () => {
  server = await testServer(cleanup);
});

const post = (body: Bytes, to = server, headers = {}): Promise<Answer> =>
  to.call('portal', publicPaths.exchangeBatch, { method: 'POST', body, headers });

const plain = (bytes: Bytes): BatchFile => ({ bytes, credentials: null });

const broken = toFile(encodeCbor([1, 2]).fill(0xd2, 0, 1));

/** The answers in the order in which they came. */
function answersOf(answer: Answer, files: number): BatchAnswer[] {
  return new BatchAnswerReader(files).add(answer.body);
}

/** What each file was answered with, by its place. */
async function exchange(files: readonly BatchFile[], to = server): Promise<(Bytes | string)[]> {
  const answers = answersOf(await post(encodeBatch(files), to), files.length);
  assert.equal(answers.length, files.length);
  return answers.sort((a, b) => a.index - b.index).map(({ answer }) => answer);
}

function bytesOf(answer: Bytes | string | undefined): Bytes {
  assert(answer instanceof Uint8Array, `expected an answer, got ${answer}`);
  return answer;
}

/** A license of the demo's product with so many seats. */
async function issue(seats: number | null, to = server) {
  return to.portal.administer('owner@example', async (records, context) => {
    const all = { ...terms, maxActivations: seats };
    return createLicense(
      { product: demoProduct, type: 'perpetual', trial: false, terms: all },
      records,
      context,
    );
  });
}

const seatsTaken = (id: Bytes, to = server): Promise<number> =>
  to.portal.administer('system', async records => (await records.findLicense(id))?.seatsTaken ?? -1);

/** What a page makes of a key that is typed at it. */
function named(key: LicenseKey, deviceId: Bytes, requestId: Bytes): Bytes {
  const secret = keySecret(server.portal.portal.issuer.domainId, key);
  return encodeNamedCredentials({
    keyLookup: keyLookup(secret),
    keyProof: keyProof(secret, deviceId, requestId),
  });
}

async function refusalOf(device: TestDevice, answer: Bytes | string | undefined) {
  const loaded = await device.load(bytesOf(answer));
  assert(loaded.kind === 'refusal');
  const { code, requestId } = loaded.refusal.claims;
  assert(requestId, 'the refusal names the request');
  return { code, requestId };
}

describe('POST /api/v1/exchange/batch', () => {
  it('answers each file of many, whatever is wrong with others, and again with the same bytes', async () => {
    const { license, key } = await issue(null);
    const devices = await Promise.all(Array.from({ length: 100 }, () => TestDevice.create(server.portal)));
    const files = await Promise.all(devices.map(async device => plain(await device.request(key))));
    const mixed = files.flatMap((file, index) => (index % 10 === 0 ? [plain(broken), file] : [file]));
    const answers = await exchange(mixed);
    const good = answers.filter((_, index) => mixed[index]?.bytes !== broken);
    for (const [index, device] of devices.entries()) {
      assert.equal((await device.load(bytesOf(good[index]))).kind, 'license');
    }
    assert.equal(await seatsTaken(license.id), 100);
    const again = await exchange([...mixed].reverse());
    const stillGood = again.reverse().filter((_, index) => mixed[index]?.bytes !== broken);
    assert.deepEqual(stillGood, good);
    assert.equal(await seatsTaken(license.id), 100);
  });

  it('frees seats before it gives them, whatever the order in the container', async () => {
    const { key } = await issue(1);
    const [old, next] = [await TestDevice.create(server.portal), await TestDevice.create(server.portal)];
    await old.load(bytesOf((await exchange([plain(await old.request(key))]))[0]));
    const [request, report, deactivation] = [
      await next.request(key),
      await old.report(),
      await old.deactivate(),
    ];
    const files = [plain(request), plain(report), plain(deactivation)];
    const answer = await post(encodeBatch(files));
    assert.equal(answer.headers['content-type'], 'application/cbor-seq');
    const answers = answersOf(answer, 3);
    assert.deepEqual(
      answers.map(({ index }) => index),
      [2, 1, 0],
    );
    assert.equal((await next.load(bytesOf(answers[2]?.answer))).kind, 'license');
  });

  it('stops when nobody reads on, and finishes when the same batch comes again', async () => {
    const { license, key } = await issue(null);
    const devices = await Promise.all(Array.from({ length: 300 }, () => TestDevice.create(server.portal)));
    const files = await Promise.all(devices.map(async device => plain(await device.request(key))));
    await cutAfterFirstAnswers(server, encodeBatch(files));
    const takenAfterCut = await settled(() => seatsTaken(license.id));
    assert(takenAfterCut > 0 && takenAfterCut < 300, `${takenAfterCut} of 300 were decided`);
    const answers = await exchange(files);
    for (const [index, device] of devices.entries()) {
      assert.equal((await device.load(bytesOf(answers[index]))).kind, 'license');
    }
    assert.equal(await seatsTaken(license.id), 300);
  });

  it('takes a key that is named at the portal, and keeps the grant whatever is named later', async () => {
    const [{ license, key }, other] = [await issue(null), await issue(null)];
    const device = await TestDevice.create(server.portal);
    const bytes = await device.request(undefined);
    const [first] = await exchange([plain(bytes)]);
    const { code, requestId } = await refusalOf(device, first);
    assert.equal(code, 'CREDENTIALS_MISSING');
    const wrong = named(createLicenseKey(new Uint8Array(13).fill(9)), device.id, requestId);
    const [guessed] = await exchange([{ bytes, credentials: wrong }]);
    assert.equal((await refusalOf(device, guessed)).code, 'CREDENTIALS_REFUSED');
    const [granted] = await exchange([{ bytes, credentials: named(key, device.id, requestId) }]);
    assert.equal((await device.load(bytesOf(granted))).kind, 'license');
    const again = [
      plain(bytes),
      { bytes, credentials: wrong },
      { bytes, credentials: named(other.key, device.id, requestId) },
    ];
    for (const file of again) assert.deepEqual(await exchange([file]), [granted]);
    assert.equal(await seatsTaken(license.id), 1);
    assert.equal(await seatsTaken(other.license.id), 0);
  });

  it('takes another key for a request that was refused, and no guess undoes the refusal', async () => {
    const [full, free] = [await issue(0), await issue(1)];
    const device = await TestDevice.create(server.portal);
    const bytes = await device.request(full.key);
    const [refused] = await exchange([plain(bytes)]);
    const { code, requestId } = await refusalOf(device, refused);
    assert.equal(code, 'NO_SEATS_LEFT');
    const wrong = named(createLicenseKey(new Uint8Array(13).fill(8)), device.id, requestId);
    await exchange([{ bytes, credentials: wrong }]);
    const known = await server.portal.administer('system', records =>
      records.findExchanges(device.id, requestId),
    );
    assert.deepEqual(
      known.map(exchanged => exchanged.code),
      ['NO_SEATS_LEFT'],
    );
    const [granted] = await exchange([{ bytes, credentials: named(free.key, device.id, requestId) }]);
    assert.equal((await device.load(bytesOf(granted))).kind, 'license');
  });

  it('takes credentials for their own request of their own device alone', async () => {
    const { key } = await issue(null);
    const [device, thief] = [await TestDevice.create(server.portal), await TestDevice.create(server.portal)];
    const [bytes, stolen] = [await device.request(undefined), await thief.request(undefined)];
    const { requestId } = await refusalOf(device, (await exchange([plain(bytes)]))[0]);
    const credentials = named(key, device.id, requestId);
    const [answer] = await exchange([{ bytes: stolen, credentials }]);
    assert.equal((await refusalOf(thief, answer)).code, 'CREDENTIALS_REFUSED');
  });

  it('tells what is wrong with the credentials of one file, and answers the others', async () => {
    const { key } = await issue(null);
    const device = await TestDevice.create(server.portal);
    const bytes = await device.request(key);
    const credentials = toFile(encodeCbor(new Map([[19, new Uint8Array(8)]])));
    const [told, granted] = await exchange([{ bytes, credentials }, plain(bytes)]);
    assert.equal(told, 'CLAIM_MISSING');
    assert.equal((await device.load(bytesOf(granted))).kind, 'license');
  });

  it('refuses a recovery file that is among the files, and answers the one before it', async () => {
    const { key } = await issue(null);
    const device = await TestDevice.create(server.portal);
    const zeros = new Uint8Array(32);
    const recovery = encodeRecoveryFile({ domainId: zeros, deviceId: zeros, digest: zeros, content: zeros });
    const [granted, refused] = await exchange([plain(await device.request(key)), plain(recovery)]);
    assert.equal((await device.load(bytesOf(granted))).kind, 'license');
    const loaded = await device.load(bytesOf(refused));
    assert(loaded.kind === 'refusal');
    assert.equal(loaded.refusal.claims.code, 'KIND_UNEXPECTED');
  });

  it('refuses whole what is no batch, and decides nothing', async () => {
    const file = await (await TestDevice.create(server.portal)).request(undefined);
    const credentials = named(createLicenseKey(new Uint8Array(13)), new Uint8Array(32), new Uint8Array(16));
    const codeOf = async (body: Bytes) => {
      const answer = await post(body);
      return `${answer.status} ${answer.json().code}`;
    };
    assert.equal(await codeOf(file), '400 FILE_NOT_LATCHKEY');
    assert.equal(await codeOf(encodeContainer([file]).slice(0, -1)), '400 FILE_CUT_SHORT');
    assert.equal(await codeOf(encodeContainer([credentials, file])), '400 KIND_UNEXPECTED');
    assert.equal(await codeOf(encodeContainer([file, credentials, credentials])), '400 KIND_UNEXPECTED');
    const many = Array.from({ length: MAX_BATCH_FILES + 1 }, () => broken);
    assert.equal(await codeOf(encodeContainer(many)), '400 TOO_MANY_FILES');
  });

  it('counts a batch by its files, lets it in whatever its size, and then asks to wait', async t => {
    const slow = await testServer(t, { rates: { batchFiles: { calls: 3, seconds: 60 } } });
    const batch = encodeContainer([broken, broken, broken, broken, broken]);
    assert.equal(answersOf(await post(batch, slow), 5).length, 5);
    const refused = await post(batch, slow);
    assert.equal(`${refused.status} ${refused.json().code}`, '429 RATE_LIMITED');
    assert(Number(refused.headers['retry-after']) > 0);
  });

  it('counts keys that are refused as guesses, also within a batch', async t => {
    const slow = await testServer(t, { rates: { guesses: { calls: 2, seconds: 60 } } });
    const device = await TestDevice.create(slow.portal);
    const guess = async () => plain(await device.request(createLicenseKey(new Uint8Array(13).fill(7))));
    const guesses = await Promise.all(Array.from({ length: 150 }, guess));
    const answers = await exchange(guesses, slow);
    const stopped = answers.filter(answer => answer === 'RATE_LIMITED');
    assert(stopped.length >= 50, `${stopped.length} of 150 were not looked at`);
  });

  it('answers the rest of a batch when its requests have to wait for guesses', async t => {
    const slow = await testServer(t, { rates: { guesses: { calls: 1, seconds: 60 } } });
    const { key } = await issue(null, slow);
    const device = await TestDevice.create(slow.portal);
    await device.load(bytesOf((await exchange([plain(await device.request(key))], slow))[0]));
    const guess = plain(await device.request(createLicenseKey(new Uint8Array(13).fill(7))));
    await exchange([guess], slow);
    const [told, receipt] = await exchange([guess, plain(await device.deactivate())], slow);
    assert.equal(told, 'RATE_LIMITED');
    assert.equal((await device.load(bytesOf(receipt))).kind, 'receipt');
  });

  it('lets every origin in', async () => {
    const { headers } = await post(encodeContainer([broken]), server, { origin: 'https://vendor.example' });
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
  });
});

/** Sends a batch and pulls the plug with the first bytes of its answers. */
function cutAfterFirstAnswers({ port, origins }: TestServer, batch: Bytes): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      const { host } = new URL(origins.portal);
      socket.write(
        `POST ${publicPaths.exchangeBatch} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${batch.length}\r\n\r\n`,
      );
      socket.write(batch);
    });
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
  });
}

/** A number once it has stayed the same for half a second. */
async function settled(read: () => Promise<number>): Promise<number> {
  for (let last = -1; ; ) {
    const now = await read();
    if (now === last) return now;
    last = now;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}
