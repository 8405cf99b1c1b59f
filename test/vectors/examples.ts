import type { Bytes } from '../../src/bytes/bytes.ts';
import { type CborValue, decodeCbor, encodeCbor } from '../../src/bytes/cbor.ts';
import { DICTIONARY_1 } from '../../src/bytes/dictionary.ts';
import { toHex } from '../../src/bytes/hex.ts';
import { inflate } from '../../src/bytes/inflate.ts';
import { encodeActivationRequest } from '../../src/format/activation-request.ts';
import { claims } from '../../src/format/claims.ts';
import { decodeContainer, encodeContainer } from '../../src/format/container.ts';
import { encodeDeactivation } from '../../src/format/deactivation.ts';
import type { DeviceKind, Kind } from '../../src/format/kinds.ts';
import { encodeLicense } from '../../src/format/license.ts';
import { encodeReceipt } from '../../src/format/receipt.ts';
import { encodeRefusal } from '../../src/format/refusal.ts';
import { encodeTrustBundle } from '../../src/format/trust-bundle.ts';
import { encodeUsageReport } from '../../src/format/usage-report.ts';
import { annotate, line, type Names } from './annotate.ts';
import { sealedFile, signed, signedFile } from './build.ts';
import { activationRequest, ids, license, minimalLicense, now, receipt, usageReport } from './claims.ts';
import { trustBundle } from './context.ts';
import { device, deviceId, issuer, root } from './keys.ts';
import { laterBundle, rootChange } from './sets/trust.ts';

const claimNames: Names = new Map(Object.entries(claims).map(([name, { label }]) => [label, name]));
const headerNames: Names = new Map<number | string, string>([
  [1, 'alg'],
  [2, 'crit'],
  [4, 'kid'],
  [16, 'typ'],
  ['z', 'inflated length'],
]);

/** FORMAT.md with its generated parts made anew: the worked examples and the dictionary. */
export function withExamples(text: string): string {
  const parts = { ...examples(), dictionary: ['```text', ...dictionaryLines(), '```'] };
  return Object.entries(parts).reduce((result, [name, lines]) => withPart(result, name, lines), text);
}

function withPart(text: string, name: string, lines: readonly string[]): string {
  const [open, close] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < 0) throw new RangeError(`FORMAT.md has no ${open}`);
  return `${text.slice(0, start) + open + lines.join('\n')}\n${text.slice(end)}`;
}

function dictionaryLines(): string[] {
  return toHex(DICTIONARY_1).match(/.{1,96}/g) ?? [];
}

function examples(): Readonly<Record<string, string[]>> {
  const { fingerprint: _, deviceName: __, appVersion: ___, platform: ____, ...common } = usageReport;
  const deactivation = { ...common, requestId: ids.deactivationRequest, deviceSequence: 6 };
  const refusal = {
    requestId: ids.request,
    deviceId,
    issuedAt: now,
    code: 'NO_SEATS_LEFT',
    data: { maxActivations: 3 },
  };
  const short = { ...trustBundle, issuerKeys: trustBundle.issuerKeys.slice(0, 2) };
  const answer = encodeContainer([
    laterBundle,
    signedFile({ kind: 'license', claims: encodeLicense(minimalLicense), key: issuer }),
  ]);
  return {
    'example:activation-request': sealedExample(
      'activation-request',
      encodeActivationRequest(activationRequest),
    ),
    'example:usage-report': sealedExample('usage-report', encodeUsageReport(usageReport)),
    'example:deactivation': sealedExample('deactivation', encodeDeactivation(deactivation)),
    'example:license': signedExample(
      signedFile({ kind: 'license', claims: encodeLicense(license), key: issuer }),
    ),
    'example:receipt': signedExample(
      signedFile({ kind: 'receipt', claims: encodeReceipt(receipt), key: issuer }),
    ),
    'example:refusal': signedExample(
      signedFile({ kind: 'refusal', claims: encodeRefusal(refusal), key: issuer }),
    ),
    'example:trust-bundle': signedExample(
      signedFile({ kind: 'trust-bundle', claims: encodeTrustBundle(short), key: root }),
    ),
    'example:root-change': rootChangeExample(),
    'example:container': containerExample(answer),
  };
}

function block(...lines: readonly string[]): string[] {
  return ['```text', ...lines, '```'];
}

