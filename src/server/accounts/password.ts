import { randomInt } from 'node:crypto';
import { maxPasswordLength, minPasswordLength } from '../../api/accounts.ts';
import { LatchkeyError } from '../../errors.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Makes a one-time password of 100 random bits, in groups that can be typed from a screen. */
export function createOneTimePassword(): string {
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/**
 * Checks a password that a person chose.
 *
 * @throws LatchkeyError PASSWORD_WEAK - too short, too long, the current one, or of very few different characters.
 */
export function checkNewPassword(newPassword: string, currentPassword: string): void {
  const length = [...newPassword].length;
  if (length < minPasswordLength || length > maxPasswordLength) {
    throw new LatchkeyError(
      'PASSWORD_WEAK',
      `expected ${minPasswordLength} to ${maxPasswordLength} characters`,
      {
        data: { minLength: minPasswordLength },
      },
    );
  }
  if (newPassword === currentPassword)
    throw new LatchkeyError('PASSWORD_WEAK', 'the new password is the current one');
  if (new Set(newPassword).size < 5) {
    throw new LatchkeyError('PASSWORD_WEAK', 'expected at least 5 different characters');
  }
}
