import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { deviceListSchema } from '../../../src/api/devices.ts';
import { licenseSchema } from '../../../src/api/licenses.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { previewAnswerSchema } from '../../../src/api/preview.ts';
import { fromBase64url } from '../../../src/bytes/base64url.ts';
import { decodeLicense } from '../../../src/format/license.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';

const cleanup = suiteCleanup();
let fixture: ConsoleFixture;

before(async () => {
  fixture = await consoleFixture(cleanup);
});

it('previews an edit with the claims of the license file, and leaves the license as it is', async () => {
  const { client, issue, activate } = fixture;
  const license = await issue({ holder: 'Before' });
  await activate(license.key);
  const { items } = read(deviceListSchema, await client.get(consolePaths.licenseDevices(license.id)));
  const [{ activationId } = { activationId: null }] = items;
  const path = consolePaths.previewLicense(license.id);
  const edit = { terms: { ...license.terms, holder: 'After' }, activationId };
  const sights = read(previewAnswerSchema, await client.post(path, edit));
  const holders = [sights.before, sights.after].map(sight => {
    return decodeLicense(fromBase64url(sight.license)).holder;
  });
  assert.deepEqual(holders, ['Before', 'After']);
  const after = read(licenseSchema, await client.get(consolePaths.license(license.id)));
  assert.equal(after.terms.holder, 'Before');

  const endless = { ...edit, terms: { ...edit.terms, expiresAt: 2_000_000_000 } };
  assert.deepEqual((await client.post(path, endless)).json().data, {
    field: 'terms.expiresAt',
    rule: 'not-allowed',
  });
});
