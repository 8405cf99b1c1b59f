import { expect } from '@open-wc/testing';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from '../../../src/bytes/cbor.ts';
import { decodeActivationRequest, encodeActivationRequest } from '../../../src/format/activation-request.ts';
import { claims } from '../../../src/format/claims.ts';
import { decodeDeactivation, encodeDeactivation } from '../../../src/format/deactivation.ts';
import { KINDS, kindOf } from '../../../src/format/kinds.ts';
import { decodeLicense, encodeLicense } from '../../../src/format/license.ts';
import { decodeReceipt, encodeReceipt } from '../../../src/format/receipt.ts';
import { decodeRefusal, encodeRefusal } from '../../../src/format/refusal.ts';
import { decodeRootChange, encodeRootChange } from '../../../src/format/root-change.ts';
import { decodeTrustBundle, encodeTrustBundle } from '../../../src/format/trust-bundle.ts';
import { decodeUsageReport, encodeUsageReport } from '../../../src/format/usage-report.ts';
import { codeOf } from '../../support/code-of.ts';
import * as sample from './samples.ts';

interface Case {
  encoded: Bytes;
  claims: unknown;
  decode: (bytes: Bytes) => unknown;
  required: number[];
}

const cases: Record<string, Case> = {
  ActivationRequest: {
    encoded: encodeActivationRequest(sample.activationRequest),
    claims: sample.activationRequest,
    decode: decodeActivationRequest,
    required: [1, 6, 10, 11, 12, 13, 18],
  },
  UsageReport: {
    encoded: encodeUsageReport(sample.usageReport),
    claims: sample.usageReport,
    decode: decodeUsageReport,
    required: [1, 3, 6, 7, 8, 10, 11, 12, 13, 18, 27, 28],
  },
  Deactivation: {
    encoded: encodeDeactivation(sample.deactivation),
    claims: sample.deactivation,
    decode: decodeDeactivation,
    required: [1, 3, 6, 7, 8, 10, 11, 12, 13, 18, 27, 28],
  },
  License: {
    encoded: encodeLicense(sample.license),
    claims: sample.license,
    decode: decodeLicense,
    required: [2, 3, 6, 7, 8, 9, 30],
  },
  Receipt: {
    encoded: encodeReceipt(sample.receipt),
    claims: sample.receipt,
    decode: decodeReceipt,
    required: [1, 2, 3, 6, 7, 27],
  },
  Refusal: {
    encoded: encodeRefusal(sample.refusal),
    claims: sample.refusal,
    decode: decodeRefusal,
    required: [1, 6, 50],
  },
  TrustBundle: {
    encoded: encodeTrustBundle(sample.trustBundle),
    claims: sample.trustBundle,
    decode: decodeTrustBundle,
    required: [6, 12, 13, 60, 61, 62],
  },
  RootChange: {
    encoded: encodeRootChange(sample.rootChange),
    claims: sample.rootChange,
    decode: decodeRootChange,
    required: [6, 13, 63],
  },
};

function mapOf(encoded: Bytes): CborMap {
  const map = decodeCbor(encoded);
  if (!(map instanceof Map)) throw new TypeError('expected a map');
  return map;
}

/** The same claims with one of them replaced. */
function withClaim(encoded: Bytes, label: number, value: CborValue): Bytes {
  return encodeCbor(new Map([...mapOf(encoded), [label, value]]));
}

for (const [name, { encoded, claims, decode, required }] of Object.entries(cases)) {
  describe(`decode${name}()`, () => {
    it(`undoes encode${name}()`, () => {
      expect(decode(encoded)).to.deep.equal(claims);
    });

    it('refuses each missing claim', () => {
      for (const label of required) {
        const map = mapOf(encoded);
        map.delete(label);
        expect(
          codeOf(() => decode(encodeCbor(map))),
          `claim ${label}`,
        ).to.equal('CLAIM_MISSING');
      }
    });

    it('refuses each claim of another type', () => {
      for (const label of mapOf(encoded).keys()) {
        expect(
          codeOf(() => decode(withClaim(encoded, Number(label), null))),
          `claim ${label}`,
        ).to.equal('CLAIM_TYPE');
      }
    });

    it('skips an unknown claim', () => {
      expect(decode(withClaim(encoded, 9999, 'later'))).to.deep.equal(claims);
    });

    it('refuses an unknown critical claim', () => {
      expect(codeOf(() => decode(withClaim(encoded, -1, 'later')))).to.equal('CRITICAL_UNKNOWN');
    });

    it('refuses claims that are not a map', () => {
      expect(codeOf(() => decode(encodeCbor([])))).to.equal('CLAIM_TYPE');
    });

    it('refuses a key that is text', () => {
      const map = mapOf(encoded).set('a', 1);
      expect(codeOf(() => decode(encodeCbor(map)))).to.equal('CLAIM_TYPE');
    });
  });
}

