import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { defaultTerms } from '../../src/api/license-terms.ts';
import { consolePaths } from '../../src/api/paths.ts';
import { productListSchema } from '../../src/api/products.ts';
import { userPasswordSchema } from '../../src/api/users.ts';
import { toHex } from '../../src/bytes/hex.ts';
import { userCredentials } from '../../src/license/user.ts';
import { read } from './support/console-fixture.ts';
import { signedInOwner, type TestServer, testServer } from './support/test-server.ts';

const loop = fileURLToPath(new URL('../second/_loop.py', import.meta.url));
/** Debian's Python, which has the packages; see scripts/prepare-tests.ts. */
const python = '/usr/bin/python3';

describe('a device of the second implementation', () => {
  it('requests, reports and gives back a license, and the portal takes its files', async test => {
    const server = await testServer(test);
    const demo = server.demoLicenses.find(({ about }) => about.startsWith('perpetual'));
    const user = await issueToUser(server);
    const hosts = [new URL(server.origins.app).host, new URL(server.origins.portal).host];
    const args = ['-B', loop, String(server.port), ...hosts, demo?.key ?? '', 'proofs', user.name, user.key];
    const { stdout } = await promisify(execFile)(python, args);
    const { deviceId, activationId, ...said } = JSON.parse(stdout);
    assert.match(deviceId, /^[0-9a-f]{64}$/);
    assert.match(activationId, /^[0-9a-f]{32}$/);
    assert.deepEqual(said, {
      request: 'license',
      repeated: true,
      report: 'license',
      acknowledged: true,
      'revision rose': true,
      deactivation: 'receipt',
      final: true,
      'wrong key': 'refusal CREDENTIALS_REFUSED',
      user: 'license',
      'wrong password': 'refusal CREDENTIALS_REFUSED',
      'changed on the way': 'refusal SEAL_BROKEN',
    });
  });
});

/** A license for a user; Python has no Argon2id, so its result comes from here. */
async function issueToUser(server: TestServer): Promise<{ name: string; key: string }> {
  const client = await signedInOwner(server);
  const [user, password] = ['Mona M\u00fcller', 'correct horse battery staple'];
  const created = await client.post(consolePaths.users, { name: user, password });
  const { id } = read(userPasswordSchema, created);
  const [product] = read(productListSchema, await client.get(consolePaths.products)).items;
  const fixed = { product: product?.code, type: 'perpetual', trial: false };
  await client.post(consolePaths.licenses, { ...fixed, users: [id], terms: defaultTerms() });
  const { portal } = server.portal;
  const { domainId } = portal.issuer;
  const { key } = await userCredentials({ domainId, user, password }, portal.crypto);
  return { name: user, key: toHex(key) };
}
