import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { join } from 'node:path';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { openSqlite } from '../../../src/server/db/node-sqlite.ts';
import { hpkeOpener } from '../../../src/server/keys/hpke-opener.ts';
import { rawPublicKey } from '../../../src/server/keys/key-objects.ts';
import { nodeCrypto } from '../../../src/server/keys/node-crypto.ts';

/** What no exchange can do without, each in microseconds of one thread that does nothing else. */
export interface RawCosts {
  /** HPKE, with the import of the encapsulated key. */
  readonly open: number;
  /** ES256, with the import of the device's key. */
  readonly verify: number;
  readonly sign: number;
  /** A share in the commit of {@link BATCH} answers. */
  readonly commit: number;
}

export interface RawExchange {
  measure(): Promise<RawCosts>;
  close(): void;
}

/** As many as share a commit of the portal at most. */
const BATCH = 32;

/** Those of the activation request and of the license with five features. */
const REQUEST_BYTES = 360;
const ANSWER_BYTES = 450;

const aad = random(60);
const crypto = nodeCrypto();

/** Makes ready what is measured: requests of devices with keys of their own, and a database like the portal's. */
export async function prepareRawExchange(folder: string): Promise<RawExchange> {
  const sealing = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  const opener = hpkeOpener(sealing);
  const requests = await Promise.all(
    Array.from({ length: BATCH }, () => sealedRequest(rawPublicKey(sealing))),
  );
  const issuer = generateKeyPairSync('ed25519').privateKey;
  const answer = random(ANSWER_BYTES);
  const database = openSqlite(join(folder, 'raw.db'));
  database.exec('create table answer (id blob primary key, file blob not null)');
  const insert = database.prepare('insert into answer values (?, ?)');
  return {
    measure: async () => ({
      open: await perRequest(async () => {
        for (const { ek, ciphertext } of requests) await opener.open(ek, aad, ciphertext);
      }),
      verify: await perRequest(async () => {
        for (const { key, signature, message } of requests) {
          if (!(await crypto.verifyP256(key, signature, message)))
            throw new Error('expected a genuine request');
        }
      }),
      sign: await perRequest(async () => {
        for (const _ of requests) sign(null, answer, issuer);
      }),
      commit: await perRequest(async () => {
        database.exec('begin immediate');
        for (const _ of requests) insert.run(random(16), answer);
        database.exec('commit');
      }),
    }),
    close: () => database.close(),
  };
}

async function sealedRequest(sealingKey: Bytes) {
  const device = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  const message = random(REQUEST_BYTES);
  const signature = sign('sha256', message, { key: device, dsaEncoding: 'ieee-p1363' });
  const sealed = await crypto.seal(sealingKey, aad, message);
  return { ...sealed, message, key: rawPublicKey(device), signature: new Uint8Array(signature) };
}

async function perRequest(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return ((performance.now() - started) * 1000) / BATCH;
}

function random(length: number): Bytes {
  return new Uint8Array(randomBytes(length));
}
