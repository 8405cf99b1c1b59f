import { LatchkeyError } from '../errors.ts';
import type { Bytes } from './bytes.ts';

/** The characters that a QR code holds in its alphanumeric mode. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** Writes bytes as Base45 (RFC 9285): three characters for two bytes, two for a last single one. */
export function toBase45(bytes: Bytes): string {
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += 2) {
    const low = bytes[offset + 1];
    const first = bytes[offset] ?? 0;
    text += low === undefined ? digits(first, 2) : digits(first * 256 + low, 3);
  }
  return text;
}

/**
 * Reads Base45.
 *
 * @throws {@link LatchkeyError} CARRIER_DAMAGED - for other characters, another length, or a group that is too large.
 */
export function fromBase45(text: string): Bytes {
  if (text.length % 3 === 1) throw damaged('a character is missing');
  const bytes: number[] = [];
  for (let offset = 0; offset < text.length; offset += 3) {
    const group = text.slice(offset, offset + 3);
    const value = groupValue(group);
    if (value >= (group.length === 3 ? 0x10000 : 0x100)) throw damaged('a group is too large');
    if (group.length === 3) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}

function digits(value: number, count: number): string {
  let rest = value;
  let text = '';
  for (let digit = 0; digit < count; digit += 1) {
    text += ALPHABET.charAt(rest % 45);
    rest = Math.floor(rest / 45);
  }
  return text;
}

function groupValue(group: string): number {
  let value = 0;
  for (const character of [...group].reverse()) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) throw damaged('a character is not of Base45');
    value = value * 45 + digit;
  }
  return value;
}

function damaged(message: string): LatchkeyError {
  return new LatchkeyError('CARRIER_DAMAGED', message);
}
