import { LatchkeyError } from '../errors.ts';
import { fromBase64, toBase64 } from './base64url.ts';
import { type Bytes, concatBytes, equalBytes } from './bytes.ts';

const COLUMNS = 64;
const LABEL = 'LATCHKEY FILE';

/** Mail programs quote, indent and turn hyphens into dashes: only the words of these lines count. */
const BEGIN_LINE = new RegExp(`^[^A-Za-z0-9]*BEGIN ${LABEL}[^A-Za-z0-9]*$`);
const END_LINE = new RegExp(`^[^A-Za-z0-9]*END ${LABEL}[^A-Za-z0-9]*$`);
const BEGIN_ANYWHERE = new RegExp(`BEGIN ${LABEL}`);

/**
 * Writes a file as text for mail and clipboard: base64 in lines of 64 characters between a BEGIN and an END line, and
 * a CRC-24 (RFC 9580, section 6.1) before the last.
 *
 * @see FORMAT.md#text-armor
 */
export function toArmor(file: Bytes): string {
  const lines = toBase64(file).match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? [];
  const checksum = `=${toBase64(crc24(file))}`;
  return [`-----BEGIN ${LABEL}-----`, ...lines, checksum, `-----END ${LABEL}-----`, ''].join('\n');
}

/** Whether text holds a BEGIN line, anywhere. */
export function isArmored(text: string): boolean {
  return BEGIN_ANYWHERE.test(text);
}

/**
 * Reads the first armored file in a text. Text around it, quote marks, indentation and other line lengths do not matter.
 *
 * @throws {@link LatchkeyError} CARRIER_DAMAGED - when a line is missing, a character is wrong, or the checksum.
 * @see FORMAT.md#text-armor
 */
export function fromArmor(text: string): Bytes {
  const lines = text.split(/\r\n|[\r\n\u2028\u2029]/);
  const begin = lines.findIndex(line => BEGIN_LINE.test(line));
  const end = lines.findIndex((line, index) => index > begin && END_LINE.test(line));
  if (begin < 0 || end < 0) throw damaged('no complete BEGIN and END line');
  const content = lines.slice(begin + 1, end).map(line => line.replaceAll(/^[\s>|]+|\s/g, ''));
  const joined = content.join('');
  const [, base64 = '', checksum = ''] = /^(.*)=([A-Za-z0-9+/]{4})$/.exec(joined) ?? [];
  const file = decodeBase64(base64);
  if (!equalBytes(decodeBase64(checksum), crc24(file))) throw damaged('the checksum is wrong');
  return file;
}

function decodeBase64(text: string): Bytes {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw damaged('a character is wrong or missing', cause);
  }
}

function crc24(bytes: Bytes): Bytes {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x800000 ? (crc << 1) ^ 0x1864cfb : crc << 1;
  }
  return concatBytes(Uint8Array.of(crc >> 16, crc >> 8, crc));
}

function damaged(message: string, cause?: unknown): LatchkeyError {
  return new LatchkeyError('CARRIER_DAMAGED', message, { cause });
}
