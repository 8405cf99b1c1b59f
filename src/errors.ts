/**
 * The closed set of error codes. Texts and hints for people are kept by code, elsewhere; the messages of these errors
 * are for developers and carry no secrets.
 *
 * @see FORMAT.md#errors
 */

/** What can be wrong with a file. Each has at least one test vector with exactly this fault. */
export const FILE_ERROR_CODES = [
  // Carriers
  'FILE_EMPTY', // nothing but white space
  'FILE_TOO_LARGE', // longer than a file of its kind may be
  'FILE_NOT_LATCHKEY', // some other file
  'FILE_CUT_SHORT', // ends before the data it announces
  'TEXT_CUT_SHORT', // text armor that ends before its checksum
  'CARRIER_DAMAGED', // text armor or QR text with wrong characters or a wrong checksum
  // Encoding
  'TRAILING_BYTES', // bytes after the end of the message
  'CBOR_MALFORMED', // a float, tag, undefined, invalid UTF-8, number past 2^53-1 or reserved head
  'CBOR_NOT_DETERMINISTIC', // unsorted or double keys, long heads, indefinite lengths
  'CBOR_TOO_DEEP', // more than 8 arrays and maps in each other
  'COSE_MALFORMED', // not the array, headers or lengths of a COSE message
  'UNPROTECTED_HEADER', // anything in the unprotected header but the encapsulated key
  'ALGORITHM_UNKNOWN', // an algorithm or key type that version 1 does not know
  'CRITICAL_UNKNOWN', // a critical header or claim that version 1 does not know
  'KIND_UNKNOWN', // a kind of file that version 1 does not know
  'KIND_UNEXPECTED', // a known kind, but not one that is asked for here
  'KIND_MISMATCH', // sealed and signed message name different kinds
  'INFLATED_TOO_LARGE', // would inflate past the limit of its kind
  'INFLATED_LENGTH_WRONG', // inflates to another length than it states
  'DEFLATE_MALFORMED', // not a DEFLATE stream
  'DEFLATE_TRAILING_BYTES', // bytes after the final DEFLATE block
  // Claims
  'CLAIM_MISSING', // a required claim is absent
  'CLAIM_TYPE', // a claim has another type
  'CLAIM_RANGE', // a claim is too long, too large or not one of its values
  // Keys and signatures
  'KEY_MALFORMED', // not a point of its curve, or of another length
  'KEY_NOT_CANONICAL', // an encoding of a point other than the one allowed
  'KEY_SMALL_ORDER', // an Ed25519 point of small order, under which anyone can sign
  'SIGNATURE_INVALID', // not signed by this key for this domain
  'ISSUER_UNKNOWN', // no issuer key of this id in the trust bundle
  'ISSUER_KEY_COMPROMISED', // the issuer key is marked as compromised
  'ISSUER_KEY_NOT_FOR_KIND', // the issuer key may not sign this kind
  'ISSUER_KEY_NOT_FOR_PRODUCT', // the issuer key may not sign for this product
  'ISSUER_KEY_NOT_VALID_THEN', // issued outside the validity of the issuer key
  'ROOT_UNKNOWN', // signed by a root key other than the pinned one
  'ROOT_CHANGE_GAP', // a root change before this one is not known
  'SEAL_KEY_UNKNOWN', // sealed to a key that is not held here
  'SEAL_BROKEN', // sealed for another domain, or changed on the way
  // For this device
  'DEVICE_MISMATCH', // made for another device
  'PRODUCT_MISMATCH', // made for another product
  'REQUEST_UNKNOWN', // answers a request that this device did not make
  'REVISION_OLD', // older than the license that is installed
  'ACTIVATION_ENDED', // the device has given this activation back
] as const;

/** Why a portal refuses a genuine request. PRODUCT_MISMATCH, of the file codes, is a decision as well. */
export const DECISION_ERROR_CODES = [
  'CREDENTIALS_MISSING', // the request names neither key nor user
  'CREDENTIALS_REFUSED', // unknown key, unknown user or wrong password: one refusal
  'USER_NOT_LICENSED', // the user has no license of this product
  'LICENSE_DISABLED', // the vendor has disabled the license
  'LICENSE_EXPIRED', // past its end and its grace
  'NO_SEATS_LEFT', // as many devices are active as the license allows
  'TRANSFERS_USED_UP', // moved to another device as often as the license allows
  'OFFLINE_NOT_ALLOWED', // the license must be activated online
  'VIRTUAL_MACHINE_REFUSED', // the license may not run in a virtual machine
  'DEVICE_BLOCKED', // the vendor has blocked this device
  'DEVICE_COPIED', // two copies of one device profile are in use
  'REQUEST_ID_REUSED', // another request of this id was seen before
  'ACTIVATION_UNKNOWN', // no such activation, and no license that proves one
  'REBIND_NEEDS_APPROVAL', // a person at the vendor decides on this move
] as const;

