import { expect } from '@open-wc/testing';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { fingerprintKey } from '../../../src/license/credentials.ts';
import {
  parseUserName,
  provesUser,
  storedUserKey,
  userCredentials,
  userProof,
} from '../../../src/license/user.ts';
import { codeOf, codeOfAsync } from '../../support/code-of.ts';

type Vector = Readonly<
  Record<
    | 'about'
    | 'user'
    | 'password'
    | 'normalizedName'
    | 'userKey'
    | 'userLookup'
    | 'storedKey'
    | 'userProof'
    | 'fingerprintKey',
    string
  >
>;
interface UserVectors {
  domainId: string;
  deviceId: string;
  requestId: string;
  tests: Vector[];
}

const vectors: UserVectors = await (
  await fetch(new URL('../../vectors/credentials/users.json', import.meta.url))
).json();
const [domainId, deviceId, requestId] = [
  fromHex(vectors.domainId),
  fromHex(vectors.deviceId),
  fromHex(vectors.requestId),
];
const crypto = webCrypto();

describe('the credentials of a user', () => {
  for (const vector of vectors.tests) {
    it(`are those of the vector: ${vector.about}`, async () => {
      const { user, password } = vector;
      const { secret, lookup, key } = await userCredentials({ domainId, user, password }, crypto);
      expect(parseUserName(user)).to.equal(vector.normalizedName);
      expect(toHex(lookup)).to.equal(vector.userLookup);
      expect(toHex(key)).to.equal(vector.userKey);
      expect(toHex(storedUserKey(key))).to.equal(vector.storedKey);
      expect(toHex(userProof(key, deviceId, requestId))).to.equal(vector.userProof);
      expect(toHex(fingerprintKey(domainId, secret))).to.equal(vector.fingerprintKey);
    });
  }

  it('need a name and a password', async () => {
    expect(codeOf(() => parseUserName(' \u2003 '))).to.equal('CREDENTIALS_INCOMPLETE');
    const typed = { domainId, user: 'anna', password: '' };
    expect(await codeOfAsync(() => userCredentials(typed, crypto))).to.equal('CREDENTIALS_INCOMPLETE');
  });
});

describe('provesUser()', () => {
  const [first] = vectors.tests;
  const storedKey = fromHex(first?.storedKey ?? '');
  const proof = fromHex(first?.userProof ?? '');
  const made = { storedKey, deviceId, requestId };

  it('takes a proof of the password', () => {
    expect(provesUser(proof, made)).to.equal(true);
  });

  it('takes it for no other device, request, password or bit', () => {
    expect(provesUser(proof, { ...made, deviceId: fromHex('00'.repeat(32)) })).to.equal(false);
    expect(provesUser(proof, { ...made, requestId: fromHex('00'.repeat(16)) })).to.equal(false);
    expect(provesUser(proof, { ...made, storedKey: fromHex('00'.repeat(32)) })).to.equal(false);
    for (let bit = 0; bit < 128; bit += 1) {
      const flipped = proof.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(provesUser(flipped, made)).to.equal(false);
    }
  });

  it('takes no proof of another length', () => {
    expect(provesUser(proof.slice(0, 15), made)).to.equal(false);
  });
});
