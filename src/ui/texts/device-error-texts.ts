import { msg, str } from '@lit/localize';
import type { DeviceErrorCode, ErrorData } from '../../errors.ts';
import type { ErrorText, ErrorTexts } from './error-text.ts';

export const deviceErrorTexts: ErrorTexts<DeviceErrorCode> = {
  LICENSE_KEY_MISTYPED: data => ({
    text:
      data.groups === undefined
        ? msg('There is a typing error in the license key.')
        : msg(str`There is a typing error in group ${data.groups} of the license key.`),
    hint: msg('Compare it with the key that the vendor sent.'),
  }),
  LICENSE_KEY_INCOMPLETE: () => ({
    text: msg('The license key is not complete.'),
    hint: msg('It has five groups of five characters.'),
  }),
  CREDENTIALS_INCOMPLETE: () => ({
    text: msg('User name and password are both needed.'),
    hint: msg('Type both as the vendor sent them.'),
  }),
  RECOVERY_PASSPHRASE_WRONG: () => ({
    text: msg('This passphrase does not open the recovery file.'),
    hint: msg(
      'Type the one that was chosen when the file was saved. Capitals count. If it is right, the file was changed: take another copy.',
    ),
  }),
  RECOVERY_OTHER_VENDOR: () => ({
    text: msg('This recovery file is of another vendor’s software.'),
    hint: msg('Open it in the app that saved it, or choose the recovery file of this app.'),
  }),
  RECOVERY_NOT_NEEDED: () => ({
    text: msg('The license of this recovery file is on this device.'),
    hint: msg('Nothing was lost here. Keep the file for later.'),
  }),
  LICENSE_MISSING: () => ({
    text: msg('There is no license on this device yet.'),
    hint: msg('Enter your license key, or user name and password, to make a request file.'),
  }),
  LICENSE_LOCKED: () => ({
    text: msg('The license on this device does not allow this now.'),
    hint: msg('Open the license to see why, and what to do.'),
  }),
  VERSION_NOT_COVERED: () => ({
    text: msg('The license does not cover this version of the app: it was released after the updates ended.'),
    hint: msg('Go on with the version before, or ask the vendor for more updates and load the refresh file.'),
  }),
  FEATURE_UNKNOWN: data => ({
    text:
      data.feature === undefined
        ? msg('The license does not include this feature.')
        : msg(str`The license does not include the feature ${data.feature}.`),
    hint: msg('Ask the vendor to add it, then load the refresh file.'),
  }),
  CONSUMPTION_EXCEEDED: consumptionExceeded,
  CONSUMPTION_RANGE: () => ({
    text: msg('This amount cannot be counted.'),
    hint: msg('Use a whole number above zero, and give back no more than was used.'),
  }),
  CLOCK_SET_BACK: () => ({
    text: msg('The clock of this device is behind. It showed a later time before.'),
    hint: msg(
      'Set date and time right. If they are right, take a report to the portal; its answer mends this.',
    ),
  }),
  DEVICE_CHANGED: () => ({
    text: msg('This device has changed so much that it looks like another one.'),
    hint: msg('Undo the change, or make a new request and take it to the portal.'),
  }),
  DEVICE_KEY_NOT_STORED: () => ({
    text: msg('The browser did not keep the identity of this device.'),
    hint: msg(
      'Leave private browsing or Lockdown Mode, allow this site to store data, and try again. If it stays like this, use another browser.',
    ),
  }),
  DEVICE_IN_USE: () => ({
    text: msg('This device cannot be prepared for cloning yet.'),
    hint: msg('Give its license up, take the file to the portal and load the receipt. Then try again.'),
  }),
  PIN_NEEDED: () => ({
    text: msg('This needs the PIN of a supervisor.'),
    hint: msg('Nothing was changed. Ask the supervisor to enter it, then do it again.'),
  }),
  PIN_WRONG: () => ({
    text: msg('This is not the PIN.'),
    hint: msg('Enter it again. If nobody knows it, ask the vendor for a refresh file that clears it.'),
  }),
  PIN_WAIT: data => ({
    text:
      data.seconds === undefined
        ? msg('The PIN was entered wrong too often. Nobody can enter it for a while.')
        : msg(str`The PIN was entered wrong too often. Enter it again in ${waitText(Number(data.seconds))}.`),
    hint: msg('If nobody knows it, ask the vendor for a refresh file that clears it.'),
  }),
  PIN_FORM: () => ({
    text: msg('A PIN has 4 to 12 digits.'),
    hint: msg('Enter digits alone.'),
  }),
  PROFILE_MISSING: () => ({
    text: msg('The app could not learn which vendor it belongs to.'),
    hint: msg('Connect to the network or the server once and open the app again.'),
  }),
  PROFILE_REFUSED: () => ({
    text: msg('The app’s address now serves another vendor than before.'),
    hint: msg('Check the address of the app. Your license stays as it is.'),
  }),
  ZIP_UNREADABLE: () => ({
    text: msg('This zip cannot be unpacked.'),
    hint: msg('It may be damaged. Unpack it yourself and choose the files in it, or make the zip again.'),
  }),
  ZIP_ENCRYPTED: () => ({
    text: msg('This zip is protected by a password.'),
    hint: msg('Unpack it yourself and choose the files in it. They need no password: they are sealed.'),
  }),
  ZIP_TOO_LARGE: () => ({
    text: msg('This zip holds far more than the files of devices.'),
    hint: msg('Make a zip of the files of the devices alone.'),
  }),
  ZIP_PATH_REFUSED: () => ({
    text: msg('This zip holds names that lead out of it, which no honest program writes.'),
    hint: msg('Do not use it. Take the files from the stick itself.'),
  }),
  FILE_NOT_READ: () => ({
    text: msg('This file could not be read.'),
    hint: msg('Check that the stick is still plugged in, then choose the file again.'),
  }),
  STICK_NOT_ALLOWED: () => ({
    text: msg('This browser does not let the app use a folder.'),
    hint: msg('Choose the folder again and allow it; or save the file, show the QR code, or copy the text.'),
  }),
  STICK_GONE: () => ({
    text: msg('The stick is not there any more.'),
    hint: msg('Plug it in, then try again. No file was lost.'),
  }),
  STICK_FULL: () => ({
    text: msg('There is no space left on the stick.'),
    hint: msg('Delete what is not needed on it, or take another stick. No file was lost.'),
  }),
  STICK_TOO_MANY_FILES: data => ({
    text:
      data.folder === undefined || data.most === undefined
        ? msg('There are too many files in one folder.')
        : msg(str`There are more than ${data.most} files in the folder ${data.folder}.`),
    hint: msg('Move what does not belong there to another folder, or choose another one.'),
  }),
  STICK_FAILED: () => ({
    text: msg('The stick did not keep the file.'),
    hint: msg('Look whether it is write-protected, or take another stick. No file was lost.'),
  }),
  STORAGE_FAILED: () => ({
    text: msg('The browser could not save on this device.'),
    hint: msg('Close other windows of this app, then try again. Nothing was changed.'),
  }),
  STORAGE_FULL: () => ({
    text: msg('There is no space left on this device.'),
    hint: msg('Free some space, then try again. Nothing was changed.'),
  }),
  STORAGE_BLOCKED: () => ({
    text: msg('Another window of this app holds on to the data.'),
    hint: msg('Close the other windows of this app, then try again.'),
  }),
  CRYPTO_MISSING: () => ({
    text: msg('This browser cannot check signatures at this address.'),
    hint: msg('Open the app by its https address, or update the browser.'),
  }),
  PORTAL_UNREACHABLE: portalUnreachable,
  PORTAL_ANSWER_REFUSED: () => ({
    text: msg('What came back is not an answer of the portal.'),
    hint: msg(
      'The network may want a sign-in, or a proxy answers in the portal’s place. The file can be carried instead.',
    ),
  }),
  APP_FAILED: () => ({
    text: msg('Something in this page went wrong.'),
    hint: msg('Load the page again. What is stored is kept.'),
  }),
};

/** What a browser lets a page know of why: little. */
function portalUnreachable({ reason }: ErrorData): ErrorText {
  if (reason === 'offline') {
    return {
      text: msg('This device has no network.'),
      hint: msg(
        'Take the file to the portal, or try again with a network. The same file twice does no harm.',
      ),
    };
  }
  return {
    text:
      reason === 'timeout' ? msg('The portal did not answer in time.') : msg('The portal did not answer.'),
    hint: msg(
      'A firewall, a proxy or the sign-in page of the network may be between. Check the network and try again, or carry the file. The same file twice does no harm.',
    ),
  };
}

function consumptionExceeded({ available }: ErrorData): ErrorText {
  return {
    text:
      available === undefined || Number(available) === 0
        ? msg('All that the license allows is used up.')
        : msg(str`The license allows ${available} more, not as much as this.`),
    hint: msg('Take a report to the portal, or ask the vendor for more and load the refresh file.'),
  };
}

function waitText(seconds: number): string {
  if (seconds <= 90) return msg(str`${seconds} seconds`);
  return msg(str`${Math.ceil(seconds / 60)} minutes`);
}
