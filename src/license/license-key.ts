import type { Bytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import {
  canonicalDigits,
  checkCharacter,
  digitOf,
  GROUP_COUNT,
  GROUP_LENGTH,
  isGroupRight,
  valueOfDigit,
} from './key-check.ts';

declare const checked: unique symbol;

/** A license key whose check characters are right: 25 canonical characters without hyphens. */
export type LicenseKey = string & { readonly [checked]: true };

/** Characters of a license key, hyphens not counted. */
export const LICENSE_KEY_LENGTH = GROUP_COUNT * GROUP_LENGTH;
/** Random bytes that {@link createLicenseKey} takes; it uses the first 100 of the 104 bits. */
export const LICENSE_KEY_RANDOM_BYTES = 13;

const bitsPerDigit = 5;
const dataDigits = GROUP_LENGTH - 1;

/**
 * Makes a license key from random bytes.
 *
 * @param random - 13 bytes from a cryptographic source.
 * @see FORMAT.md#license-keys
 */
export function createLicenseKey(random: Bytes): LicenseKey {
  if (random.length !== LICENSE_KEY_RANDOM_BYTES) {
    throw new RangeError(`expected ${LICENSE_KEY_RANDOM_BYTES} random bytes, got ${random.length}`);
  }
  const groups = Array.from({ length: GROUP_COUNT }, (_, place) => groupFrom(random, place));
  return parseLicenseKey(groups.join(''));
}

/**
 * Reads a license key as a person typed it: case, spaces and dashes do not matter, O is 0, I and L are 1.
 * Does not check that any vendor issued the key.
 *
 * @throws {@link LatchkeyError} LICENSE_KEY_MISTYPED - when a whole group is wrong; `groups` names them from 1.
 * @throws {@link LatchkeyError} LICENSE_KEY_INCOMPLETE - when it has not 25 characters.
 * @see FORMAT.md#license-keys
 */
export function parseLicenseKey(text: string): LicenseKey {
  const groups = mistypedGroups(text);
  if (groups.length > 0) {
    const data = { groups: groups.join(', ') };
    throw new LatchkeyError('LICENSE_KEY_MISTYPED', `check characters wrong in groups ${data.groups}`, {
      data,
    });
  }
  const key = canonicalDigits(text);
  if (!isLicenseKey(key)) {
    const data = { expected: LICENSE_KEY_LENGTH, got: key.length };
    throw new LatchkeyError('LICENSE_KEY_INCOMPLETE', `expected 25 characters, got ${key.length}`, { data });
  }
  return key;
}

/** The key as it is printed: `ABCDE-FGHJK-MNPQR-STVWX-YZ012`. */
export function formatLicenseKey(key: LicenseKey): string {
  return groupsOf(key).join('-');
}

/**
 * The groups of a partly typed key that cannot be right, counted from 1 as people count: whole groups with a wrong
 * check character, any group with a character that no key has, and what stands after the fifth group.
 */
export function mistypedGroups(text: string): number[] {
  const numbers: number[] = [];
  groupsOf(canonicalDigits(text)).forEach((group, place) => {
    if (isMistyped(group, place)) numbers.push(place + 1);
  });
  return numbers;
}

function isMistyped(group: string, place: number): boolean {
  if (place >= GROUP_COUNT) return true;
  if (group.length === GROUP_LENGTH) return !isGroupRight(group, place);
  return [...group].some(char => valueOfDigit(char) < 0);
}

function isLicenseKey(text: string): text is LicenseKey {
  return text.length === LICENSE_KEY_LENGTH && mistypedGroups(text).length === 0;
}

function groupsOf(characters: string): string[] {
  return characters.match(/.{1,5}/gsu) ?? [];
}

function groupFrom(random: Bytes, place: number): string {
  const first = place * dataDigits;
  const data = Array.from({ length: dataDigits }, (_, index) => digitOf(valueAt(random, first + index))).join(
    '',
  );
  return data + checkCharacter(data, place);
}

/** The 5-bit value at a digit's place, counted from the first bit of the first byte. */
function valueAt(bytes: Bytes, index: number): number {
  const bit = index * bitsPerDigit;
  const byte = Math.floor(bit / 8);
  const pair = ((bytes[byte] ?? 0) << 8) | (bytes[byte + 1] ?? 0);
  return (pair >> (11 - (bit % 8))) & 31;
}
