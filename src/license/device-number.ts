import type { Bytes } from '../bytes/bytes.ts';

/** Digits of a device number: eleven from the device id and a Damm check digit. */
const dataDigits = 11;

/** The quasigroup of order 10 of Damm's thesis (2004): it sees every wrong digit and every swap of neighbors. */
const quasigroup = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

/** The digit that brings the running value of {@link quasigroup} to 0 when it follows these digits. */
function dammDigit(digits: string): string {
  let interim = 0;
  for (const digit of digits) interim = Number(quasigroup[interim]?.charAt(Number(digit)));
  return String(interim);
}

/**
 * The number by which people name a device aloud: 12 digits in fours, the last one a check digit (Damm).
 * It finds a device and identifies nothing: several devices can have the same one.
 *
 * @param deviceId - 32 bytes; the first 6 are taken as a number, modulo 10^11.
 * @returns For example `4829 1307 7506`.
 * @see FORMAT.md#device-number
 */
export function deviceNumber(deviceId: Bytes): string {
  if (deviceId.length !== 32) throw new RangeError(`expected 32 bytes, got ${deviceId.length}`);
  const value = deviceId.slice(0, 6).reduceRight((high, byte, index) => high + byte * 256 ** (5 - index), 0);
  const digits = String(value % 10 ** dataDigits).padStart(dataDigits, '0');
  return inFours(digits + dammDigit(digits));
}

/**
 * Reads a device number as it was typed or heard, with any spaces and dashes.
 *
 * @returns The number in fours, or null when it is none or its check digit is wrong.
 */
export function parseDeviceNumber(text: string): string | null {
  const digits = text.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '');
  if (!/^[0-9]{12}$/.test(digits) || dammDigit(digits) !== '0') return null;
  return inFours(digits);
}

function inFours(digits: string): string {
  return digits.match(/.{4}/g)?.join(' ') ?? '';
}
