/** Crockford's base32 digits: no I, L, O or U. A digit's place is its value, an element of GF(32). */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The characters that stand in a license key, in the order of their values. */
export const LICENSE_KEY_CHARACTERS = digits;

/** What people read for another digit. U stays out: Crockford's table maps it to nothing. */
const readAs: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** The digit of one value, 0 to 31. */
export function digitOf(value: number): string {
  const digit = digits[value];
  if (digit === undefined) throw new RangeError(`expected a value from 0 to 31, got ${value}`);
  return digit;
}

/** The value of one canonical digit, or -1 for any other character. */
export function valueOfDigit(digit: string): number {
  return digits.indexOf(digit);
}

/**
 * The characters that a person meant: upper case, look-alikes replaced, spaces and dashes of any kind dropped.
 * Characters outside the alphabet stay, so that they can be reported.
 */
export function canonicalDigits(text: string): string {
  const plain = text.normalize('NFKC').toUpperCase();
  return [...plain.replace(/[\s\p{Pd}]/gu, '')].map(char => readAs[char] ?? char).join('');
}

/**
 * The check character of a group is a weighted sum of its four data digits over GF(32) (reduced by x^5 + x^2 + 1)
 * plus a constant of the group's place. The weights are distinct and neither 0 nor 1 (1 is the weight of the check
 * character itself), so every single error and every swap of two characters of a group is seen; the constants are
 * distinct, so every swap of two groups is seen.
 */
const weights = [2, 4, 8, 16];
const groupConstants = [0, 7, 14, 21, 28];
const reduction = 0b100101;

/** Characters of a group: four data digits and the check character. */
export const GROUP_LENGTH = 5;
/** Groups of a license key. */
export const GROUP_COUNT = 5;

function multiply(left: number, right: number): number {
  let product = 0;
  for (let bit = 0; bit < 5; bit += 1) {
    if ((right >> bit) & 1) product ^= left << bit;
  }
  for (let bit = 8; bit >= 5; bit -= 1) {
    if ((product >> bit) & 1) product ^= reduction << (bit - 5);
  }
  return product;
}

/**
 * The check character for the group at `place` (0 to 4).
 *
 * @param data - Four canonical digits.
 */
export function checkCharacter(data: string, place: number): string {
  const sum = weights.reduce(
    (total, weight, position) => total ^ multiply(weight, valueOfDigit(data.charAt(position))),
    groupConstants[place] ?? 0,
  );
  return digitOf(sum);
}

/** Whether a whole group of canonical characters is as it was printed, at its place (0 to 4). */
export function isGroupRight(group: string, place: number): boolean {
  if (group.length !== GROUP_LENGTH || place >= GROUP_COUNT) return false;
  if ([...group].some(char => valueOfDigit(char) < 0)) return false;
  return checkCharacter(group.slice(0, -1), place) === group.slice(-1);
}
