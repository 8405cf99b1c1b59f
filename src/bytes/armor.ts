import { LatchkeyError } from '../errors.ts';
import { armorCandidates, type Candidate, hasSigns } from './armor-candidates.ts';
import { fromBase64, toBase64 } from './base64url.ts';
import { type Bytes, concatBytes, equalBytes } from './bytes.ts';
import { decodeCbor } from './cbor.ts';

const COLUMNS = 64;
const LABEL = 'LATCHKEY FILE';
/** Tag 55799. */
const PREFIX_BYTES = 3;
const MAJOR_TAG = 6;

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

/** Whether text holds something of an armored file, maybe without its first or last line. */
export function isArmored(text: string): boolean {
  return hasSigns(text);
}

/**
 * Reads the first whole armored file in a text. What mail and chat programs do to text is undone where the checksum,
 * or without one the length that the file states, proves that it was undone right: quote marks, other line ends and
 * lengths, lost line breaks, words around and between lines, odd spaces, quoted-printable, lost BEGIN or END lines.
 *
 * @throws {@link LatchkeyError} TEXT_CUT_SHORT - when it ends before its checksum.
 * @throws {@link LatchkeyError} CARRIER_DAMAGED - when a character is wrong, or the checksum.
 * @see FORMAT.md#text-armor
 */
export function fromArmor(text: string): Bytes {
  let isDamaged = false;
  let isShort = false;
  for (const candidate of armorCandidates(text)) {
    const file = decode(candidate.base64);
    if (file && isProven(file, candidate)) return file;
    if (candidate.isAsItStands && isCutShort(candidate)) isShort = true;
    else isDamaged = true;
  }
  if (isShort || !isDamaged) throw new LatchkeyError('TEXT_CUT_SHORT', 'the text ends before its checksum');
  throw new LatchkeyError('CARRIER_DAMAGED', 'a character or the checksum is wrong');
}

function decode(base64: string): Bytes | null {
  try {
    return fromBase64(base64);
  } catch {
    return null;
  }
}

function isProven(file: Bytes, { checksum }: Candidate): boolean {
  if (checksum === null) return isWholeFile(file);
  const expected = decode(checksum);
  return expected !== null && equalBytes(expected, crc24(file));
}

/** Whether the text ends before its checksum, or holds nothing. */
function isCutShort({ base64, checksum }: Candidate): boolean {
  return base64 === '' || (checksum === null && /^2dn3[A-Za-z0-9+/=]*$/.test(base64));
}

/** Whether bytes are one item behind the tag that every file begins with; the item of a message has a tag as well. */
function isWholeFile(file: Bytes): boolean {
  const isTagged = (file[PREFIX_BYTES] ?? 0) >> 5 === MAJOR_TAG;
  try {
    decodeCbor(file.subarray(isTagged ? PREFIX_BYTES + 1 : PREFIX_BYTES));
    return true;
  } catch {
    return false;
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
