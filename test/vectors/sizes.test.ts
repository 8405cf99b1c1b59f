import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fromBase64url } from '../../src/bytes/base64url.ts';
import { vectorFiles } from './vector-files.ts';

/** The most bytes that a file may have, so that one static QR code holds it. */
const limits = [
  ['activation-request.json', 'a request of a user with all that a form can add', 512],
  ['license.json', 'a time-limited license with five features', 700],
  ['receipt.json', 'a receipt that leaves the totals out', 250],
] as const;

describe('a file that has to fit a QR code', () => {
  for (const [file, name, most] of limits) {
    it(`has at most ${most} bytes: ${name}`, () => {
      const { vectors } = vectorFiles.find(candidate => candidate.name === file) ?? {};
      const vector = vectors?.tests.find(test => test.name === name);
      assert.ok(vector, 'the vector is there');
      const { length } = fromBase64url(vector.file);
      assert.ok(length <= most, `${length} bytes`);
    });
  }
});
