import { argon2Sync } from 'node:crypto';
import type { Bytes } from '../../src/bytes/bytes.ts';
import { toHex } from '../../src/bytes/hex.ts';
import { ARGON2_COST } from '../../src/crypto/argon2/cost.ts';
import { fingerprintKey } from '../../src/license/credentials.ts';
import {
  parseUserName,
  storedUserKey,
  type UserCredentials,
  userCredentials,
  userProof,
} from '../../src/license/user.ts';
import { deviceId, domainId, fixedBytes } from './keys.ts';

/** Argon2id by OpenSSL, which shares no code with what devices run. */
async function argon2id(password: Bytes, salt: Bytes): Promise<Bytes> {
  const hash = argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    memory: ARGON2_COST.memoryKiB,
    passes: ARGON2_COST.passes,
    parallelism: ARGON2_COST.lanes,
    tagLength: ARGON2_COST.outputBytes,
  });
  return new Uint8Array(hash);
}

const requestId = fixedBytes('request id', 16);

const typed = [
  { about: 'a plain name', user: 'anna.mueller', password: 'correct horse battery staple' },
  {
    about: 'capitals and white space do not matter',
    user: ' \tAnna.MUELLER ',
    password: 'correct horse battery staple',
  },
  { about: 'another password', user: 'anna.mueller', password: 'correct horse battery stapl' },
  {
    about: 'full-width letters and a no-break space',
    user: '\uff30\uff52\uff45\uff53\uff53\u00a0\u00a07',
    password: '0',
  },
  { about: 'accents that are typed apart', user: 'Mu\u0308ller', password: 'Gru\u0308\u00dfe aus Wien' },
  { about: 'the same accents typed together', user: 'm\u00fcller', password: 'Gr\u00fc\u00dfe aus Wien' },
  { about: 'white space in a password counts', user: 'm\u00fcller', password: ' Gr\u00fc\u00dfe aus Wien' },
];

/** The credentials that the vectors of activation requests use. */
export const userOfVectors = await credentialsOf({
  user: 'anna.mueller',
  password: 'correct horse battery staple',
});

/** The text of the file of vectors: each step from what is typed to what travels. */
export const userVectorsText = `${JSON.stringify(
  {
    about: 'What a user types, and what becomes of it. Bytes are hexadecimal.',
    domainId: toHex(domainId),
    deviceId: toHex(deviceId),
    requestId: toHex(requestId),
    tests: await Promise.all(typed.map(vectorOf)),
  },
  null,
  2,
)}\n`;

function credentialsOf(said: { user: string; password: string }): Promise<UserCredentials> {
  return userCredentials({ domainId, ...said }, { argon2id });
}

async function vectorOf({ about, user, password }: (typeof typed)[number]) {
  const { secret, lookup, key } = await credentialsOf({ user, password });
  return {
    about,
    user,
    password,
    normalizedName: parseUserName(user),
    salt: toHex(secret.slice(0, 16)),
    userKey: toHex(key),
    userLookup: toHex(lookup),
    storedKey: toHex(storedUserKey(key)),
    userProof: toHex(userProof(key, deviceId, requestId)),
    fingerprintKey: toHex(fingerprintKey(domainId, secret)),
  };
}