/** What can go wrong on the device. */
export const DEVICE_ERROR_CODES = [
  'LICENSE_KEY_MISTYPED', // a check character of the license key does not fit
  'LICENSE_KEY_INCOMPLETE', // fewer than 25 characters
  'CREDENTIALS_INCOMPLETE', // user name or password is empty
  'LICENSE_MISSING', // no license is installed
  'LICENSE_LOCKED', // the installed license does not allow use now
  'VERSION_NOT_COVERED', // this version of the app was released after the maintenance period
  'FEATURE_UNKNOWN', // the license has no such feature
  'CONSUMPTION_EXCEEDED', // past maximum and overage
  'CONSUMPTION_RANGE', // not an amount that can be recorded
  'CLOCK_SET_BACK', // the clock is hours behind a time that was seen before
  'DEVICE_CHANGED', // too many signals of the fingerprint differ
  'DEVICE_KEY_NOT_STORED', // the browser did not keep the device key
  'DEVICE_IN_USE', // its key cannot be erased while a license or an unconfirmed deactivation needs it
  'PIN_NEEDED', // the supervisor's PIN stands in front of this
  'PIN_WRONG', // another PIN is set
  'PIN_WAIT', // too many wrong PINs: nobody may try one now
  'PIN_FORM', // not 4 to 12 digits
  'RECOVERY_PASSPHRASE_WRONG', // a recovery file opens with another passphrase, or was changed
  'RECOVERY_OTHER_VENDOR', // a recovery file of another vendor's app
  'RECOVERY_NOT_NEEDED', // the licenses of a recovery file are on this device
  'PROFILE_MISSING', // the app's origin serves no profile
  'PROFILE_REFUSED', // the profile is not of the vendor that was pinned
  'FILE_NOT_READ', // the browser could not read a chosen file, as when the stick was pulled out
  'ZIP_UNREADABLE', // a zip that is damaged, or packed in a way that is not known here
  'ZIP_ENCRYPTED', // a zip with a password
  'ZIP_TOO_LARGE', // a zip that unpacks to more than any stick's worth
  'ZIP_PATH_REFUSED', // a zip with names that lead out of it
  'STICK_NOT_ALLOWED', // the page may not use the folder, or the browser shows no dialog for one
  'STICK_GONE', // the folder is not there any more, as when the stick was pulled out
  'STICK_FULL', // no space is left on the stick
  'STICK_TOO_MANY_FILES', // more files in one folder than are looked at
  'STICK_FAILED', // the stick did not keep what was written, as one that is write-protected
  'STORAGE_FAILED', // the browser's database failed
  'STORAGE_FULL', // no space is left
  'STORAGE_BLOCKED', // another tab holds an older version of the database
  'CRYPTO_MISSING', // no WebCrypto, as on an insecure origin
  'PORTAL_UNREACHABLE', // no answer from the portal
  'PORTAL_ANSWER_REFUSED', // the portal answered with something else than an answer
  'APP_FAILED', // a fault of the app itself
] as const;

/** What a server answers besides signed files. */
export const SERVER_ERROR_CODES = [
  'RATE_LIMITED', // too many calls
  'TOO_MANY_FILES', // more at once than anybody can mean
  'BODY_MALFORMED', // not the JSON or file that is asked for
  'FIELD_REFUSED', // a field has a wrong value
  'NOT_FOUND', // no such thing
  'ALREADY_EXISTS', // the name is taken
  'BUNDLED_LICENSE_REFUSED', // granted by itself, but not another one under the same license key
  'EDIT_CONFLICT', // changed by someone else since it was read
  'SIGN_IN_NEEDED', // no session
  'SIGN_IN_REFUSED', // wrong name or password
  'PASSWORD_CHANGE_NEEDED', // the first password has to be replaced
  'PASSWORD_WEAK', // the password is too short or too common
  'ORIGIN_REFUSED', // called from a page of another origin
  'SERVER_UNREACHABLE', // no answer from the server
  'SERVER_BUSY', // too much to do at the moment
  'SERVER_FAILED', // a fault of the server
  'REFRESH_NOT_VERIFIED', // it made a refresh file that no device believes
] as const;

/** A code of {@link FILE_ERROR_CODES}. */
export type FileErrorCode = (typeof FILE_ERROR_CODES)[number];
/** A code of {@link DECISION_ERROR_CODES}. */
export type DecisionErrorCode = (typeof DECISION_ERROR_CODES)[number];
/** A code of {@link DEVICE_ERROR_CODES}. */
export type DeviceErrorCode = (typeof DEVICE_ERROR_CODES)[number];
/** A code of {@link SERVER_ERROR_CODES}. */
export type ServerErrorCode = (typeof SERVER_ERROR_CODES)[number];
/** Every code there is. */
export type ErrorCode = FileErrorCode | DecisionErrorCode | DeviceErrorCode | ServerErrorCode;

/** Numbers and names that belong to a code, for its text. */
export type ErrorData = Readonly<Record<string, string | number>>;

/**
 * Bad or hostile input, a refusal, or a failure of the environment. Misuse by our own code is a TypeError or
 * RangeError instead.
 */
export class LatchkeyError extends Error {
  override readonly name = 'LatchkeyError';
  readonly code: ErrorCode;
  readonly data: ErrorData;

  /**
   * @param message - For developers: lower case, no final period, no secrets.
   * @param options - `cause`: what failed below; `data`: what the code's text names.
   */
  constructor(code: ErrorCode, message: string, options: { cause?: unknown; data?: ErrorData } = {}) {
    super(`${code}: ${message}`, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.data = options.data ?? {};
  }
}
