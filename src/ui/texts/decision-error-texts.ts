import { msg, str } from '@lit/localize';
import type { DecisionErrorCode, ErrorData } from '../../errors.ts';
import type { ErrorText, ErrorTexts } from './error-text.ts';

export const decisionErrorTexts: ErrorTexts<DecisionErrorCode> = {
  CREDENTIALS_MISSING: () => ({
    text: msg('The request names no license key and no user.'),
    hint: msg('At the device, enter the license key and save the request again.'),
  }),
  CREDENTIALS_REFUSED: () => ({
    text: msg('The license key, or the user name and password, are not right.'),
    hint: msg(
      'Compare them with what the vendor sent, correct them at the device and save the request again.',
    ),
  }),
  LICENSE_DISABLED: () => ({
    text: msg('The vendor has disabled this license.'),
    hint: msg('Call the vendor. Once it is enabled again, upload the same file again.'),
  }),
  LICENSE_EXPIRED: () => ({
    text: msg('This license has ended.'),
    hint: msg('Ask the vendor to extend it, then upload the same file again.'),
  }),
  NO_SEATS_LEFT: noSeatsLeft,
  TRANSFERS_USED_UP: () => ({
    text: msg('This license was moved to another device as often as it allows.'),
    hint: msg('Ask the vendor to allow one more move, then upload the same file again.'),
  }),
  OFFLINE_NOT_ALLOWED: () => ({
    text: msg('This license can only be activated over a network.'),
    hint: msg('Connect the device to a network, or ask the vendor for a license for use without one.'),
  }),
  VIRTUAL_MACHINE_REFUSED: () => ({
    text: msg('This license is not for virtual machines.'),
    hint: msg('Activate it on a physical device, or ask the vendor.'),
  }),
  DEVICE_BLOCKED: () => ({
    text: msg('The vendor has blocked this device.'),
    hint: msg('Call the vendor and read out the number of the device.'),
  }),
  DEVICE_COPIED: () => ({
    text: msg('Two devices are using the same identity. One of them is a copy.'),
    hint: msg(
      'On the copy, delete the data of this app in the browser, open it again and request a license. Leave the original as it is.',
    ),
  }),
  REQUEST_ID_REUSED: () => ({
    text: msg('Another request with the same number arrived before.'),
    hint: msg('At the device, make a new request and upload that one.'),
  }),
  ACTIVATION_UNKNOWN: () => ({
    text: msg('The portal does not know the license that this file speaks of.'),
    hint: msg('At the device, make a new request. If it stays so, call the vendor.'),
  }),
  REBIND_NEEDS_APPROVAL: () => ({
    text: msg('The vendor has to agree before this license moves to another device.'),
    hint: msg('Call the vendor, then upload the same file again.'),
  }),
};

function noSeatsLeft({ maxActivations }: ErrorData): ErrorText {
  return {
    text: seatsText(maxActivations),
    hint: msg('Free a seat by deactivating a device, then upload the same file again.'),
  };
}

function seatsText(maxActivations: string | number | undefined): string {
  if (maxActivations === undefined) return msg('All seats are in use.');
  if (Number(maxActivations) === 1) return msg('The only seat is in use.');
  return msg(str`All ${maxActivations} seats are in use.`);
}