describe('decodeActivationRequest()', () => {
  const encoded = encodeActivationRequest(sample.activationRequest);
  const codeWith = (label: number, value: CborValue) =>
    codeOf(() => decodeActivationRequest(withClaim(encoded, label, value)));

  it('refuses a lookup without its proof, and the reverse', () => {
    for (const label of [19, 20, 21, 22]) {
      const map = mapOf(encoded);
      map.delete(label);
      expect(codeOf(() => decodeActivationRequest(encodeCbor(map)))).to.equal('CLAIM_MISSING');
    }
  });

  it('refuses lengths and values out of bounds', () => {
    expect(codeWith(1, sample.bytesOf(15))).to.equal('CLAIM_RANGE');
    expect(codeWith(14, sample.bytesOf(6))).to.equal('CLAIM_RANGE');
    expect(codeWith(14, sample.bytesOf(60))).to.equal('CLAIM_RANGE');
    expect(codeWith(6, -1)).to.equal('CLAIM_RANGE');
    expect(codeWith(6, 8_640_000_000_001)).to.equal('CLAIM_RANGE');
    expect(codeWith(24, [sample.bytesOf(20)])).to.equal('CLAIM_RANGE');
    expect(codeWith(24, [sample.bytesOf(16), sample.bytesOf(32), 1])).to.equal('CLAIM_RANGE');
  });

  it('counts the bytes of a text, not its characters', () => {
    expect(codeWith(15, 'ä'.repeat(16))).to.equal(null);
    expect(codeWith(15, 'ä'.repeat(17))).to.equal('CLAIM_RANGE');
    expect(codeWith(15, '€'.repeat(10))).to.equal(null);
    expect(codeWith(15, '€'.repeat(11))).to.equal('CLAIM_RANGE');
  });

  it('refuses control characters in a text', () => {
    expect(codeWith(15, 'a\u0007')).to.equal('CLAIM_RANGE');
  });

  it('refuses a device key that is not on the curve', () => {
    expect(codeWith(18, sample.bytesOf(64))).to.equal('KEY_MALFORMED');
  });
});

describe('decodeLicense()', () => {
  const encoded = encodeLicense(sample.license);
  const codeWith = (label: number, value: CborValue) =>
    codeOf(() => decodeLicense(withClaim(encoded, label, value)));

  it('refuses a feature that stands twice', () => {
    const feature = new Map([[1, 'export']]);
    expect(codeWith(33, [feature, feature])).to.equal('CLAIM_RANGE');
  });

  it('refuses an unknown critical member of a feature', () => {
    const feature = new Map<number, CborValue>([
      [1, 'export'],
      [-3, true],
    ]);
    expect(codeWith(33, [feature])).to.equal('CRITICAL_UNKNOWN');
  });

  it('refuses a type or state that version 1 does not know', () => {
    expect(codeWith(30, 9)).to.equal('CLAIM_RANGE');
    expect(codeWith(35, 0)).to.equal('CLAIM_RANGE');
  });
});

describe('decodeRefusal()', () => {
  it('refuses a refusal that names both a request and a file', () => {
    const both = withClaim(encodeRefusal(sample.refusal), 52, sample.bytesOf(32));
    expect(codeOf(() => decodeRefusal(both))).to.equal('CLAIM_MISSING');
  });
});

describe('encodeLicense()', () => {
  it('refuses claims that no reader would take', () => {
    expect(() => encodeLicense({ ...sample.license, holder: 'x'.repeat(65) })).to.throw(RangeError);
  });
});

describe('the claim registry', () => {
  it('gives each number to one claim', () => {
    const labels = Object.values(claims).map(({ label }) => label);
    expect(new Set(labels).size).to.equal(labels.length);
  });
});

describe('kindOf()', () => {
  it('knows the eight kinds and no other', () => {
    for (const [name, typ] of Object.entries(KINDS)) expect(kindOf(typ)).to.equal(name);
    expect(kindOf(65204)).to.equal(null);
  });
});
