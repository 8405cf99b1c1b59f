import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fromBase64url } from '../../src/bytes/base64url.ts';
import type { Bytes } from '../../src/bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../../src/bytes/cbor.ts';
import { fromHex } from '../../src/bytes/hex.ts';
import { encodeActivationRequest } from '../../src/format/activation-request.ts';
import { claims } from '../../src/format/claims.ts';
import { encodeLicense } from '../../src/format/license.ts';
import { signed, withClaims } from './build.ts';
import { matchesCddl } from './cddl.ts';
import { parseCddl } from './cddl-grammar.ts';
import { activationRequest, fullLicense, minimalLicense } from './claims.ts';
import { device, issuer } from './keys.ts';
import { vectorFiles } from './vector-files.ts';

const source = readFileSync(new URL('../../docs/latchkey.cddl', import.meta.url), 'utf8');
const grammar = parseCddl(source);

describe('docs/latchkey.cddl', () => {
  const successes = vectorFiles.flatMap(({ vectors }) =>
    vectors.tests.filter(test => test.expect === 'success'),
  );
  const binary = successes.filter(({ file }) => fromBase64url(file)[0] === 0xd9);

  for (const { name, file, claims } of binary) {
    it(`describes ${name}`, () => {
      assert.ok(matchesCddl(grammar, 'file', fromBase64url(file)), 'the file');
      if (claims) assert.ok(matchesCddl(grammar, claims.kind, fromHex(claims.cbor)), 'its claims');
    });
  }

  it('describes the message that a device signs', () => {
    const claims = encodeActivationRequest(activationRequest);
    const message = signed({ kind: 'activation-request', claims, key: device });
    assert.ok(matchesCddl(grammar, 'device-message', message));
  });

  it('names every claim of the registry by its number', () => {
    for (const [name, { label }] of Object.entries(claims)) {
      const rule = name === 'limits' ? 'own-limits' : name === 'license' ? 'license-file' : name;
      assert.match(source, new RegExp(`^${rule} = \\(${label}:`, 'm'));
    }
  });

  it('is used by each claim of the registry in some success vector', () => {
    const used = new Set<number | string>();
    for (const { claims } of successes)
      if (claims) for (const label of labelsOf(fromHex(claims.cbor))) used.add(label);
    const unused = Object.entries(claims).filter(([, { label }]) => !used.has(label));
    assert.deepEqual(
      unused.map(([name]) => name),
      [],
    );
  });
});

describe('matchesCddl()', () => {
  const matches = (...changes: Parameters<typeof withClaims>[1]) =>
    matchesCddl(grammar, 'license', withClaims(encodeLicense(fullLicense), changes));

  it('takes a license', () => {
    assert.ok(matches());
  });

  it('refuses a license with a claim missing, of another type, or out of its bounds', () => {
    assert.equal(matches([3, undefined]), false);
    assert.equal(matches([3, 'text']), false);
    assert.equal(matches([3, new Uint8Array(15)]), false);
    assert.equal(matches([4, -1]), false);
    assert.equal(matches([9, 'CAD']), false);
    assert.equal(matches([30, 4]), false);
    assert.equal(matches([37, [1]]), false);
    assert.equal(matches([37, [1, 2, 3]]), false);
    assert.equal(matches([33, [new Map([[2, 'without a code']])]]), false);
  });

  it('refuses a claim of another kind, and one without its pair', () => {
    assert.equal(matches([27, [0, new Uint8Array(32), []]]), false);
    const request = encodeActivationRequest(activationRequest);
    assert.ok(matchesCddl(grammar, 'activation-request', request));
    assert.equal(matchesCddl(grammar, 'activation-request', withClaims(request, [[20, undefined]])), false);
  });

  it('refuses a file with an unprotected header, another tag, or a short signature', () => {
    const parts = { kind: 'license', claims: encodeLicense(minimalLicense), key: issuer } as const;
    const file = (message: Bytes) => new Uint8Array([0xd9, 0xd9, 0xf7, ...message]);
    assert.ok(matchesCddl(grammar, 'signed-file', file(signed(parts))));
    const unprotected = new Map([[4, issuer.kid]]);
    assert.equal(matchesCddl(grammar, 'signed-file', file(signed({ ...parts, unprotected }))), false);
    assert.equal(matchesCddl(grammar, 'sealed-file', file(signed(parts))), false);
    assert.equal(matchesCddl(grammar, 'signature', encodeCbor(new Uint8Array(63))), false);
  });
});

describe('parseCddl()', () => {
  it('refuses a name without a rule, two rules of a name, and what it does not know', () => {
    assert.throws(() => parseCddl('a = b\n'), SyntaxError);
    assert.throws(() => parseCddl('a = int\na = uint\n'), SyntaxError);
    assert.throws(() => parseCddl('a = ~int\n'), SyntaxError);
    assert.throws(() => parseCddl('a = [ int\n'), SyntaxError);
  });
});

function labelsOf(encoded: Bytes): (number | string)[] {
  const map = decodeCbor(encoded);
  return map instanceof Map ? [...map.keys()] : [];
}
