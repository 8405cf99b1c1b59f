import { sha256 } from '@noble/hashes/sha2.js';
import { toArmor } from '../../../src/bytes/armor.ts';
import { fromBase45, toBase45 } from '../../../src/bytes/base45.ts';
import { type Bytes, concatBytes, utf8 } from '../../../src/bytes/bytes.ts';
import { toQrText } from '../../../src/bytes/carrier.ts';
import { FrameWriter } from '../../../src/bytes/fountain.ts';
import { toHex } from '../../../src/bytes/hex.ts';
import { encodeLicense } from '../../../src/format/license.ts';
import { signedFile } from '../build.ts';
import { minimalLicense, plainText } from '../claims.ts';
import { deviceContext } from '../context.ts';
import { issuer } from '../keys.ts';
import type { VectorSet } from '../vector.ts';

const file = signedFile({ kind: 'license', claims: encodeLicense(minimalLicense), key: issuer });
const armor = toArmor(file);
const qrText = toQrText(file);
const quoted = `Dear customer,\r\n\r\n${armor.replaceAll(/^/gm, '> ').replaceAll('\n', '\r\n')}\r\nRegards`;

function utf16(text: string): Bytes {
  const units = new Uint16Array([
    0xfeff,
    ...Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)),
  ]);
  return concatBytes(...Array.from(units, unit => Uint8Array.of(unit & 255, unit >> 8)));
}

/** `text` with the character at `index` replaced by the next one of its alphabet. */
function replaceAt(text: string, index: number, character: string): string {
  return text.slice(0, index) + character + text.slice(index + 1);
}

/** Four blocks long: what it says in its fields does not compress. */
const longFile = signedFile({
  kind: 'license',
  claims: encodeLicense({
    ...minimalLicense,
    customFields: Object.fromEntries([...'abcdefghijklmnop'].map(name => [name, toHex(sha256(utf8(name)))])),
  }),
  key: issuer,
});
const frames = new FrameWriter(longFile);

function framesOf(...numbers: number[]): Bytes {
  return utf8(numbers.map(number => frames.frame(number)).join('\n'));
}

/** A frame with one byte of its head or block changed. */
function frameWith(number: number, at: number, byte: number): Bytes {
  const bytes = fromBase45(frames.frame(number).slice(5));
  bytes[at] = byte;
  return utf8(`LK1F:${toBase45(bytes)}`);
}

const lines = armor.trimEnd().split('\n');
const content = lines.slice(1, -2);
const checksum = lines.at(-2) ?? '';

/** What mail and chat programs do to text, and readers undo. */
const mangled: Record<string, string> = {
  'in one line with words around it': `Here it is: ${lines.join(' ')} Regards`,
  'with other dashes, spaces and letter case': armor
    .replaceAll('-----', '\u2014')
    .replaceAll(' ', '\u00a0')
    .replace('BEGIN', 'Begin'),
  'with characters of no width and quotes within lines': armor.replaceAll(
    /^(.{20})(.+)$/gm,
    '$1\u200b\u00ad> $2',
  ),
  'in full-width signs': armor.replaceAll('+', '\uff0b').replaceAll('/', '\uff0f').replaceAll('=', '\uff1d'),
  'as quoted text of a web page': armor.replaceAll(/^/gm, '&gt;&nbsp;'),
  'in quoted-printable': armor.replaceAll('=', '=3D').replaceAll(/^(.{50})(.+)$/gm, '$1=\r\n$2'),
  'with lines of words between its lines': lines.toSpliced(3, 0, '', 'Sent from my phone, page 2').join('\n'),
  'without its END line': lines.slice(0, -1).join('\n'),
  'without its BEGIN line': `My license:\n${lines.slice(1).join('\n')}`,
  'without BEGIN and END lines': `${[...content, checksum].join('\n')}\nRegards`,
  'without its checksum': lines.filter(line => line !== checksum).join('\n'),
  'without END line and checksum': lines.slice(0, -2).join('\n'),
  'behind words about its BEGIN line': `Copy from BEGIN LATCHKEY FILE on:\n${armor}`,
};

