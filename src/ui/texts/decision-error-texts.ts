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
      'At the device, type them again as the vendor sent them, and save the new request. Nothing else is lost.',
    ),
  }),
  USER_NOT_LICENSED: () => ({
    text: msg('The user name and password are right, but this user has no license for this product.'),
    hint: msg('Ask the vendor to give this user a license, then upload the same file again.'),
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
      'On the copy, press “Make this a device of its own” once this answer is there. Leave the original as it is.',
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

function noSeatsLeft({ maxActivations, devicesPerUser }: ErrorData): ErrorText {
  if (devicesPerUser !== undefined) return noDeviceLeft(devicesPerUser);
  return {
    text: seatsText(maxActivations),
    hint: msg('Free a seat by deactivating a device, then upload the same file again.'),
  };
}

/** The license has room, its user has not. */
function noDeviceLeft(devicesPerUser: string | number): ErrorText {
  return {
    text:
      Number(devicesPerUser) === 1
        ? msg('This user has the license on another device already, and may have it on one.')
        : msg(str`This user has the license on ${devicesPerUser} devices already, as many as allowed.`),
    hint: msg('Give it up on one of these devices, then upload the same file again.'),
  };
}

function seatsText(maxActivations: string | number | undefined): string {
  if (maxActivations === undefined) return msg('All seats are in use.');
  if (Number(maxActivations) === 1) return msg('The only seat is in use.');
  return msg(str`All ${maxActivations} seats are in use.`);
}