function signedExample(file: Bytes): string[] {
  const { payload, inflatedLength } = partsOf(file.slice(4));
  const plain = inflatedLength === null ? payload : inflate(payload, inflatedLength, inflatedLength);
  const title = inflatedLength === null ? 'The payload:' : `The payload, inflated to ${plain.length} bytes:`;
  return [
    `A file of ${file.length} bytes:`,
    '',
    ...block(...line('d9d9f7', 'file'), ...messageLines(file.slice(3))),
    '',
    title,
    '',
    ...block(...annotate(plain, claimNames)),
  ];
}

function sealedExample(kind: DeviceKind, encoded: Bytes): string[] {
  const message = signed({ kind: kind as Kind, claims: encoded, key: device });
  const file = sealedFile({ kind, message });
  const { payload, inflatedLength } = partsOf(message.slice(1));
  const title =
    inflatedLength === null
      ? 'The claims:'
      : `The claims, inflated from ${payload.length} to ${encoded.length} bytes:`;
  return [
    `A file of ${file.length} bytes:`,
    '',
    ...block(...line('d9d9f7', 'file'), ...sealedLines(file.slice(3))),
    '',
    `What it seals, ${message.length} bytes:`,
    '',
    ...block(...messageLines(message)),
    '',
    title,
    '',
    ...block(...annotate(encoded, claimNames)),
  ];
}

function rootChangeExample(): string[] {
  const { payload } = partsOf(rootChange.slice(4));
  const inner = partsOf(payload.slice(1));
  return [
    `A file of ${rootChange.length} bytes, signed by the old root:`,
    '',
    ...block(...line('d9d9f7', 'file'), ...messageLines(rootChange.slice(3))),
    '',
    'Its payload, signed by the new root:',
    '',
    ...block(...messageLines(payload)),
    '',
    'The claims:',
    '',
    ...block(...annotate(inner.payload, claimNames)),
  ];
}

function containerExample(container: Bytes): string[] {
  const files = decodeContainer(container).flatMap(file => [
    ...line(byteStringHead(file.length), `a file of ${file.length} bytes`, 1),
    ...line(`${toHex(file.slice(0, 20))}…`, '', 2),
  ]);
  return [
    `An answer of ${container.length} bytes with a trust bundle and a license:`,
    '',
    ...block(...line('d9d9f7', 'file'), ...line(toHex(container.slice(3, 4)), 'array of 2'), ...files),
  ];
}

function byteStringHead(length: number): string {
  const hex = length.toString(16);
  return length < 256 ? `58${hex.padStart(2, '0')}` : `59${hex.padStart(4, '0')}`;
}

function messageLines(message: Bytes): string[] {
  const [header, , payload, signature] = itemsOf(message.slice(1));
  return [
    ...line('d284', 'COSE_Sign1, array of 4'),
    ...line(toHex(encodeCbor(bytesOf(header))), `protected, ${bytesOf(header).length} bytes:`, 1),
    ...annotate(bytesOf(header), headerNames).map(text => `    ${text}`),
    ...line('a0', 'unprotected', 1),
    ...line(toHex(encodeCbor(bytesOf(payload))), `payload, ${bytesOf(payload).length} bytes`, 1),
    ...line(toHex(encodeCbor(bytesOf(signature))), 'signature, 64 bytes', 1),
  ];
}

function sealedLines(message: Bytes): string[] {
  const [header, unprotected, ciphertext] = itemsOf(message.slice(1));
  const ek = unprotected instanceof Map ? unprotected.get(-4) : undefined;
  return [
    ...line('d083', 'COSE_Encrypt0, array of 3'),
    ...line(toHex(encodeCbor(bytesOf(header))), `protected, ${bytesOf(header).length} bytes:`, 1),
    ...annotate(bytesOf(header), headerNames).map(text => `    ${text}`),
    ...line('a123', 'unprotected, map of 1, -4 ek:', 1),
    ...line(toHex(encodeCbor(bytesOf(ek))), '65 bytes', 2),
    ...line(toHex(encodeCbor(bytesOf(ciphertext))), `ciphertext, ${bytesOf(ciphertext).length} bytes`, 1),
  ];
}

function partsOf(array: Bytes): { payload: Bytes; inflatedLength: number | null } {
  const [header, , payload] = itemsOf(array);
  const map = decodeCbor(bytesOf(header));
  const length = map instanceof Map ? map.get('z') : undefined;
  return { payload: bytesOf(payload), inflatedLength: typeof length === 'number' ? length : null };
}

function itemsOf(array: Bytes): CborValue[] {
  const items = decodeCbor(array);
  if (!Array.isArray(items)) throw new TypeError('expected an array');
  return items;
}

function bytesOf(value: CborValue | undefined): Bytes {
  if (value instanceof Uint8Array) return value;
  throw new TypeError('expected bytes');
}
