import { msg, str } from '@lit/localize';
import type { ServerErrorCode } from '../../errors.ts';
import type { ErrorTexts } from './error-text.ts';

export const serverErrorTexts: ErrorTexts<ServerErrorCode> = {
  RATE_LIMITED: data => ({
    text: msg('Too much came from here in a short time.'),
    hint:
      data.retryAfterSeconds === undefined
        ? msg('Wait a minute, then try again.')
        : msg(str`Wait ${data.retryAfterSeconds} seconds, then try again.`),
  }),
  TOO_MANY_FILES: data => ({
    text:
      data.maxFiles === undefined
        ? msg('These are too many files at once.')
        : msg(str`These are more than ${data.maxFiles} files, too many at once.`),
    hint: msg('Bring the files of fewer devices at a time.'),
  }),
  BODY_MALFORMED: () => ({
    text: msg('The server could not read what was sent.'),
    hint: msg('Load the page again and repeat the step.'),
  }),
  FIELD_REFUSED: () => ({
    text: msg('One of the values cannot be used.'),
    hint: msg('Correct the field that is marked, then save again.'),
  }),
  NOT_FOUND: () => ({
    text: msg('This is not there, or no longer.'),
    hint: msg('Go back and look for it again.'),
  }),
  ALREADY_EXISTS: () => ({
    text: msg('There is already one with this name.'),
    hint: msg('Choose another name.'),
  }),
  BUNDLED_LICENSE_REFUSED: () => ({
    text: msg('Another product under the same license key was refused, so nothing was granted.'),
    hint: msg('Look at the other products under this key, then have the same file uploaded again.'),
  }),
  EDIT_CONFLICT: () => ({
    text: msg('Somebody else has changed this in the meantime.'),
    hint: msg('Look at the new state, then make your change again.'),
  }),
  SIGN_IN_NEEDED: () => ({
    text: msg('You are not signed in, or were away for long.'),
    hint: msg('Sign in again.'),
  }),
  SIGN_IN_REFUSED: () => ({
    text: msg('E-mail address or password are not right.'),
    hint: msg('Try again. Whoever runs the server can set a new password.'),
  }),
  PASSWORD_CHANGE_NEEDED: () => ({
    text: msg('The first password works once.'),
    hint: msg('Choose a password of your own to go on.'),
  }),
  PASSWORD_WEAK: () => ({
    text: msg('This password is too short or too easy to guess.'),
    hint: msg('Use at least 12 characters; a sentence works well.'),
  }),
  ORIGIN_REFUSED: () => ({
    text: msg('This was called from a page of another address.'),
    hint: msg('Open the console by its own address and repeat the step.'),
  }),
  SERVER_UNREACHABLE: () => ({
    text: msg('The server did not answer.'),
    hint: msg('Check the network and try again. What you typed is still here.'),
  }),
  SERVER_BUSY: () => ({
    text: msg('The server has too much to do at the moment.'),
    hint: msg('Try again in a minute. Nothing was lost.'),
  }),
  SERVER_FAILED: () => ({
    text: msg('Something went wrong on the server.'),
    hint: msg('Try again. If it stays so, tell whoever runs the server.'),
  }),
  REFRESH_NOT_VERIFIED: () => ({
    text: msg('The refresh file that came is none that the device would take.'),
    hint: msg(
      'It was not saved. Load the page and make it again; if it stays so, tell whoever runs the server.',
    ),
  }),
};
