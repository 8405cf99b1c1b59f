import { argon2Sync } from 'node:crypto';
import { type Bytes, concatBytes } from '../../src/bytes/bytes.ts';
import { toHex } from '../../src/bytes/hex.ts';
import { closeRecovery } from '../../src/client/recovery/recovery-box.ts';
import { ARGON2_COST } from '../../src/crypto/argon2/cost.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { encodeLicense } from '../../src/format/license.ts';
import {
  decodeRecoveryFile,
  encodeRecoveryFile,
  type RecoveryContent,
} from '../../src/format/recovery-file.ts';
import { signedFile } from './build.ts';
import { license, now } from './claims.ts';
import { deviceId, domainId, fixedBytes, issuer } from './keys.ts';

const passphrase = 'a heron at the lock gate';
const requestFile = signedFile({ kind: 'license', claims: encodeLicense(license), key: issuer });

const content: RecoveryContent = {
  secret: fixedBytes('recovery secret', 32),
  madeAt: now,
  licenses: [
    {
      file: requestFile,
      fingerprintKey: fixedBytes('fingerprint key', 32),
      consumption: {
        sequence: 3,
        head: fixedBytes('head', 32),
        totals: [{ counter: 'export', used: 5, givenBack: 1 }],
      },
      periods: [{ counter: 'print', index: 684, used: 2, givenBack: 0 }],
    },
  ],
};

/** Argon2id by OpenSSL, and chance that is the same each time. */
export const opensslCrypto = {
  randomBytes: (length: number) => fixedBytes(`recovery ${length}`, length),
  async argon2id(message: Bytes, nonce: Bytes): Promise<Bytes> {
    const { memoryKiB: memory, passes, lanes: parallelism, outputBytes: tagLength } = ARGON2_COST;
    return new Uint8Array(argon2Sync('argon2id', { message, nonce, memory, passes, parallelism, tagLength }));
  },
};

const plain = await closeRecovery(content, { domainId, deviceId, passphrase: '' }, opensslCrypto);
const locked = await closeRecovery(content, { domainId, deviceId, passphrase }, opensslCrypto);

interface RecoveryVector {
  readonly about: string;
  readonly file: Bytes;
  readonly passphrase?: string;
  readonly expect: 'success' | ErrorCode;
}

const vectors: readonly RecoveryVector[] = [
  { about: 'not encrypted', file: plain, expect: 'success' },
  { about: 'under a passphrase', file: locked, passphrase, expect: 'success' },
  {
    about: 'another passphrase',
    file: locked,
    passphrase: passphrase.toUpperCase(),
    expect: 'RECOVERY_PASSPHRASE_WRONG',
  },
  {
    about: 'encrypted, its last bit flipped',
    file: flipped(locked),
    passphrase,
    expect: 'RECOVERY_PASSPHRASE_WRONG',
  },
  { about: 'not encrypted, its last bit flipped', file: flipped(plain), expect: 'CARRIER_DAMAGED' },
  { about: 'cut short', file: plain.subarray(0, -1), expect: 'FILE_CUT_SHORT' },
  { about: 'a byte more', file: concatBytes(plain, Uint8Array.of(0)), expect: 'TRAILING_BYTES' },
  { about: 'a license by itself', file: requestFile, expect: 'KIND_UNEXPECTED' },
  {
    about: 'of another domain',
    file: ofDomain(fixedBytes('another domain', 32)),
    expect: 'RECOVERY_OTHER_VENDOR',
  },
  { about: 'a salt of 15 bytes', file: withSalt(15), passphrase, expect: 'CLAIM_RANGE' },
];

/** The text of test/vectors/recovery/files.json. */
export const recoveryVectorsText = `${JSON.stringify(
  {
    about: 'Recovery files of one device, and what is wrong with some. Bytes are hexadecimal.',
    domainId: toHex(domainId),
    deviceId: toHex(deviceId),
    secret: toHex(content.secret),
    tests: vectors.map(vector => ({ ...vector, file: toHex(vector.file) })),
  },
  null,
  2,
)}\n`;

function flipped(file: Bytes): Bytes {
  return file.map((byte, at) => (at === file.length - 1 ? byte ^ 1 : byte));
}

function ofDomain(other: Bytes): Bytes {
  return encodeRecoveryFile({ ...decodeRecoveryFile(plain), domainId: other });
}

/** What the encoder would not write: the length of the salt is its third member's. */
function withSalt(length: number): Bytes {
  const at = 3 + 1 + 2 * (1 + 2 + 32) + 1;
  const head = locked.slice(0, at + 1);
  head[at] = 0x40 + length;
  return concatBytes(head, locked.subarray(at + 1, at + 1 + length), locked.subarray(at + 17));
}
