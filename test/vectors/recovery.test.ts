import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Bytes, equalBytes } from '../../src/bytes/bytes.ts';
import { fromHex, toHex } from '../../src/bytes/hex.ts';
import { openRecovery } from '../../src/client/recovery/recovery-box.ts';
import { LatchkeyError } from '../../src/errors.ts';
import {
  decodeRecoveryFile,
  encodeRecoveryContent,
  type RecoveryContent,
} from '../../src/format/recovery-file.ts';
import { matchesCddl } from './cddl.ts';
import { parseCddl } from './cddl-grammar.ts';
import { opensslCrypto, recoveryVectorsText } from './recovery-files.ts';

interface Vectors {
  readonly domainId: string;
  readonly secret: string;
  readonly tests: readonly { about: string; file: string; passphrase?: string; expect: string }[];
}

const grammar = parseCddl(readFileSync(new URL('../../docs/latchkey.cddl', import.meta.url), 'utf8'));
const text = readFileSync(new URL('recovery/files.json', import.meta.url), 'utf8');
const { domainId, secret, tests } = JSON.parse(text) as Vectors;

/** As a device of this domain does. */
async function open(bytes: Bytes, passphrase: string): Promise<RecoveryContent> {
  const file = decodeRecoveryFile(bytes);
  if (!equalBytes(file.domainId, fromHex(domainId))) {
    throw new LatchkeyError('RECOVERY_OTHER_VENDOR', 'another domain');
  }
  return openRecovery(file, passphrase, opensslCrypto);
}

describe('recovery files', () => {
  it('are what the generator writes', () => assert.equal(text, recoveryVectorsText));

  for (const { about, file, passphrase = '', expect } of tests) {
    it(`${about}: ${expect}`, async () => {
      const opened = await open(fromHex(file), passphrase).catch((error: unknown) => {
        if (error instanceof LatchkeyError) return error.code;
        throw error;
      });
      if (typeof opened === 'string') return assert.equal(opened, expect);
      assert.equal(expect, 'success');
      assert.equal(toHex(opened.secret), secret);
      assert.ok(matchesCddl(grammar, 'recovery-file', fromHex(file)));
      assert.ok(matchesCddl(grammar, 'recovery-content', encodeRecoveryContent(opened)));
    });
  }

  it('that are not encrypted are refused with any byte cut or bit flipped', async () => {
    const sound = fromHex(tests[0]?.file ?? '');
    const refused = (bytes: Bytes) => assert.rejects(open(bytes, ''), LatchkeyError, `${bytes.length} bytes`);
    for (let length = 0; length < sound.length; length += 1) await refused(sound.subarray(0, length));
    const isId = (at: number) => at >= 42 && at < 74;
    for (let at = 0; at < sound.length; at += 1) {
      if (isId(at)) continue;
      await refused(sound.map((byte, index) => (index === at ? byte ^ 1 : byte)));
    }
  });
});
