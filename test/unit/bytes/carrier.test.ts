import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { type Bytes, concatBytes, utf8 } from '../../../src/bytes/bytes.ts';
import {
  FILE_PREFIX,
  MAX_CONTAINER_BYTES,
  MAX_FILE_BYTES,
  readCarrier,
  toArmor,
  toQrText,
} from '../../../src/bytes/carrier.ts';
import { fromHex } from '../../../src/bytes/hex.ts';
import type { ErrorCode } from '../../../src/errors.ts';
import { arbitraryBytes } from '../../support/arbitrary-bytes.ts';
import { codeOf } from '../../support/code-of.ts';

const file = arbitraryBytes({ maxLength: 1000 }).map(rest => concatBytes(FILE_PREFIX, fromHex('d2'), rest));
const sample = concatBytes(
  FILE_PREFIX,
  fromHex('d2'),
  new Uint8Array(150).map((_, index) => index),
);

function utf16(text: string, isLittleEndian: boolean): Bytes {
  const view = new DataView(new ArrayBuffer(text.length * 2 + 2));
  [...`\ufeff${text}`].forEach((character, index) => {
    view.setUint16(index * 2, character.charCodeAt(0), isLittleEndian);
  });
  return new Uint8Array(view.buffer);
}

describe('readCarrier()', () => {
  it('reads binary, text armor and QR text without being told which', () => {
    fc.assert(
      fc.property(file, bytes => {
        expect(readCarrier(bytes)).to.deep.equal(bytes);
        expect(readCarrier(utf8(toArmor(bytes)))).to.deep.equal(bytes);
        expect(readCarrier(utf8(toQrText(bytes)))).to.deep.equal(bytes);
      }),
    );
  });

  const reworked: Record<string, (armor: string) => string> = {
    'with CRLF': armor => armor.replaceAll('\n', '\r\n'),
    'with CR alone': armor => armor.replaceAll('\n', '\r'),
    'with spaces around each line': armor => armor.replaceAll(/^|$/gm, '  '),
    'without a last line break': armor => armor.trimEnd(),
    'quoted in a mail': armor => armor.replaceAll(/^/gm, '> '),
    'quoted twice': armor => armor.replaceAll(/^/gm, '> > '),
    'after text whose first byte is that of the prefix': armor => `\u0645\u0631\u062d\u0628\u0627\n${armor}`,
    'within other text': armor => `Dear support,\n\nmy request:\n${armor}\nRegards = A+B\n`,
    'wrapped at 30 columns': armor => armor.replaceAll(/^(?!-)(.{30})(.+)$/gm, '$1\n$2'),
    'with blank lines': armor => armor.replaceAll('\n', '\n\n'),
    'with dashes for hyphens': armor => armor.replaceAll('-----', '\u2014\u2014\u2013'),
    'without its END line': armor => armor.slice(0, armor.indexOf('-----END')),
    'without its BEGIN line': armor => armor.slice(armor.indexOf('2dn3')),
    'in one line with words around it': armor => `Here: ${armor.replaceAll('\n', ' ')} Regards`,
    'after words about its BEGIN line': armor => `Copy from BEGIN LATCHKEY FILE on.\n${armor}`,
    'with lines of words between': armor => armor.replace(/^(.{64}\n)/m, '$1Sent from my phone, page 2\n'),
    'with a byte order mark': armor => `\ufeff${armor}`,
  };
  for (const [how, rework] of Object.entries(reworked)) {
    it(`reads armor ${how}`, () => {
      expect(readCarrier(utf8(rework(toArmor(sample))))).to.deep.equal(sample);
    });
  }

  it('reads text saved as UTF-16', () => {
    expect(readCarrier(utf16(toArmor(sample), true))).to.deep.equal(sample);
    expect(readCarrier(utf16(toQrText(sample), false))).to.deep.equal(sample);
  });

  it('reads QR text with line breaks around and within', () => {
    const text = toQrText(sample);
    expect(readCarrier(utf8(` \n${text.slice(0, 40)}\r\n${text.slice(40)}\n`))).to.deep.equal(sample);
  });

  it('keeps a space at the end of QR text, which is a character of Base45', () => {
    const endsWithSpace = concatBytes(
      FILE_PREFIX,
      fromHex('d2'),
      Uint8Array.of((36 * 45) >> 8, (36 * 45) & 0xff),
    );
    for (let low = 0; low < 256; low += 1) {
      const bytes = concatBytes(endsWithSpace, Uint8Array.of(low));
      expect(readCarrier(utf8(toQrText(bytes)))).to.deep.equal(bytes);
    }
  });

  const armor = toArmor(sample);
  const refused: Record<string, [input: Bytes, code: ErrorCode]> = {
    'no bytes': [new Uint8Array(0), 'FILE_EMPTY'],
    'white space': [utf8(' \r\n\t\n'), 'FILE_EMPTY'],
    'the first byte of the prefix': [fromHex('d9'), 'FILE_CUT_SHORT'],
    'two bytes of the prefix': [fromHex('d9d9'), 'FILE_CUT_SHORT'],
    'other CBOR': [fromHex('d9d9f8d2'), 'FILE_NOT_LATCHKEY'],
    'a picture': [fromHex('89504e470d0a1a0a'), 'FILE_NOT_LATCHKEY'],
    'some text': [utf8('hello'), 'FILE_NOT_LATCHKEY'],
    'a file past 64 KiB': [
      concatBytes(FILE_PREFIX, fromHex('d2'), new Uint8Array(MAX_FILE_BYTES - 3)),
      'FILE_TOO_LARGE',
    ],
    'a container past 64 MiB': [
      concatBytes(FILE_PREFIX, fromHex('9a'), new Uint8Array(MAX_CONTAINER_BYTES - 3)),
      'FILE_TOO_LARGE',
    ],
    'armor past 1 MiB': [concatBytes(utf8(toArmor(sample)), utf8('ä'.repeat(512 * 1024))), 'FILE_TOO_LARGE'],
    'QR text past 1 MiB': [utf8(`LK1:${'0'.repeat(1024 * 1024)}`), 'FILE_TOO_LARGE'],
    'other text past 1 MiB': [utf8(`a${'ä'.repeat(1024 * 1024)}`), 'FILE_NOT_LATCHKEY'],
    'armor of something else': [utf8(toArmor(utf8('hello'))), 'FILE_NOT_LATCHKEY'],
    'QR text of something else': [utf8(toQrText(utf8('hello'))), 'FILE_NOT_LATCHKEY'],
    'the END line of armor alone': [utf8(armor.slice(armor.indexOf('-----END'))), 'TEXT_CUT_SHORT'],
    'armor without its checksum': [utf8(armor.replace(/^=.*\n/m, '')), 'TEXT_CUT_SHORT'],
    'armor without a line': [utf8(armor.replace(/^[A-Za-z0-9+/]{64}\n/m, '')), 'CARRIER_DAMAGED'],
    'armor with a character that is not base64': [utf8(armor.replace('2dn3', '2d?3')), 'CARRIER_DAMAGED'],
    'armor with a character lost': [utf8(armor.replace('2dn3', '2d3')), 'CARRIER_DAMAGED'],
    'armor with a character changed': [utf8(armor.replace('2dn3', '2dn4')), 'CARRIER_DAMAGED'],
    'armor with its checksum changed': [
      utf8(armor.replace(/^=(.)/m, (_, c) => `=${c === 'A' ? 'B' : 'A'}`)),
      'CARRIER_DAMAGED',
    ],
    'QR text with a character lost': [utf8(`${toQrText(sample).slice(0, 40)}A`), 'CARRIER_DAMAGED'],
    'QR text in lower case': [utf8(`LK1:${toQrText(sample).slice(4).toLowerCase()}`), 'CARRIER_DAMAGED'],
    'QR text with a group past 65535': [utf8('LK1::::'), 'CARRIER_DAMAGED'],
    'QR text with a last group past 255': [utf8('LK1:::'), 'CARRIER_DAMAGED'],
  };
  for (const [what, [input, code]] of Object.entries(refused)) {
    it(`refuses ${what}: ${code}`, () => {
      expect(codeOf(() => readCarrier(input))).to.equal(code);
    });
  }

  it('refuses a megabyte of what looks like armor within a second', () => {
    const hostile = [
      'BEGIN LATCHKEY FILE',
      '-',
      '=',
      '= ',
      '2dn3AAAAAAAAAAAAAAAA ',
      'BEGIN LATCHKEY FILE\n2dn3 >',
    ];
    for (const part of hostile) {
      const text = utf8(`BEGIN LATCHKEY FILE ${part.repeat(1e6 / part.length)}a`);
      const startMs = performance.now();
      expect(codeOf(() => readCarrier(text))).to.match(
        /^(CARRIER_DAMAGED|TEXT_CUT_SHORT|FILE_NOT_LATCHKEY)$/,
      );
      expect(performance.now() - startMs, part).to.be.below(1000);
    }
  });

  it('takes a container past 64 KiB', () => {
    const container = concatBytes(FILE_PREFIX, fromHex('9a'), new Uint8Array(MAX_FILE_BYTES));
    expect(readCarrier(container)).to.equal(container);
  });

  it('refuses with a LatchkeyError or gives a file, whatever the input', () => {
    const lines = [
      '-----BEGIN LATCHKEY FILE-----',
      '-----END LATCHKEY FILE-----',
      '2dn3',
      '=AAAA',
      'LK1:',
      '\n',
      '> ',
    ];
    const texts = fc
      .array(fc.oneof(fc.constantFrom(...lines), fc.string()))
      .map(parts => utf8(parts.join('')));
    fc.assert(
      fc.property(fc.oneof(arbitraryBytes(), texts, file), input => {
        codeOf(() => expect(readCarrier(input).slice(0, 3)).to.deep.equal(FILE_PREFIX));
      }),
    );
  });
});

describe('toArmor()', () => {
  it('writes lines of at most 64 characters and a CRC-24', () => {
    const lines = toArmor(fromHex('d9d9f7d2')).split('\n');
    expect(lines).to.deep.equal([
      '-----BEGIN LATCHKEY FILE-----',
      '2dn30g==',
      lines[2],
      '-----END LATCHKEY FILE-----',
      '',
    ]);
    expect(lines[2]).to.match(/^=[A-Za-z0-9+/]{4}$/);
    expect(Math.max(...armorLines(sample).map(line => line.length))).to.equal(64);
  });

  it('sums 123456789 to 21cf02, the check value of CRC-24/OPENPGP', () => {
    expect(toArmor(utf8('123456789'))).to.contain('\n=Ic8C\n');
  });
});

function armorLines(bytes: Bytes): string[] {
  return toArmor(bytes).split('\n').slice(1, -3);
}
