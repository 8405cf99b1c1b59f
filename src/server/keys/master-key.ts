import { argon2Sync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bytes, utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { sha256 } from '../../crypto/hash.ts';
import { LatchkeyError } from '../../errors.ts';
import type { Settings } from '../db/settings.ts';

const KEY_BYTES = 32;
const SALT_BYTES = 16;
const FILE_NAME = 'master.key';

/** Tells whether a key is that of the database, and nothing else of it. */
const CHECK_NAME = 'master-key-check';
const CHECK_BYTES = 8;
const checkContext = utf8('latchkey-1 master key');

/** 64 MiB, three passes, four lanes: the second choice of RFC 9106, for machines with little memory. */
const cost = { memory: 65_536, passes: 3, parallelism: 4 };

/** Where the master key came from; the server tells of a key in a file, since it lies beside what it protects. */
export type MasterKeySource = 'environment' | 'passphrase' | 'file';

export interface MasterKey {
  /** 32 bytes. */
  readonly bytes: Bytes;
  readonly source: MasterKeySource;
}

export interface MasterKeyOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the database. */
  readonly dataFolder: string;
  readonly settings: Settings;
}

/**
 * Finds the key under which all secrets of the database are sealed: `LATCHKEY_KEY` (32 bytes in base64url), else
 * `LATCHKEY_PASSPHRASE` by Argon2id, else the file `master.key` in the data folder, which it makes with mode 0600.
 *
 * @throws {@link LatchkeyError} SERVER_FAILED - when it is not the key of this database, not 32 bytes, both are set, or
 * the file is missing, not to be read or not to be made.
 */
export async function loadMasterKey(options: MasterKeyOptions): Promise<MasterKey> {
  const key = await findMasterKey(options);
  const check = toHex(sha256(checkContext, key.bytes).slice(0, CHECK_BYTES));
  if ((await options.settings.keep(CHECK_NAME, check)) === check) return key;
  throw failed('this is not the master key of this database');
}

async function findMasterKey({ env, dataFolder, settings }: MasterKeyOptions): Promise<MasterKey> {
  const { LATCHKEY_KEY: key, LATCHKEY_PASSPHRASE: passphrase } = env;
  if (key && passphrase) throw failed('set LATCHKEY_KEY or LATCHKEY_PASSPHRASE, not both');
  if (key) return { bytes: parseKey(key, 'LATCHKEY_KEY'), source: 'environment' };
  if (passphrase) return { bytes: await deriveKey(passphrase, settings), source: 'passphrase' };
  const isFirstStart = (await settings.find(CHECK_NAME)) === null;
  return { bytes: keyFromFile(join(dataFolder, FILE_NAME), isFirstStart), source: 'file' };
}

interface Derivation {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
  /** base64url. */
  readonly salt: string;
}

/** The parameters of the first time are kept, so that a later version may choose dearer ones. */
async function deriveKey(passphrase: string, settings: Settings): Promise<Bytes> {
  const fresh: Derivation = { ...cost, salt: randomBytes(SALT_BYTES).toString('base64url') };
  const { memory, passes, parallelism, salt } = await settings.keep('master-key-derivation', fresh);
  const nonce = Buffer.from(salt, 'base64url');
  const message = passphrase.normalize('NFKC');
  return new Uint8Array(
    argon2Sync('argon2id', { message, nonce, memory, passes, parallelism, tagLength: KEY_BYTES }),
  );
}

function keyFromFile(path: string, mayMake: boolean): Bytes {
  try {
    if (existsSync(path)) return parseKey(readFileSync(path, 'utf8').trim(), path);
    if (!mayMake) throw failed(`the master key ${path} is missing, and none is in the environment`);
    const key = randomBytes(KEY_BYTES);
    // Under another name until it is whole: a start that is killed leaves a key or none.
    writeFileSync(`${path}.new`, `${key.toString('base64url')}\n`, { mode: 0o600, flush: true });
    renameSync(`${path}.new`, path);
    return new Uint8Array(key);
  } catch (cause) {
    if (cause instanceof LatchkeyError) throw cause;
    throw new LatchkeyError('SERVER_FAILED', `the master key ${path} could not be read or made`, { cause });
  }
}

function parseKey(text: string, from: string): Bytes {
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'));
  if (bytes.length !== KEY_BYTES || !/^[\w-]{43}=?$/.test(text)) {
    throw failed(`${from}: expected 32 bytes in base64url`);
  }
  return bytes;
}

function failed(message: string): LatchkeyError {
  return new LatchkeyError('SERVER_FAILED', message);
}
