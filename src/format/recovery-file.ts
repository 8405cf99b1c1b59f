import type { Bytes } from '../bytes/bytes.ts';
import { concatBytes } from '../bytes/bytes.ts';
import { FILE_PREFIX, MAX_FILE_BYTES, readCarrier } from '../bytes/carrier.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { LatchkeyError } from '../errors.ts';
import { claims } from './claims.ts';
import { byteString, bytes, type Decoded, list, time } from './codec.ts';
import { claim, claimsCodec, record } from './record.ts';

const MAJOR_MAP = 5;

/** The most that the prefix and the other fields take. */
const ENVELOPE_BYTES = 128;
/** The longest content, closed or not: the file around it is one that any carrier takes. */
export const MAX_RECOVERY_CONTENT_BYTES = MAX_FILE_BYTES - ENVELOPE_BYTES;
/** The most licenses that a recovery file holds. */
export const MAX_RECOVERED_LICENSES = 64;

const envelope = record(
  {
    domainId: claim(1, bytes(32)),
    /** The device that made it. */
    deviceId: claim(2, bytes(32)),
    /** Of the passphrase; absent: the content is not encrypted. */
    salt: claim(3, bytes(16)),
    nonce: claim(4, bytes(12)),
    /** SHA-256 of a content that is not encrypted. */
    digest: claim(5, bytes(32)),
    content: claim(6, byteString(1, MAX_RECOVERY_CONTENT_BYTES)),
  },
  {
    required: ['domainId', 'deviceId', 'content'],
    optional: ['salt', 'nonce', 'digest'],
    together: [['salt', 'nonce']],
    oneOf: ['salt', 'digest'],
  },
);
/** A recovery file as it is saved, its content still closed. */
export type RecoveryEnvelope = Decoded<typeof envelope>;

const recovered = record(
  {
    /** The license file as it was loaded. */
    file: claim(1, byteString(1, MAX_FILE_BYTES)),
    fingerprintKey: claim(2, bytes(32)),
    consumption: claim(3, claims.consumption.codec),
    periods: claim(4, claims.periods.codec),
  },
  { required: ['file', 'fingerprintKey', 'consumption'], optional: ['periods'] },
);
/** One license in a recovery file, with what it had counted. */
export type RecoveredLicense = Decoded<typeof recovered>;

const content = record(
  {
    /** What the device's requests state the hash of. */
    secret: claim(1, bytes(32)),
    /** Unix seconds, by the device's clock. */
    madeAt: claim(2, time),
    licenses: claim(3, list(recovered, MAX_RECOVERED_LICENSES)),
  },
  { required: ['secret', 'madeAt', 'licenses'], optional: [] },
);
/** What a recovery file keeps. */
export type RecoveryContent = Decoded<typeof content>;

const envelopes = claimsCodec('recovery file', envelope);
const contents = claimsCodec('recovery content', content);

/** The bytes of a content, to be closed. */
export const encodeRecoveryContent = contents.encode;

/**
 * Reads a content that was opened. Verifies no license in it.
 *
 * @throws {@link LatchkeyError} CBOR_…, TRAILING_BYTES, CLAIM_…
 */
export const decodeRecoveryContent = contents.decode;

/** Writes a recovery file. */
export function encodeRecoveryFile(file: RecoveryEnvelope): Bytes {
  return concatBytes(FILE_PREFIX, envelopes.encode(file));
}

/**
 * Reads a recovery file from any carrier. Opens nothing, and does not compare the digest.
 *
 * @throws {@link LatchkeyError} KIND_UNEXPECTED - for a file of another kind.
 * @throws {@link LatchkeyError} FILE_…, CARRIER_DAMAGED, CBOR_…, TRAILING_BYTES, CLAIM_…
 * @see FORMAT.md#recovery-file
 */
export function decodeRecoveryFile(input: Bytes): RecoveryEnvelope {
  const file = readCarrier(input);
  if (!isRecoveryFile(file)) throw new LatchkeyError('KIND_UNEXPECTED', 'expected a recovery file');
  return envelopes.decode(file.subarray(FILE_PREFIX.length));
}

/**
 * Whether a binary file is a recovery file: a map where others have a message or an array, and whose first member is none
 * of named credentials. Looks at two bytes.
 */
export function isRecoveryFile(file: Bytes): boolean {
  const [head = 0, first = 0] = file.subarray(FILE_PREFIX.length);
  return head >> 5 === MAJOR_MAP && first !== claims.keyLookup.label && first !== claims.userLookup.label;
}

/** What the content of a file is bound to, when it is encrypted. */
export function recoveryAad({ domainId, deviceId }: Pick<RecoveryEnvelope, 'domainId' | 'deviceId'>): Bytes {
  return encodeCbor(['latchkey-1 recovery', domainId, deviceId]);
}
