import { msg, str } from '@lit/localize';
import type { ErrorData, FileErrorCode } from '../../errors.ts';
import type { ErrorText, ErrorTexts } from './error-text.ts';

export const fileErrorTexts: ErrorTexts<FileErrorCode> = {
  FILE_EMPTY: () => ({
    text: msg('This file is empty.'),
    hint: msg('Save it again where it was made. Wait until the stick may be pulled out.'),
  }),
  FILE_TOO_LARGE: tooLarge,
  FILE_NOT_LATCHKEY: () => ({
    text: msg('This is not a Latchkey file.'),
    hint: msg('Choose the file that the device or the portal saved.'),
  }),
  FILE_CUT_SHORT: cutShort,
  TEXT_CUT_SHORT: () => ({
    text: msg('A part of this text is missing.'),
    hint: msg(
      'Copy it again, from the line that says BEGIN to the line that says END, or carry the file itself.',
    ),
  }),
  CARRIER_DAMAGED: () => ({
    text: msg('Some characters of this text were changed or lost on the way.'),
    hint: msg('Copy the whole text again, or carry the file itself.'),
  }),
  TRAILING_BYTES: damaged,
  CBOR_MALFORMED: damaged,
  CBOR_NOT_DETERMINISTIC: damaged,
  CBOR_TOO_DEEP: damaged,
  COSE_MALFORMED: damaged,
  UNPROTECTED_HEADER: damaged,
  ALGORITHM_UNKNOWN: newerVersion,
  CRITICAL_UNKNOWN: newerVersion,
  KIND_UNKNOWN: newerVersion,
  KIND_UNEXPECTED: data => ({
    text:
      data.kind === undefined
        ? msg('This is another kind of file than the one needed here.')
        : msg(str`This is ${kindText(String(data.kind))}, which is not needed here.`),
    hint:
      data.kind === 'recovery-file'
        ? msg('Choose it under Get my license back, on the first page or under About this device.')
        : msg(
            'Files that a device saved go to the portal. Files that the portal saved go back to the device.',
          ),
  }),
  KIND_MISMATCH: damaged,
  INFLATED_TOO_LARGE: damaged,
  INFLATED_LENGTH_WRONG: damaged,
  DEFLATE_MALFORMED: damaged,
  DEFLATE_TRAILING_BYTES: damaged,
  CLAIM_MISSING: damaged,
  CLAIM_TYPE: damaged,
  CLAIM_RANGE: damaged,
  KEY_MALFORMED: damaged,
  KEY_NOT_CANONICAL: damaged,
  KEY_SMALL_ORDER: damaged,
  SIGNATURE_INVALID: () => ({
    text: msg('The signature does not fit this file, so it was changed or comes from somewhere else.'),
    hint: msg('Fetch the file again from the portal of the vendor. If it stays so, call the vendor.'),
  }),
  ISSUER_UNKNOWN: () => ({
    text: msg('This file is signed with a key that is not known here.'),
    hint: msg('Take a new file to the portal; the answer brings the vendor’s newest keys along.'),
  }),
  ISSUER_KEY_COMPROMISED: keyWithdrawn,
  ISSUER_KEY_NOT_FOR_KIND: keyNotAllowed,
  ISSUER_KEY_NOT_FOR_PRODUCT: keyNotAllowed,
  ISSUER_KEY_NOT_VALID_THEN: keyNotAllowed,
  ROOT_UNKNOWN: () => ({
    text: msg('This file comes from another vendor.'),
    hint: msg('Fetch the file from the portal of the vendor of this app.'),
  }),
  ROOT_CHANGE_GAP: () => ({
    text: msg('This file builds on a change of the vendor’s keys that is missing here.'),
    hint: msg('Take a new file from this device to the portal; the answer brings what is missing.'),
  }),
  SEAL_KEY_UNKNOWN: () => ({
    text: msg('This file was made for another portal, or for keys that this portal no longer has.'),
    hint: msg(
      'Look at the device for the portal’s address. If this is the one, save a new file at the device.',
    ),
  }),
  SEAL_BROKEN: () => ({
    text: msg('This file was changed on the way, or made for another vendor.'),
    hint: msg('Save it again at the device.'),
  }),
  DEVICE_MISMATCH: data => ({
    text:
      data.licensed === undefined
        ? msg('This file is for another device.')
        : msg(str`This file is for the device ${data.licensed}, not for this one.`),
    hint: msg('Load the file whose name carries the number of this device.'),
  }),
  PRODUCT_MISMATCH: data => ({
    text:
      data.licensed === undefined
        ? msg('This license is for another product.')
        : msg(str`This license is for another product: ${data.licensed}.`),
    hint: msg('Use the license key of the product that runs on this device.'),
  }),
  REQUEST_UNKNOWN: () => ({
    text: msg('This file answers a request that this device does not know.'),
    hint: msg('Load the answer to the newest request, or save a new request and take it to the portal.'),
  }),
  REVISION_OLD: () => ({
    text: msg('A newer license than this one is already here.'),
    hint: msg('There is nothing to do. The newer license stays.'),
  }),
  ACTIVATION_ENDED: () => ({
    text: msg('This device has given this license back, so the file no longer counts.'),
    hint: msg('To use the license here again, enter its key and make a new request.'),
  }),
};

