import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { keyId, thumbprint } from '../../../src/cose/key.ts';
import { rawPrivateKey } from '../../../src/server/keys/key-objects.ts';
import { openOptions } from '../../../src/server/keys/opening.ts';
import { createSecretBox } from '../../../src/server/keys/secret-box.ts';
import { openSigningKey } from '../../../src/server/keys/signing-keys.ts';
import { openPortal } from '../../../src/server/portal.ts';
import { createTrust } from '../../../src/verify/trust.ts';
import { START_MS, type TestPortal, testPortal } from '../support/test-portal.ts';

const reopened = ({ folder, env }: TestPortal, portals = ['https://portal.example'], nowMs = START_MS) =>
  openPortal({ dataFolder: folder, env, portals, nowMs: () => nowMs });

suite('openKeyRing()', () => {
  test('makes root, issuer and sealing key once', async t => {
    const portal = await testPortal(t);
    const again = await reopened(portal);
    t.after(() => again.close());
    assert.deepEqual(again.keyRing.pin, portal.keyRing.pin);
    assert.deepEqual(again.keyRing.trust, portal.keyRing.trust);
    assert.deepEqual(again.keyRing.issuer.signer.kid, portal.keyRing.issuer.signer.kid);
    const roles = await portal.database.db.selectFrom('signing_key').select('role').execute();
    assert.deepEqual(roles.map(({ role }) => role).sort(), ['issuer', 'root', 'sealing']);
  });

  test('pins the first root, and signs a bundle that lists the keys that the portal uses', async t => {
    const { keyRing, portal } = await testPortal(t);
    const { pin, trust, issuer } = keyRing;
    assert.deepEqual(thumbprint(pin.root), pin.domainId);
    const rebuilt = await createTrust(pin, [trust.bundleFile], portal.crypto);
    assert.deepEqual(rebuilt.bundle, trust.bundle);
    const [listed] = trust.bundle.issuerKeys;
    assert(listed);
    assert.deepEqual(keyId(listed.key), issuer.signer.kid);
    const [sealing] = trust.bundle.sealingKeys;
    assert(sealing);
    const { findOpener } = openOptions({ ...keyRing, domainId: pin.domainId });
    assert.deepEqual(findOpener(keyId(sealing.key))?.kid, keyId(sealing.key));
    assert.equal(findOpener(new Uint8Array(8)), null);
  });

  test('signs a newer bundle when the addresses change, and only then', async t => {
    const portal = await testPortal(t);
    const { bundleVersion } = portal.keyRing.trust.bundle;
    const moved = await reopened(portal, ['https://elsewhere.example'], START_MS - 60_000);
    t.after(() => moved.close());
    assert.equal(moved.keyRing.trust.bundle.bundleVersion, bundleVersion + 1, 'also with a clock set back');
    const files = await portal.database.db.selectFrom('trust_file').select('version').execute();
    assert.equal(files.length, 2);
  });

  test('leaves no private key in the clear in any file of the data folder', async t => {
    const portal = await testPortal(t);
    const masterKey = Buffer.from(readFileSync(join(portal.folder, 'master.key'), 'utf8'), 'base64url');
    const secretBox = createSecretBox(new Uint8Array(masterKey));
    const rows = await portal.database.db.selectFrom('signing_key').selectAll().execute();
    const secrets = rows.map(row => Buffer.from(rawPrivateKey(openSigningKey(row, secretBox))));
    assert.equal(secrets.length, 3);
    for (const name of readdirSync(portal.folder)) {
      const content = readFileSync(join(portal.folder, name));
      for (const secret of secrets) assert(!content.includes(secret), name);
    }
  });

  test('takes a sealed key for no other key', async t => {
    const portal = await testPortal(t);
    const { secretBox } = portal.portal;
    const rows = await portal.database.db.selectFrom('signing_key').selectAll().execute();
    const root = rows.find(({ role }) => role === 'root');
    const issuer = rows.find(({ role }) => role === 'issuer');
    assert(root && issuer);
    const swapped = { ...root, private_key_sealed: issuer.private_key_sealed };
    assert.throws(() => openSigningKey(swapped, secretBox), /SERVER_FAILED/);
  });
});
