import { parseDeviceNumber } from '../../license/device-number.ts';

const NUMBER_DIGITS = 12;
const LEAST_LETTERS = 3;

/** What somebody types while a caller speaks. */
export type CallerText =
  /** Nothing yet, or too little of a name to look for. */
  | { readonly kind: 'empty' }
  /** The beginning of a device number. */
  | { readonly kind: 'begun'; readonly digits: number }
  /** As many digits as a device number, or more, and not one: misheard or mistyped. */
  | { readonly kind: 'wrong' }
  /** A device number, or a license key or a name. */
  | { readonly kind: 'number' | 'words'; readonly q: string };

/** Tells what was typed, as far as it goes. */
export function readCallerText(text: string): CallerText {
  const plain = text.normalize('NFKC').trim();
  const digits = plain.replace(/[\s\p{Pd}]/gu, '');
  if (!/^\d+$/.test(digits)) {
    return plain.length < LEAST_LETTERS ? { kind: 'empty' } : { kind: 'words', q: plain };
  }
  const number = parseDeviceNumber(digits);
  if (number !== null) return { kind: 'number', q: number };
  return digits.length < NUMBER_DIGITS ? { kind: 'begun', digits: digits.length } : { kind: 'wrong' };
}