function damaged(): ErrorText {
  return {
    text: msg('This file is damaged.'),
    hint: msg('Save or download it again, and wait until the stick may be pulled out.'),
  };
}

function tooLarge({ maxBytes, licenses }: ErrorData): ErrorText {
  if (licenses !== undefined) {
    return {
      text: msg(str`One recovery file cannot hold the ${licenses} licenses of this device.`),
      hint: msg(
        'Keep their license keys instead, or give up licenses that are not needed and save it again.',
      ),
    };
  }
  return {
    text:
      maxBytes === undefined
        ? msg('This file is larger than any Latchkey file can be.')
        : msg(str`This file is larger than ${kilobytes(maxBytes)} KB, so it is not a Latchkey file.`),
    hint: msg('Choose the file that the device or the portal saved.'),
  };
}

function cutShort(data: ErrorData): ErrorText {
  const { bytes, expectedBytes } = data;
  const counted = bytes !== undefined && expectedBytes !== undefined;
  return {
    text: counted
      ? msg(str`This file was cut short: ${bytes} of ${expectedBytes} bytes are here.`)
      : msg('This file was cut short: its end is missing.'),
    hint: msg('Save it again where it was made. Wait until the stick may be pulled out.'),
  };
}

function newerVersion(): ErrorText {
  return {
    text: msg('This file was made by a newer version of Latchkey.'),
    hint: msg('Update the app here, then load the file again.'),
  };
}

function keyWithdrawn(): ErrorText {
  return {
    text: msg('The vendor has withdrawn the key that signed this file.'),
    hint: msg('Take a new file from this device to the portal; the answer is signed with a good key.'),
  };
}

function keyNotAllowed(): ErrorText {
  return {
    text: msg('The key that signed this file was not allowed to do so.'),
    hint: msg('Fetch the file again from the portal of the vendor. If it stays so, call the vendor.'),
  };
}

/** A kind of file in a sentence; one that has no text here by its own name. */
function kindText(kind: string): string {
  const texts: Record<string, string> = {
    'activation-request': msg('an activation request'),
    'usage-report': msg('a usage report'),
    deactivation: msg('a deactivation'),
    license: msg('a license file'),
    receipt: msg('a receipt'),
    refusal: msg('a refusal'),
    'trust-bundle': msg('a trust bundle'),
    'recovery-file': msg('a recovery file'),
    'root-change': msg('a change of the vendor’s keys'),
  };
  return texts[kind] ?? kind;
}

function kilobytes(bytes: string | number): number {
  return Math.round(Number(bytes) / 1024);
}
