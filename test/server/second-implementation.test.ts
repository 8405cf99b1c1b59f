import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { testServer } from './support/test-server.ts';

const loop = fileURLToPath(new URL('../second/_loop.py', import.meta.url));
/** Debian's Python, which has the packages; see scripts/prepare-tests.ts. */
const python = '/usr/bin/python3';

describe('a device of the second implementation', () => {
  it('requests, reports and gives back a license, and the portal takes its files', async test => {
    const server = await testServer(test);
    const demo = server.demoLicenses.find(({ about }) => about.startsWith('perpetual'));
    const hosts = [new URL(server.origins.app).host, new URL(server.origins.portal).host];
    const args = ['-B', loop, String(server.port), ...hosts, demo?.key ?? '', 'proofs'];
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
      'changed on the way': 'refusal SEAL_BROKEN',
    });
  });
});