/** What no reader can make good. */
const cut: Record<string, string> = {
  'without its last three lines': lines.slice(0, -3).join('\n'),
  'of which a part of a line is left': armor.slice(0, 140),
  'of which the END line is left': lines.slice(-1).join('\n'),
  'of which the BEGIN line is left': lines.slice(0, 1).join('\n'),
};

const middle = armor.indexOf('\n', 40) - 5;

export const carrierSet: VectorSet = {
  title: 'Carriers',
  reader: 'device',
  context: deviceContext,
  tests: [
    { name: 'text armor', file: utf8(armor), expect: 'success' },
    { name: 'text armor, quoted in a mail with other line ends', file: utf8(quoted), expect: 'success' },
    { name: 'text armor in UTF-16', file: utf16(armor), expect: 'success' },
    ...Object.entries(mangled).map(
      ([how, text]) => ({ name: `text armor ${how}`, file: utf8(text), expect: 'success' }) as const,
    ),
    { name: 'QR text', file: utf8(qrText), expect: 'success' },
    { name: 'QR text with a line end behind it', file: utf8(`${qrText}\r\n`), expect: 'success' },
    { name: 'animated QR, each block by itself', file: framesOf(0, 1, 2, 3), expect: 'success' },
    { name: 'animated QR, sums of blocks', file: framesOf(9, 2, 4, 5), expect: 'success' },
    { name: 'animated QR without enough frames', file: framesOf(0, 3, 2, 2), expect: 'FILE_CUT_SHORT' },
    {
      name: 'animated QR with a changed block',
      file: concatBytes(framesOf(0, 1, 2), utf8('\n'), frameWith(3, 50, 0)),
      expect: 'CARRIER_DAMAGED',
    },
    { name: 'animated QR with another length', file: frameWith(0, 4, 9), expect: 'CARRIER_DAMAGED' },
    {
      name: 'animated QR with another number of blocks',
      file: frameWith(0, 7, 9),
      expect: 'CARRIER_DAMAGED',
    },
    { name: 'nothing', file: new Uint8Array(), expect: 'FILE_EMPTY' },
    { name: 'white space', file: utf8(' \r\n\t'), expect: 'FILE_EMPTY' },
    { name: 'a letter', file: plainText, expect: 'FILE_NOT_LATCHKEY' },
    {
      name: 'a picture',
      file: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a),
      expect: 'FILE_NOT_LATCHKEY',
    },
    { name: 'two bytes of the prefix', file: file.slice(0, 2), expect: 'FILE_CUT_SHORT' },
    {
      name: 'text armor with a changed character',
      file: utf8(replaceAt(armor, middle, armor.charAt(middle) === 'A' ? 'B' : 'A')),
      expect: 'CARRIER_DAMAGED',
    },
    {
      name: 'text armor with a character that is not of base64',
      file: utf8(replaceAt(armor, middle, '*')),
      expect: 'CARRIER_DAMAGED',
    },
    {
      name: 'text armor without its first line of base64',
      file: utf8(lines.toSpliced(1, 1).join('\n')),
      expect: 'CARRIER_DAMAGED',
    },
    {
      name: 'text armor without a line in the middle',
      file: utf8(lines.toSpliced(3, 1).join('\n')),
      expect: 'CARRIER_DAMAGED',
    },
    ...Object.entries(cut).map(
      ([how, text]) => ({ name: `text armor ${how}`, file: utf8(text), expect: 'TEXT_CUT_SHORT' }) as const,
    ),
    {
      name: 'QR text with a small letter',
      file: utf8(replaceAt(qrText, 20, 'a')),
      expect: 'CARRIER_DAMAGED',
    },
    {
      name: 'QR text with a group past its largest value',
      file: utf8(`LK1::::${qrText.slice(7)}`),
      expect: 'CARRIER_DAMAGED',
    },
    {
      name: 'QR text of an impossible length',
      file: utf8(`${qrText.slice(0, 100)}`.slice(0, 4 + 3 * 20 + 1)),
      expect: 'CARRIER_DAMAGED',
    },
  ],
};
